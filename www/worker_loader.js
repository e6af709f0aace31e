// The worker's first script: its wasm-bindgen module, then its wasm, both beside this file.
importScripts("./worker.js");
wasm_bindgen({ module_or_path: "./worker_bg.wasm" });
