// Keeps what is entered in a form on this device until it is sent, so that a
// lost connection or an ended session loses nothing.
//
// A draft is AES-256-GCM ciphertext. Its key comes with each signed-in page and
// is never stored; the user's scope, the page and the form are bound to it. A
// draft is deleted when the form was sent and another page followed, when the
// user signs out, when they say so, and after three days.

const prefix = "palermo.draft.";
const days = 3;
const pause = 800; // milliseconds without a key press
const never = new Set(["password", "file", "hidden", "submit", "button", "reset"]);

export function watchDrafts(unsaved) {
  const idle = { flush: async () => {} };
  purge();
  const meta = document.querySelector('meta[name="palermo-drafts"]');
  if (!meta) {
    // Not signed in: what was being sent did not arrive, so it is a draft again.
    for (const key of keys(prefix)) mark(key, false);
    return idle;
  }
  if (!crypto.subtle) return idle; // no secure connection
  const scope = `${prefix}${meta.content}.`;
  const arrived = accepted();
  for (const key of keys(scope)) {
    if (!read(key)?.sent) continue;
    if (arrived) localStorage.removeItem(key);
    else mark(key, false);
  }
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", () => { for (const key of keys(scope)) localStorage.removeItem(key); });
  }
  const secret = importKey(meta.dataset.key);
  const savers = [...document.querySelectorAll("form[data-draft]")].map(async (form) => {
    return keep(form, scope + await name(form, meta.dataset.key), secret, unsaved);
  });
  return { flush: async () => { for (const saver of savers) await (await saver)(); } };
}

// Whether this page is the answer to a form that was taken. A refusal has a
// status of 400 or more; after a broken connection the reader goes back.
function accepted() {
  const [arrival] = performance.getEntriesByType("navigation");
  return !arrival || (arrival.type === "navigate" && (arrival.responseStatus || 200) < 400);
}

// The name tells nobody else which page or record the draft is of.
async function name(form, key) {
  const text = new TextEncoder().encode(`${key} ${location.pathname} ${form.dataset.draft}`);
  return toBase64(await crypto.subtle.digest("SHA-256", text)).slice(0, 22);
}

function keep(form, key, secret, unsaved) {
  let timer = 0;
  let dirty = false;
  let sent = false;

  const save = async () => {
    clearTimeout(timer);
    if (!dirty) return;
    dirty = false;
    const sealed = await seal(await secret, key, values(form));
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), sent, ...sealed }));
    } catch {
      return; // the device is full or forbids it: the guard still asks
    }
    if (!form.querySelector('input[type="file"]')) unsaved.kept(form);
    say(form);
  };
  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    sent = true;
    mark(key, true);
    void save(); // there is time before the answer comes
  });
  addEventListener("pageshow", (event) => { if (event.persisted) sent = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden) void save(); });
  void offer(form, key, secret);
  return save;
}

async function offer(form, key, secret) {
  const kept = read(key);
  if (!kept) return;
  const was = await open(await secret, key, kept);
  if (!was || JSON.stringify(was) === JSON.stringify(values(form))) {
    localStorage.removeItem(key); // nothing new, or not this user's any more
    return;
  }
  const bar = document.getElementById("draft-bar").content.firstElementChild.cloneNode(true);
  const when = new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, { dateStyle: "medium", timeStyle: "short" });
  bar.querySelector("[data-saved]").textContent = when.format(new Date(kept.at));
  bar.querySelector("[data-restore]").addEventListener("click", () => {
    restore(form, was);
    bar.remove();
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
  bar.querySelector("[data-discard]").addEventListener("click", () => {
    localStorage.removeItem(key);
    bar.remove();
  });
  form.before(bar);
}

function values(form) {
  const list = [];
  for (const el of form.elements) {
    if (!el.name || never.has(el.type) || el.autocomplete === "one-time-code" || el.disabled) continue;
    if (el.type === "checkbox" || el.type === "radio") {
      if (el.checked) list.push([el.name, el.value]);
    } else {
      list.push([el.name, el.value]);
    }
  }
  return list;
}

function restore(form, list) {
  const left = new Map();
  for (const [field, value] of list) left.set(field, [...(left.get(field) ?? []), value]);
  for (const el of form.elements) {
    if (!el.name || never.has(el.type) || el.autocomplete === "one-time-code") continue;
    if (el.type === "checkbox" || el.type === "radio") {
      el.checked = (left.get(el.name) ?? []).includes(el.value);
    } else if (left.get(el.name)?.length) {
      el.value = left.get(el.name).shift();
    }
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function say(form) {
  if (form.querySelector(".draft-kept")) return;
  const words = document.getElementById("draft-kept")?.content.firstElementChild.cloneNode(true);
  if (words) form.querySelector(".buttons")?.append(words);
}

function keys(start) { return Object.keys(localStorage).filter((key) => key.startsWith(start)); }

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function mark(key, sent) {
  const kept = read(key);
  if (kept) localStorage.setItem(key, JSON.stringify({ ...kept, sent }));
}

function purge() {
  for (const key of keys(prefix)) {
    const kept = read(key);
    if (!kept || Date.now() - kept.at > days * 86_400_000) localStorage.removeItem(key);
  }
}

const fromBase64 = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
const toBase64 = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));

function importKey(text) {
  return crypto.subtle.importKey("raw", fromBase64(text), "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function seal(secret, key, list) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(key);
  const body = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, secret, new TextEncoder().encode(JSON.stringify(list)));
  return { iv: toBase64(iv), body: toBase64(body) };
}

async function open(secret, key, kept) {
  try {
    const additionalData = new TextEncoder().encode(key);
    const body = await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64(kept.iv), additionalData }, secret, fromBase64(kept.body));
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}
