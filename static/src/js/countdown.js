// The time left of an attempt. The server decides; this only shows.
//
// <p data-remaining="(seconds left when the page was drawn)" data-five="5 minutes left" data-one="1 minute left"
//    data-over="Time is up" data-finish="(id of the form that hands in, optional)"><b data-clock>12:00</b></p>
// A reply to a saved answer that says `left` corrects it through the event bilik:left.
import { say } from "./say.js";

let place;
let face;
let end;
let before;
let over = false;

export function startCountdown() {
  place = document.querySelector("[data-remaining]");
  face = place.querySelector("[data-clock]") ?? place;
  before = Number(place.dataset.remaining);
  end = Date.now() + before * 1000;
  document.addEventListener("bilik:left", (event) => {
    end = Date.now() + event.detail * 1000;
    tick();
  });
  document.addEventListener("visibilitychange", tick);
  setInterval(tick, 1000);
  tick();
}

function tick() {
  if (over) return;
  const left = Math.max(0, Math.round((end - Date.now()) / 1000));
  const warnings = [
    [300, place.dataset.five],
    [60, place.dataset.one],
  ];
  face.textContent = spell(left);
  for (const [limit, text] of warnings) if (before > limit && left <= limit && left > 0) say(text);
  place.classList.toggle("timer--short", left <= 60);
  before = left;
  if (left === 0) finish();
}

function finish() {
  over = true;
  say(place.dataset.over);
  document.getElementById(place.dataset.finish)?.requestSubmit();
}

function spell(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const tail = `${two(minutes)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${tail}` : tail;
}
