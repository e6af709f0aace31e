// A worker's first script: the wasm-bindgen module of its name, then its wasm, both beside this file.
// What goes wrong in a promise is thrown again: only what is thrown reaches the page's Worker object.
addEventListener("unhandledrejection", (event) => {
  throw event.reason;
});
importScripts(`./${name}.js`);
wasm_bindgen({ module_or_path: `./${name}_bg.wasm` });
