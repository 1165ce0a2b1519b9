// The service worker: pages that were read online can be read again offline; writing is kept by save.js.
// build.mjs fills in the version, the assets to keep and the offline pages.
// Only replies with `X-Offline: keep` are stored: lessons and the learner's home, never other people's data.
// Signing out answers with Clear-Site-Data, which empties these caches.
const CORE = __CORE__;
const OFFLINE = __OFFLINE__;
const ASSETS = "assets-__VERSION__";
const PAGES = "pages";

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
  else if (request.mode === "navigate") event.respondWith(page(event));
});

async function install() {
  const cache = await caches.open(ASSETS);
  await cache.addAll(CORE);
  await skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith("assets-") && name !== ASSETS) await caches.delete(name);
  await clients.claim();
}

// Fonts and pictures of the design are kept when they are first used: nobody needs all of them.
async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const reply = await fetch(request);
  if (reply.ok) await (await caches.open(ASSETS)).put(request, reply.clone());
  return reply;
}

async function page(event) {
  const { request } = event;
  const kept = await (await caches.open(PAGES)).match(request);
  try {
    const reply = await soon(fetch(request), kept ? 4000 : 30000);
    if (reply.ok && reply.headers.get("X-Offline") === "keep") event.waitUntil(keep(request, reply.clone()));
    return reply;
  } catch {
    return kept ?? (await offline(request)) ?? Response.error();
  }
}

async function keep(request, reply) {
  await (await caches.open(PAGES)).put(request, reply);
  if (!(await offline(request))) await (await caches.open(ASSETS)).add(offlinePage(request));
}

function offline(request) {
  return caches.match(offlinePage(request));
}

function offlinePage(request) {
  const language = new URL(request.url).pathname.split("/")[1];
  return OFFLINE[language] ?? Object.values(OFFLINE)[0];
}

// A kept copy beats a slow network.
function soon(reply, milliseconds) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("slow")), milliseconds));
  return Promise.race([reply, late]);
}
