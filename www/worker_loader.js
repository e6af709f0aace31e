// A worker's first script: the wasm-bindgen module of its name, then its wasm, both beside this file.
// What goes wrong in a promise is thrown again: only what is thrown reaches the page's Worker object.
addEventListener("unhandledrejection", (event) => {
  throw event.reason;
});
// What the engine reads from comes beside its program, not after it. It is awaited there, and what fails is said there.
globalThis.fetched = {};
if (name === "worker") {
  for (const path of ["model/entities.bin", "model/quotes.bin"]) {
    fetched[path] = fetch(`./${path}`);
    fetched[path].catch(() => {});
  }
}
importScripts(`./${name}.js`);
wasm_bindgen({ module_or_path: `./${name}_bg.wasm` });
