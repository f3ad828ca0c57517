// Says before a session ends that it will, and leaves the page when it has:
// what is on the screen is not left there for the next person.

const warning = 120; // seconds before the end

export function watchSession({ beforeEnd }) {
  const dialog = document.querySelector("dialog[data-session]");
  if (!dialog) return;
  const { extend, signIn } = dialog.dataset;
  const length = Number(dialog.dataset.session) * 1000;
  const left = dialog.querySelector("[data-left]");
  let end = Date.now() + length;
  let last = "";

  const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  let ending = false;

  // The clock is asked each time: a laptop that slept must not count on.
  const timer = setInterval(async () => {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    if (seconds <= 0) {
      if (ending) return;
      ending = true;
      clearInterval(timer);
      try { await beforeEnd(); } finally { if (signIn) location.replace(signIn); }
      return;
    }
    if (seconds > warning) return;
    const text = minutes(seconds);
    if (text !== last) left.textContent = last = text;
    if (!dialog.open && !dialog.dataset.seen) {
      dialog.dataset.seen = "1";
      dialog.showModal();
    }
  }, 1000);

  dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
  dialog.querySelector("[data-stay]")?.addEventListener("click", async () => {
    const failed = dialog.querySelector("[data-failed]");
    try {
      const answer = await fetch(extend, { method: "POST", credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      end = Date.now() + length;
      delete dialog.dataset.seen;
      failed.hidden = true;
      dialog.close();
    } catch {
      failed.hidden = false;
    }
  });
}
