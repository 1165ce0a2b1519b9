// Starts what a page asks for. Everything here improves HTML that already works without it.
//
// <body data-worker>                      keep lessons readable offline (signed-in people only)
// <body data-offline="…" data-online="…"> said when the connection goes and returns
// [data-print]                            a button, hidden without script, that prints the page
// form[data-save], form[data-after-save]  see save.js          [data-remaining]      see countdown.js
// form[data-inplace]                      see inplace.js       form[data-theme-form] see theme.js
// [data-key], [data-keys-switch]          see keys.js
import { say } from "./say.js";
import "./keys.js";
import "./theme.js";

const page = document.body.dataset;
const has = (selector) => document.querySelector(selector) !== null;

if (has("form[data-save]") || has("form[data-after-save]")) import("./save.js");
if (has("[data-remaining]")) import("./countdown.js");
if (has("form[data-inplace]")) import("./inplace.js");

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

addEventListener("offline", () => say(page.offline));
addEventListener("online", () => say(page.online));

// After the page is complete, so that the worker's downloads never compete with the first view.
if ("serviceWorker" in navigator && "worker" in page) {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}

// The first wrong field of a redrawn form has the focus, or else the summary of what went wrong.
document.querySelector("[data-focus]")?.focus();
