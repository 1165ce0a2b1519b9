// Checks one question of an attempt without leaving the page. Without script the same button is an ordinary POST.
//
// <button data-check="(id of the part to redraw)" formaction="…">: posts the fields of that part with X-Fragment; the
// server answers with the part as it stands now, or with a whole page when the attempt is over or another tab was first.
// In the answer: [data-focus] takes the focus and is read.
import { startParts } from "./lazy.js";
import { say } from "./say.js";

export function startAsking() {
  document.addEventListener("submit", ask, true);
}

async function ask(event) {
  const button = event.submitter;
  if (!button?.matches("[data-check]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const part = document.getElementById(button.dataset.check);
  if (part.getAttribute("aria-busy") === "true") return;
  part.setAttribute("aria-busy", "true");
  try {
    await redraw(part, await send(part, button));
  } catch {
    say(document.body.dataset.offline);
  }
  part.removeAttribute("aria-busy");
}

function send(part, button) {
  const all = [...new FormData(button.form)];
  const body = new URLSearchParams(all.filter(([name]) => name === "csrf" || part.querySelector(`[name="${name}"]`)));
  return fetch(button.formAction, {
    method: "POST",
    body,
    headers: { "X-Fragment": part.id, "X-CSRF-Token": body.get("csrf") ?? "" },
  });
}

// The part itself stays, and with it those who listen to it.
async function redraw(part, reply) {
  const answer = new DOMParser().parseFromString(await reply.text(), "text/html");
  const fresh = answer.getElementById(part.id);
  if (!fresh || reply.redirected) return location.assign(reply.redirected ? reply.url : location.href);
  part.replaceChildren(...fresh.childNodes);
  startParts(part);
  part.querySelector("[data-focus]")?.focus();
}
