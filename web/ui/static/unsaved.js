// Asks before a form with changes is left.

export function guardUnsaved() {
  const changed = new Set();
  let released = false;

  const note = (event) => {
    const form = event.target.form;
    if (form && form.method === "post" && !form.closest(".languages")) changed.add(form);
  };
  document.addEventListener("input", note);
  document.addEventListener("change", note);
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) released = true;
  });
  addEventListener("beforeunload", (event) => {
    if (!released && changed.size > 0) event.preventDefault();
  });

  return {
    // What is kept elsewhere need not be asked about.
    kept: (form) => changed.delete(form),
    release: () => { released = true; },
  };
}
