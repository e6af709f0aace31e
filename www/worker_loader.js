// The worker's first script: its wasm-bindgen module, then its wasm, both beside this file.
// What goes wrong in a promise is thrown again: only what is thrown reaches the page's Worker object.
addEventListener("unhandledrejection", (event) => {
  throw event.reason;
});
importScripts("./worker.js");
wasm_bindgen({ module_or_path: "./worker_bg.wasm" });
