// Starts the page. Its own file because the page's Content-Security-Policy allows no inline script;
// the build writes the hashed names of the page's module and wasm into the script tag.
const tag = document.querySelector("script[data-js][data-wasm]");
const at = (name) => new URL(name, document.baseURI).href;
try {
  const { default: init } = await import(at(tag.dataset.js));
  await init({ module_or_path: at(tag.dataset.wasm) });
} catch (error) {
  const notice = document.querySelector("#boot-failure");
  if (notice) notice.hidden = false;
  throw error;
}
