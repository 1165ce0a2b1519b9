// Checks a practice question without leaving the page. Without script the same form is an ordinary POST.
//
// <form data-inplace="(id of the element to replace)" method="post" action="…">: posted with the header X-Fragment: (id);
// the server answers with that element alone or with a whole page that holds it.
// In the answer: [data-focus] takes the focus; data-announce="…" is spoken.
import { startParts } from "./lazy.js";
import { say } from "./say.js";

export function startChecks() {
  document.addEventListener("submit", check);
}

async function check(event) {
  const form = event.target;
  if (!form.matches("form[data-inplace]")) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const address = event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : form.action;
  try {
    await swap(form.dataset.inplace, await send(address, form.dataset.inplace, body));
  } catch {
    say(document.body.dataset.offline);
    form.removeAttribute("aria-busy");
  }
}

function send(address, fragment, body) {
  return fetch(address, {
    method: "POST",
    body,
    headers: { "X-Fragment": fragment, "X-CSRF-Token": body.get("csrf") ?? "" },
  });
}

async function swap(id, reply) {
  const answer = new DOMParser().parseFromString(await reply.text(), "text/html");
  const fresh = answer.getElementById(id);
  // Another page, for example sign-in: the server knows the way.
  if (!fresh) return location.assign(reply.redirected ? reply.url : location.href);
  document.getElementById(id).replaceWith(fresh);
  startParts(fresh);
  fresh.querySelector("[data-focus]")?.focus();
  say(fresh.querySelector("[data-announce]")?.dataset.announce);
}
