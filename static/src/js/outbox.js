// Answers that are not yet acknowledged, kept in IndexedDB in the order they were given.
// One entry: { n, key, url, slot, rev, body, at }; `key` is the idempotency key, `slot` names the form it came from.
const shelf = "outbox";
const week = 7 * 24 * 3600 * 1000;

const database = new Promise((resolve, reject) => {
  const request = indexedDB.open("bilik", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(shelf, { keyPath: "n", autoIncrement: true });
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function run(mode, work) {
  const transaction = (await database).transaction(shelf, mode);
  const request = work(transaction.objectStore(shelf));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
  });
}

export const add = (entry) => run("readwrite", (store) => store.add(entry));
export const remove = (n) => run("readwrite", (store) => store.delete(n));

export async function waiting() {
  const entries = await run("readonly", (store) => store.getAll());
  const fresh = entries.filter((entry) => Date.now() - entry.at < week);
  for (const entry of entries) if (!fresh.includes(entry)) await remove(entry.n);
  return fresh;
}
