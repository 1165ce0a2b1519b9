// Makes questions of parts pleasanter; without it they are answered by their lists.
//
// [data-arrange][data-up][data-down][data-place]   steps with a <select> each, whose options end with `:place`: shown in
//                                                  their order, moved by buttons or by dragging
// [data-spots="(id of the question)"]              a picture whose [data-spot="(value)"] regions stand for options
export function startParts(root) {
  for (const list of root.querySelectorAll("[data-arrange]:not([data-ready])")) arrange(list);
  for (const picture of root.querySelectorAll("[data-spots]:not([data-ready])")) point(picture);
}

const placeOf = (item) => Number(item.querySelector("select").value.split(":")[1] || Infinity);

function arrange(list) {
  list.dataset.ready = "";
  const items = [...list.children];
  items.sort((a, b) => placeOf(a) - placeOf(b)).forEach((item) => list.append(item));
  for (const item of items) {
    const label = item.lastElementChild.textContent;
    item.append(button("\u2191", `${list.dataset.up}: ${label}`, () => move(list, item, -1)));
    item.append(button("\u2193", `${list.dataset.down}: ${label}`, () => move(list, item, 1)));
    item.draggable = true;
    item.addEventListener("dragstart", () => item.classList.add("is-held"));
    item.addEventListener("dragend", () => {
      item.classList.remove("is-held");
      settle(list);
    });
    item.addEventListener("dragover", (event) => over(event, list, item));
    item.querySelector("select").addEventListener("change", (event) => event.isTrusted && reorder(list));
  }
}

function button(sign, label, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn--quiet btn--icon";
  made.textContent = sign;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", press);
  return made;
}

function move(list, item, by) {
  const next = by < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!next) return;
  if (by < 0) next.before(item);
  else next.after(item);
  settle(list);
  item.querySelectorAll("button")[by < 0 ? 0 : 1].focus();
}

function over(event, list, item) {
  const held = list.querySelector(".is-held");
  if (!held) return;
  event.preventDefault();
  const { top, height } = item.getBoundingClientRect();
  if (event.clientY < top + height / 2) item.before(held);
  else item.after(held);
}

// Writes the places as they stand into the lists, and says that the answer has changed.
function settle(list) {
  [...list.children].forEach((item, index) => (item.querySelector("select").selectedIndex = index + 1));
  list.querySelector("select").dispatchEvent(new Event("change", { bubbles: true }));
}

// A place chosen in a list moves the step there; the others make room.
function reorder(list) {
  const items = [...list.children];
  if (items.some((item) => placeOf(item) === Infinity)) return;
  const focused = document.activeElement;
  items.sort((a, b) => placeOf(a) - placeOf(b) || (b.contains(focused) ? 1 : 0) - (a.contains(focused) ? 1 : 0));
  items.forEach((item) => list.append(item));
  focused.focus();
  settle(list);
}

function point(picture) {
  picture.dataset.ready = "";
  const inputs = new Map();
  for (const input of document.getElementById(picture.dataset.spots).querySelectorAll(".opt input")) inputs.set(input.value, input);
  const show = () => {
    for (const region of picture.querySelectorAll("[data-spot]")) region.classList.toggle("is-picked", inputs.get(region.dataset.spot)?.checked);
  };
  picture.addEventListener("click", ({ target }) => inputs.get(target.closest("[data-spot]")?.dataset.spot)?.click());
  for (const input of inputs.values()) input.addEventListener("change", show);
  show();
}
