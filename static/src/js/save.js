// Saves answers as they are given, and keeps them on this device while there is no connection.
//
// [data-save="(address)"], one for each question: a form, or a part of one form that holds them all. Its hidden field
// whose name starts with `rev` holds the revision. A change posts the fields of that part, with the headers
// Accept: application/json, X-CSRF-Token and Idempotency-Key; the fields `op` and `rev` hold the key and the revision.
// <span data-kept> in it shows when it was saved. Replies:
//   200 { rev, saved_at_text, left? }   the revision is updated; `left` (seconds) corrects the countdown
//   401                                 kept; the person is asked to sign in
//   409 { page }                        another tab was first: a link to the page with both answers
//   422 { text? }                       not taken; the text is shown
//   403, 404                            kept for the person who gave it; if it stands on this page, it is too old
//   anything else                       kept and tried again on `online`, on load and when the tab returns
// <p data-save-state data-saving="…" data-saved="Saved {at}" data-offline="… {n}" data-expired="…" data-conflict="…"
//    data-refused="…" data-sign-in="(address)">: shows the state; holds <span data-save-text> and <a data-save-link hidden>.
// form[data-after-save], and the save forms themselves when a button is pressed: sent only when nothing is waiting.
import { add, remove, waiting } from "./outbox.js";
import { say } from "./say.js";

const typing = new Map();
const revisions = new Map();
const stuck = new Set();
const jobs = new Set();
let last = Promise.resolve();
let flying = null;
let forms = [];
let board = null;

export function startSaving() {
  forms = [...document.querySelectorAll("[data-save]")];
  board = document.querySelector("[data-save-state]");
  for (const form of forms) {
    form.addEventListener("change", () => keep(form));
    form.addEventListener("input", (event) => event.target.matches("input[type=text], textarea") && later(form));
  }
  document.addEventListener("submit", hold);
  document.addEventListener("visibilitychange", () => {
    for (const form of typing.keys()) keep(form);
    if (document.visibilityState === "visible") flush();
  });
  addEventListener("online", flush);
  restore().then(flush);
}

const address = (form) => new URL(form.dataset.save || form.action, location.href).href;
const revision = (form) => form.querySelector("[name^=rev]");

function fieldsOf(form) {
  const own = ([name]) => form.querySelector(`[name="${name}"]`) && !/^(csrf|op|rev.*)$/.test(name);
  return [...new FormData(form.closest("form"))].filter(own);
}

function later(form) {
  clearTimeout(typing.get(form));
  typing.set(
    form,
    setTimeout(() => keep(form), 2000),
  );
}

function keep(form) {
  return tracked(store(form));
}

// Work that a pressed button waits for.
function tracked(job) {
  const done = job.finally(() => jobs.delete(done));
  jobs.add(done);
  return done;
}

async function store(form) {
  clearTimeout(typing.get(form));
  typing.delete(form);
  const key = crypto.randomUUID();
  const body = [...fieldsOf(form).map(([name, value]) => [name, String(value)]), ["op", key]];
  show("saving");
  const url = address(form);
  const entry = { key, url, slot: url, rev: revision(form)?.value, body, at: Date.now() };
  const older = (await waiting()).filter((other) => other.slot === entry.slot && other.n !== flying);
  await add(older.length ? { ...entry, rev: older[0].rev } : entry);
  for (const other of older) await remove(other.n);
  return flush();
}

// One sender at a time, so that answers arrive in the order they were given.
function flush() {
  last = tracked(last.then(drain));
  return last;
}

async function drain() {
  const next = async () => (await waiting()).find((entry) => !stuck.has(entry.n));
  for (let entry = await next(); entry; entry = await next()) if (!(await deliver(entry))) return;
}

async function deliver(entry) {
  flying = entry.n;
  const reply = await post(entry).catch(() => null);
  const answer = reply && (await reply.json().catch(() => ({})));
  flying = null;
  switch (reply?.status) {
    case 200:
      await remove(entry.n);
      accept(entry, answer);
      return true;
    case 409:
      await remove(entry.n);
      show("conflict", {}, answer.page);
      return true;
    case 422:
      await remove(entry.n);
      show("refused", {}, null, answer.text);
      return true;
    case 403:
    case 404:
      // Perhaps another person's answer on a shared device: it waits for its owner and holds up nobody.
      stuck.add(entry.n);
      if (forms.some((form) => address(form) === entry.slot)) show("refused");
      return true;
    case 401:
      show("expired", {}, board?.dataset.signIn);
      return false;
    default:
      show("offline", { n: (await waiting()).length });
      return false;
  }
}

function post({ key, url, slot, rev, body }) {
  const csrf = document.querySelector("input[name=csrf]")?.value ?? "";
  const fields = new URLSearchParams([...body, ["csrf", csrf], ["rev", revisions.get(slot) ?? rev ?? ""]]);
  const headers = { Accept: "application/json", "X-CSRF-Token": csrf, "Idempotency-Key": key };
  return fetch(url, { method: "POST", body: fields, headers, keepalive: true, redirect: "manual" });
}

function accept({ slot }, { rev, saved_at_text: at, left }) {
  revisions.set(slot, String(rev));
  const form = forms.find((form) => address(form) === slot);
  if (form && revision(form)) revision(form).value = rev;
  const kept = form?.querySelector("[data-kept]");
  if (kept) kept.textContent = spell("saved", { at });
  if (form) markStep(form);
  if (left !== undefined && left !== null) document.dispatchEvent(new CustomEvent("bilik:left", { detail: left }));
  show("saved", { at });
}

// The list of questions shows which have an answer: <nav data-answered="…" data-unanswered="…"> with links to the parts.
function markStep(form) {
  const step = document.querySelector(`[data-answered] a[href="#${form.id}"]`);
  if (!step) return;
  const answered = fieldsOf(form).some(([, value]) => String(value).trim());
  step.classList.toggle("answered", answered);
  const words = step.closest("nav").dataset;
  step.querySelector(".vh").textContent = `. ${answered ? words.answered : words.unanswered}`;
}

function spell(state, values) {
  return (board?.dataset[state] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

function show(state, values = {}, link = null, text = null) {
  if (!board) return;
  const words = text ?? spell(state, values);
  const news = board.dataset.state !== state;
  board.hidden = false;
  board.dataset.state = state;
  board.querySelector("[data-save-text]").textContent = words;
  const way = board.querySelector("[data-save-link]");
  if (way) way.hidden = !link;
  if (way && link) way.href = link;
  if (news && state !== "saving" && state !== "saved") say(words);
}

// A pressed button waits for the answers that are on their way; without a connection it stays on this page.
async function hold(event) {
  const form = event.target;
  if (!form.matches("form[data-save], form[data-after-save]")) return;
  if (jobs.size + typing.size === 0 && navigator.onLine) return;
  event.preventDefault();
  await Promise.all([...jobs, ...[...typing.keys()].map(keep)]);
  if (form.matches("[data-save]") && !navigator.onLine) await keep(form);
  await flush();
  if ((await waiting()).length === 0 && !["conflict", "refused"].includes(board?.dataset.state))
    pass(form, event.submitter);
}

// `submit` leaves out the pressed button, so its name and value go along in a hidden field.
function pass(form, button) {
  if (button?.name) {
    const field = Object.assign(document.createElement("input"), {
      type: "hidden",
      name: button.name,
      value: button.value,
    });
    form.append(field);
  }
  if (button?.hasAttribute("formaction")) form.action = button.formAction;
  form.submit();
}

// A page read again offline shows the answers that wait, not the ones of its last download.
async function restore() {
  for (const entry of await waiting()) {
    const form = forms.find((form) => address(form) === entry.slot);
    if (form) fill(form, entry.body);
  }
}

function fill(form, body) {
  for (const control of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    const values = body.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.matches("[type=radio], [type=checkbox]")) control.checked = values.includes(control.value);
    else if (values.length) control.value = values[0];
  }
}
