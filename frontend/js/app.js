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

/** What folds on a phone is open on a wide screen, also where style sheets cannot do that. */
function openWhenWide(details) {
  if (matchMedia("(min-width: 40.0625em)").matches) details.open = true;
}

/** In a line of views that is moved sideways, the present one can be seen. */
function bringIntoSight(current) {
  const line = current.closest("ul");
  if (line.scrollWidth > line.clientWidth) line.scrollLeft = current.offsetLeft - line.offsetLeft - 40;
}

/** Shows, some minutes before the session ends, how to stay signed in. */
function watchSession(hint) {
  const wait = (Number(hint.dataset.endsIn) - Number(hint.dataset.warnBefore)) * 1000;
  if (wait > 0) setTimeout(() => { hint.hidden = false; }, wait);
}

const WATCHERS = {
  "[data-max-bytes]": watchFile,
  "[data-open-when-wide]": openWhenWide,
  ".gp-views [aria-current], .gp-section [aria-current]": bringIntoSight,
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
