// Single-key shortcuts, never inside fields, with a switch to turn them off (WCAG 2.1.4).
//
// data-key="n" on a link or button: pressed; on a field: focused; on a <dialog>: opened.
// <input type="checkbox" data-keys-switch>: ticked while shortcuts are on; kept on this device.
const shelf = "bilik-keys";
const inField = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog";
let on = read();

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.checked = on;
  box.addEventListener("change", () => write(box.checked));
}

document.addEventListener("keydown", (event) => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(inField)) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("dialog")) target.showModal();
  else if (target.matches("input")) target.focus();
  else target.click();
});

// Storage may be refused by the browser; the shortcuts then stay on for this page.
function read() {
  try {
    return localStorage.getItem(shelf) !== "off";
  } catch {
    return true;
  }
}

function write(value) {
  on = value;
  try {
    localStorage.setItem(shelf, value ? "on" : "off");
  } catch {}
}
