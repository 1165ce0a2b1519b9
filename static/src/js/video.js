// A link to a video of another site, a[data-player]: once it is pressed, the player stands in its place. Nothing of that
// site is loaded before, and without script the link leads there.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-player]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = link.dataset.player;
  frame.title = link.querySelector(".video__title").textContent;
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  // The sites refuse to play for a page that they do not know.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(frame);
  frame.focus();
});
