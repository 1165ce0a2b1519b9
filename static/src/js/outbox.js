// Answers that are not yet acknowledged, kept in IndexedDB in the order they were given.
// One entry: { n, key, url, slot, rev, body, at }; `key` is the idempotency key, `slot` names the form it came from.
const shelf = "outbox";
// Where the browser refuses storage, answers wait in memory, as long as the page lives.
const memory = new Map();
const week = 7 * 24 * 3600 * 1000;

let database = null;

function open() {
  database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("bilik", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(shelf, { keyPath: "n", autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return database;
}

async function run(mode, work) {
  const transaction = (await open()).transaction(shelf, mode);
  const request = work(transaction.objectStore(shelf));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
  });
}

export async function add(entry) {
  await run("readwrite", (store) => store.add(entry)).catch(() => memory.set(-entry.at, { ...entry, n: -entry.at }));
}

export async function remove(n) {
  if (!memory.delete(n)) await run("readwrite", (store) => store.delete(n));
}

export async function waiting() {
  const kept = await run("readonly", (store) => store.getAll()).catch(() => []);
  const entries = [...kept, ...memory.values()];
  const fresh = entries.filter((entry) => Date.now() - entry.at < week);
  for (const entry of entries) if (!fresh.includes(entry)) await remove(entry.n);
  return fresh;
}
