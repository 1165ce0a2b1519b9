// Changes light and dark without a page load. The server keeps the choice in a cookie and draws <html data-theme>.
//
// <form data-theme-form method="post" action="/{lang}/theme"> with one
// <button name="theme" value="(the next one)" data-system="…" data-light="…" data-dark="…"> whose label names the present one.
import { say } from "./say.js";

const order = ["system", "light", "dark"];
const root = document.documentElement;

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = form.querySelector("button[name=theme]");
  if (!button || !form.matches("[data-theme-form]")) return;
  event.preventDefault();
  const theme = button.value;
  const body = new URLSearchParams(new FormData(form, button));
  // Should the request fail, the look changes for this page only.
  fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  button.value = order[(order.indexOf(theme) + 1) % order.length];
  button.setAttribute("aria-label", button.dataset[theme]);
  button.title = button.dataset[theme];
  say(button.dataset[theme]);
});
