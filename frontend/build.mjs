// Builds the front-end files: one style sheet, the start-up script, our modules and htmx.
// Usage: node frontend/build.mjs [output folder]
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const modules = join(root, "node_modules");
const output = resolve(
  process.argv[2] ?? join(root, "src/gapura/web/shell/static/built"),
);

// Forbidden in what we ship: fonts and marks that are licensed to another government, and
// anything the strict content security policy would block.
const FORBIDDEN = {
  "gapura.css": [/@font-face/i, /GDS Transport/i, /crest/i, /data:/, /url\(["']?https?:/],
  "app.js": [/\beval\(/, /new Function/],
};

function read(...parts) {
  return readFileSync(join(...parts), "utf8");
}

function replaceOnce(text, pattern, replacement, what) {
  const hits = text.match(new RegExp(pattern, pattern.flags + "g")) ?? [];
  if (hits.length !== 1) {
    throw new Error(`Expected one ${what}, found ${hits.length}. Has the library changed?`);
  }
  return text.replace(pattern, () => replacement);
}

function withoutSourceMap(text) {
  return text.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, "\n");
}

function styles() {
  return sass.compile(join(here, "scss/gapura.scss"), {
    loadPaths: [modules],
    style: "compressed",
    quietDeps: true,
  }).css;
}

// The library's module and ours become one file: one request, and no import whose name would
// have to follow the content hash that static files get.
function application() {
  const library = withoutSourceMap(
    read(modules, "govuk-frontend/dist/govuk/govuk-frontend.min.js"),
  );
  const body = replaceOnce(library, /export\{[\w,$]+\};?/, "", "export of govuk-frontend");
  const ours = replaceOnce(
    read(here, "js/app.js"),
    /import \{[^}]*\} from "govuk-frontend";\n/,
    "",
    "import of govuk-frontend in app.js",
  );
  return `${body.trimEnd()}\n${ours}`;
}

const files = {
  "gapura.css": styles(),
  "boot.js": read(here, "js/boot.js"),
  "app.js": application(),
  "passkeys.js": read(here, "js/passkeys.js"),
  "leave.js": read(here, "js/leave.js"),
  "htmx.js": withoutSourceMap(read(modules, "htmx.org/dist/htmx.min.js")),
};

for (const [name, patterns] of Object.entries(FORBIDDEN)) {
  const found = patterns.find((pattern) => pattern.test(files[name]));
  if (found) {
    throw new Error(`${name} contains ${found}, which must not be shipped.`);
  }
}

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  writeFileSync(join(output, name), text);
  const size = (gzipSync(text, { level: 9 }).length / 1024).toFixed(1);
  console.log(`${name.padEnd(12)} ${size} KB compressed`);
}
