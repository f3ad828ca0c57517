// What makes pages easier where scripts run. Every page is complete without them.
import { watchExit } from "./exit.js";
import { watchDrafts } from "./drafts.js";
import { watchSession } from "./session.js";
import { guardUnsaved } from "./unsaved.js";
import { follow } from "./follow.js";

watchExit(); // first: somebody may need it at once

// After a refusal, a screen reader begins with what must be mended.
document.querySelector("[data-focus]")?.focus();

// What is under way goes on by itself.
document.querySelector("form[data-go-on]")?.requestSubmit();

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 3000) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = String(Date.now());
});

follow();

const unsaved = guardUnsaved();
const drafts = watchDrafts(unsaved);
watchSession({ beforeEnd: async () => { await drafts.flush(); unsaved.release(); } });
