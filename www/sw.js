// Keeps the page for times without a network. The build puts two lines before this file: BUILD, a hash of
// the whole page, and FILES, each file's address with the beginning of its SHA-256.
//
// A build is kept whole or not at all, in a cache of its own, and pages go on with the build that they began
// with: a newer one waits until the last of them is closed, so that builds never mix. What a file holds is
// looked at, not only its name: worker files and models have the same names in every build.
const NAME = `galley-${BUILD}`;
const at = (name) => new URL(name, self.registration.scope).href;

const sound = async (response, sum) => {
  if (!response?.ok) return false;
  const hash = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  const hex = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("").startsWith(sum);
};

// From an older build's cache, from the browser's (also what it would ask the server about again: the sum says whether
// it is right), and at last from the server.
const found = async (name, sum) => {
  const ways = [
    () => caches.match(at(name)),
    () => fetch(at(name), { cache: "force-cache" }),
    () => fetch(at(name), { cache: "reload" }),
  ];
  for (const way of ways) {
    const response = await way();
    if (await sound(response, sum)) return response;
  }
  throw new Error(`${name} is not of this build`);
};

self.addEventListener("install", (event) => {
  // A server that a developer rebuilds for: the newest page at once.
  if (self.FRESH) self.skipWaiting();
  event.waitUntil(
    (async () => {
      const cache = await caches.open(NAME);
      for (const [name, sum] of Object.entries(FILES)) {
        if (!(await cache.match(at(name)))) await cache.put(at(name), await found(name, sum));
      }
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("galley-") && name !== NAME) await caches.delete(name);
      }
    })(),
  );
});

// A page that was loaded before this was there says which program it runs: one of this build is taken on.
self.addEventListener("message", (event) => {
  if (event.data in FILES) event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  const name = request.mode === "navigate" ? at("./") : request.url.split(/[?#]/)[0];
  const kept = async () => (await caches.open(NAME)).match(name);
  event.respondWith(
    self.FRESH
      ? fetch(request).catch(async () => (await kept()) ?? Response.error())
      : kept().then((response) => response ?? fetch(request)),
  );
});
