// Loads what few pages need only where it is needed, so that a first visit stays small.
export async function startParts(root = document) {
  if (root === document && root.querySelector("[data-check]")) (await import("./check.js")).startAsking();
  const form = document.querySelector("[data-files]");
  if (form) (await import("./files.js")).startFiles(form);
  if (!root.querySelector("[data-arrange], [data-spots]")) return;
  const parts = await import("./parts.js");
  parts.startParts(root);
}
