// The way off a page at once. Links inside these pages replace the history
// entry instead of adding one, so that only one is left behind, and leaving
// replaces that one. What the browser kept before stays: a script cannot
// remove it, and the page about safety says so.

export function watchExit() {
  const exit = document.querySelector("[data-quick-exit]");
  if (!exit) return;
  for (const hint of document.querySelectorAll("[data-needs-script]")) hint.hidden = false;

  const leave = () => {
    document.title = "…";
    document.body.classList.add("is-leaving"); // gone before the network answers
    if (exit.dataset.signOut) navigator.sendBeacon(exit.dataset.signOut); // whoever takes the telephone finds nobody signed in
    location.replace(exit.href);
  };

  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const now = Date.now();
    presses = presses.filter((at) => now - at < 2000).concat(now);
    if (presses.length >= 3) leave();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented) return;
    if (link === exit) {
      event.preventDefault();
      leave();
      return;
    }
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !link.target;
    const here = link.origin === location.origin && link.pathname === location.pathname && link.hash;
    if (plain && !here && link.origin === location.origin && !link.hasAttribute("download")) {
      event.preventDefault();
      location.replace(link.href);
    }
  });

  // A page that the browser brings back from memory is read again, or not at all.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
