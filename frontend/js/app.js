import { initAll } from "govuk-frontend";

// Enhancement only: every page works without this file. Texts come from data attributes, so
// that they are translated where all other texts are.

const KIBIBYTE = 1024;

/** Replaces %(name)s in a text taken from a data attribute. */
function fill(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
}

function size(bytes) {
  const lang = document.documentElement.lang;
  const number = (value) => new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(value);
  return bytes < KIBIBYTE * KIBIBYTE
    ? `${number(Math.ceil(bytes / KIBIBYTE))} KB`
    : `${number(bytes / KIBIBYTE / KIBIBYTE)} MB`;
}

/** Tells the chosen file's name and size, and at once when the server would refuse its size. */
function watchFile(input) {
  const note = document.getElementById(input.dataset.note);
  input.addEventListener("change", () => {
    const file = input.files[0];
    note.hidden = !file;
    if (!file) return;
    const tooLarge = file.size > Number(input.dataset.maxBytes);
    const problem = file.size === 0 ? note.dataset.empty : tooLarge ? note.dataset.large : "";
    note.textContent = fill(problem || note.dataset.chosen, {
      name: file.name,
      size: size(file.size),
    });
    note.classList.toggle("gp-file-note--problem", Boolean(problem));
  });
}

/** A select that submits its form when changed by mouse or touch keeps its button for keyboards. */
function submitOnChange(select) {
  let byKeyboard = false;
  select.addEventListener("keydown", () => { byKeyboard = true; });
  select.addEventListener("pointerdown", () => { byKeyboard = false; });
  select.addEventListener("change", () => { if (!byKeyboard) select.form.requestSubmit(); });
}

/** Shows, some minutes before the session ends, how to stay signed in. */
function watchSession(hint) {
  const wait = (Number(hint.dataset.endsIn) - Number(hint.dataset.warnBefore)) * 1000;
  if (wait > 0) setTimeout(() => { hint.hidden = false; }, wait);
}

const WATCHERS = {
  "[data-max-bytes]": watchFile,
  "[data-submit-on-change]": submitOnChange,
  "[data-session-hint]": watchSession,
};
const watched = new WeakSet();

function enhance(scope) {
  initAll({ scope, onError: () => {} });
  for (const [selector, watch] of Object.entries(WATCHERS)) {
    for (const element of scope.querySelectorAll(selector)) {
      if (!watched.has(element)) {
        watched.add(element);
        watch(element);
      }
    }
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
document.addEventListener("htmx:after:swap", () => enhance(document.body));
enhance(document.body);
