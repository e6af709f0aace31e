// Starts the page. Its own file because the page's Content-Security-Policy allows no inline script;
// the build writes the hashed names of the page's module and wasm into the script tag.
const tag = document.querySelector("script[data-js][data-wasm]");
const at = (name) => new URL(name, document.baseURI).href;
const show = (id) => {
  const notice = document.getElementById(id);
  if (notice) notice.hidden = false;
};

// Where a string could become code, only this decides (Trusted Types): scripts of the page's own place, and markup that
// is only parsed, never shown.
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (text, _type, sink) =>
    sink.startsWith("DOMParser") ? text : null,
  createScriptURL: (url) =>
    new URL(url, document.baseURI).origin === location.origin ? url : null,
});

// A panic is a bare trap, and a trap ends the page's program: that is said, in plain words.
const ended = (error) =>
  error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
const hear = (error) => {
  if (ended(error)) show("farewell");
};
addEventListener("error", (event) => hear(event.error));
addEventListener("unhandledrejection", (event) => hear(event.reason));

// What keeps the page for times without a network takes over what the browser has just loaded: it waits until all of
// the page is there, so that no file is fetched twice and nothing takes time from the start.
const READY_AT_LAST = 30_000;
const all_is_there = new Promise((go) => {
  addEventListener("galley-ready", go, { once: true });
  setTimeout(go, READY_AT_LAST);
});

try {
  const { default: init } = await import(at(tag.dataset.js));
  await init({ module_or_path: at(tag.dataset.wasm) });
  // Kept for times without a network. A browser that keeps nothing is none the worse.
  const keeper = navigator.serviceWorker;
  all_is_there
    .then(() => keeper?.register(at("sw.js"), { updateViaCache: "none" }))
    .then(() => keeper.ready)
    .then(({ active }) => active.postMessage(tag.dataset.js.replace("./", "")))
    .catch(() => {});
} catch (error) {
  show(ended(error) ? "farewell" : "boot-failure");
  throw error;
}
