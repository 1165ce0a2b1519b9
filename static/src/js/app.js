// Starts what a page asks for. Everything here improves HTML that already works without it.
//
// <body data-worker>                      keep lessons readable offline (signed-in people only)
// <body data-offline="…" data-online="…"> said when the connection goes and returns
// [data-print]                            a button that prints the page; hidden without script
// [data-copy="(said when done)"]          a button that copies the code beside it; hidden without script
// a[data-player="(address)"]              a link to a video of another site; plays it in its place
// [data-save], form[data-after-save]      see save.js          [data-remaining]      see countdown.js
// [data-arrange], [data-spots]            see parts.js
// form[data-inplace]                      see inplace.js       form[data-theme-form] see theme.js
// [data-key], [data-keys-switch]          see keys.js
// [data-scripted]                         hidden without script
// [data-opens="(id)"]                     a button that opens a <dialog>
// details.menu                            closes on Escape and on a click elsewhere
import "./keys.js";
import "./theme.js";
import { startCountdown } from "./countdown.js";
import { startChecks } from "./inplace.js";
import { startParts } from "./lazy.js";
import { startSaving } from "./save.js";
import { say } from "./say.js";
import "./video.js";

const page = document.body.dataset;
const has = (selector) => document.querySelector(selector) !== null;

if (has("[data-save], form[data-after-save]")) startSaving();
if (has("[data-remaining]")) startCountdown();
startParts();
if (has("form[data-inplace]")) startChecks();

addEventListener("offline", () => say(page.offline));
addEventListener("online", () => say(page.online));

// After the page is complete, so that the worker's downloads never compete with the first view.
if ("serviceWorker" in navigator && "worker" in page) {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}

// What only works with script is hidden without it.
for (const part of document.querySelectorAll("[data-scripted], [data-print], [data-copy]")) part.hidden = false;

document.addEventListener("click", ({ target }) => {
  const opener = target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
  if (target.closest("[data-print]")) print();
  copy(target.closest("[data-copy]"));
  closeMenus((menu) => !menu.contains(target));
});
document.addEventListener("keydown", ({ key, target }) => {
  if (key !== "Escape") return;
  target.closest?.("details.menu")?.querySelector("summary").focus();
  closeMenus(() => true);
});

async function copy(button) {
  const name = button?.textContent;
  const said = button?.dataset.copy;
  // Nothing is pressed, or it is pressed again while it still says that it is done.
  if (name === said) return;
  await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
  say((button.textContent = said));
  setTimeout(() => (button.textContent = name), 2000);
}

function closeMenus(which) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (which(menu)) menu.open = false;
}
