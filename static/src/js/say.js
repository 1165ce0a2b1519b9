// Speaks through the one polite live region of the page: <p id="live" role="status">.
const live = document.getElementById("live");

export function say(text) {
  if (!live || !text) return;
  live.textContent = "";
  // Screen readers repeat a text only when it changes after a moment.
  setTimeout(() => (live.textContent = text), 60);
}
