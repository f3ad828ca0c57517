// Passkeys: asks the node for a challenge, the device for its answer, and sends
// the answer as a field of the form. Forms stay hidden where the browser
// cannot do it, so a page without scripts offers the other ways alone.

const ceremonies = {
  get: async (options) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey);
    return navigator.credentials.get({ publicKey });
  },
  create: async (options) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey);
    return navigator.credentials.create({ publicKey });
  },
};

function able() {
  return typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential;
}

function base64url(buffer) {
  const bytes = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// sent is the answer as JSON. Where the node asked for the passkey's own secret
// (to open confidential notes), it is put in: toJSON leaves it out.
function sent(credential) {
  const json = credential.toJSON();
  const secret = credential.getClientExtensionResults().prf?.results?.first;
  if (secret) json.clientExtensionResults.prf = { results: { first: base64url(secret) } };
  return JSON.stringify(json);
}

async function answer(form) {
  const begun = await fetch(form.dataset.options, { method: "POST", credentials: "same-origin", redirect: "error" });
  if (!begun.ok) throw new Error(String(begun.status));
  const credential = await ceremonies[form.dataset.passkey](await begun.json());
  return sent(credential);
}

for (const form of able() ? document.querySelectorAll("form[data-passkey]") : []) {
  const failed = form.querySelector("[data-failed]");
  let answered = false;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (answered) return;
    event.preventDefault();
    event.stopPropagation(); // nothing is sent yet
    failed.hidden = true;
    try {
      form.elements.answer.value = await answer(form);
      answered = true;
      form.requestSubmit();
    } catch {
      failed.hidden = false;
    }
  });
}
