// Passkeys in forms: an element with data-passkey gets options from the server, asks the browser,
// puts the answer into its hidden field and sends the form. Texts come from data attributes.

// Challenges live five minutes; a page that waits quietly asks for a fresh one before.
const RENEW_AFTER = 4 * 60 * 1000;
const RENEWALS = 6;

let quiet = null;

function decode(text) {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function encode(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Options in their JSON form become what the browser's functions take. */
function prepared(options) {
  const named = (list) => list?.map((each) => ({ ...each, id: decode(each.id) }));
  const ready = { ...options, challenge: decode(options.challenge) };
  if (options.user) ready.user = { ...options.user, id: decode(options.user.id) };
  if (options.excludeCredentials) ready.excludeCredentials = named(options.excludeCredentials);
  if (options.allowCredentials) ready.allowCredentials = named(options.allowCredentials);
  return ready;
}

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

function answerOf(credential) {
  const { response } = credential;
  const parts = PARTS.filter((name) => response[name]);
  return JSON.stringify({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    response: {
      ...Object.fromEntries(parts.map((name) => [name, encode(response[name])])),
      ...(response.getTransports ? { transports: response.getTransports() } : {}),
    },
  });
}

/** Gets options; null when the page has to be seen anew (signed out, or a proof is due). */
async function optionsFor(box) {
  const body = new URLSearchParams(new FormData(box.closest("form")));
  const reply = await fetch(box.dataset.begin, { method: "POST", body, redirect: "manual" });
  if (!(reply.headers.get("content-type") ?? "").startsWith("application/json")) return null;
  const { options, problem } = await reply.json();
  if (problem) throw Object.assign(new Error(problem), { shown: problem });
  return prepared(options);
}

function say(box, text) {
  const note = box.querySelector("[role=status]");
  note.textContent = text;
  note.hidden = !text;
}

function send(box, credential) {
  box.querySelector("input").value = answerOf(credential);
  box.closest("form").submit();
}

const WORDS = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "exists" };

async function ask(box, button) {
  quiet?.abort();
  button.disabled = true;
  say(box, "");
  try {
    const publicKey = await optionsFor(box);
    if (!publicKey) return location.reload();
    send(box, await navigator.credentials[box.dataset.passkey]({ publicKey }));
  } catch (error) {
    say(box, error.shown ?? box.dataset[WORDS[error.name] ?? "failed"]);
    button.disabled = false;
  }
}

/** Lets the browser offer passkeys where the username is typed; says nothing when it cannot. */
async function offer(box, left) {
  quiet = new AbortController();
  const { signal } = quiet;
  const renewal = setTimeout(() => {
    quiet.abort();
    if (left > 0) offer(box, left - 1);
  }, RENEW_AFTER);
  signal.addEventListener("abort", () => clearTimeout(renewal));
  try {
    const publicKey = await optionsFor(box);
    if (!publicKey || signal.aborted) return;
    send(box, await navigator.credentials.get({ publicKey, mediation: "conditional", signal }));
  } catch {
    // Aborted, refused or not there: the button and the password stay.
  }
}

async function offers() {
  return Boolean(await PublicKeyCredential.isConditionalMediationAvailable?.());
}

for (const box of document.querySelectorAll("[data-passkey]")) {
  const button = box.querySelector("button");
  const isQuiet = "quiet" in box.dataset;
  if (!window.PublicKeyCredential || !navigator.credentials) {
    if (!isQuiet) say(box, box.dataset.unsupported);
  } else if (location.origin !== box.dataset.origin) {
    if (!isQuiet) say(box, box.dataset.elsewhere);
  } else {
    // Its box is hidden and not the button, whose style would show it all the same.
    button.parentElement.hidden = false;
    button.addEventListener("click", () => ask(box, button));
    if (isQuiet && await offers()) offer(box, RENEWALS);
  }
}
