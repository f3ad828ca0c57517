// A part of the page that follows what happens at the node. The browser comes
// back by itself after a lost line, and says which text it has: the node then
// sends the one that stands now.
export function follow() {
  for (const part of document.querySelectorAll("[data-follow]")) {
    const source = new EventSource(part.dataset.follow);
    source.addEventListener("message", (event) => { part.innerHTML = event.data; });
    source.addEventListener("ended", () => { source.close(); });
    addEventListener("pagehide", () => source.close());
  }
}
