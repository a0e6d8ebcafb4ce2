"""The message catalogs: collects what people read, brings src/gapura/locale up to it, checks it.

Message ids are English, so English needs no catalog; each other language must be complete.
"""

import argparse
import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, TemplateSyntaxError, nodes

from tools.steps import Trouble

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/gapura"

_PAGES, _MAILS = "**/templates/**.html", "**/templates/**/mail/**.txt"
METHODS = [("**.py", "python"), (_PAGES, "jinja2"), (_MAILS, "jinja2")]
# As gapura.web.shell.jinja makes its environment: another trimming would give other ids.
_JINJA = {
    "newstyle_gettext": "true",
    "trimmed": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}
OPTIONS = {_PAGES: _JINJA, _MAILS: _JINJA}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# `gettext(variable)` is how texts of data tables are shown; these names are for literals only.
LITERAL_ONLY = frozenset({"_", "N_", "lazy"})
_IN_PAGES = frozenset({"_", "gettext", "ngettext"})

# Fixed, because a date or a tool's version in it would change the file at every run.
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: gapura\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""
# As Django writes them for the same language: two rules would make two catalogs (Babel's differs).
PLURALS = {"id": "nplurals=1; plural=0;"}


def extract() -> Catalog:
    """Every message id of the Python code, the pages and the mails, with the files it stands in.

    :raises Trouble: a file cannot be read as what it is
    """
    found = Catalog(fuzzy=False)
    try:
        for name, _line, ids, comments, context in extract_from_dir(
            PACKAGE,
            METHODS,
            OPTIONS,
            KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        ):
            place = (PACKAGE.relative_to(ROOT) / name).as_posix()
            found.add(ids, None, [(place, 1)], auto_comments=comments, context=context)
    except (SyntaxError, TemplateSyntaxError) as error:
        raise Trouble(f"The messages could not be collected: {error}") from error
    return found


def catalog_path(language: str) -> Path:
    """Where the catalog of a language lies."""
    return PACKAGE / "locale" / language / "LC_MESSAGES/django.po"


def read(language: str) -> Catalog:
    """The catalog of a language as it lies there; an empty one when there is none yet."""
    path = catalog_path(language)
    header = HEADER.format(language=language, plural=PLURALS[language])
    return read_po(BytesIO(path.read_bytes() if path.exists() else header.encode()), language)


def write(language: str, catalog: Catalog) -> None:
    """Write a catalog, without line numbers and dates, which would change at every run."""
    path = catalog_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".po.unfinished")
    with unfinished.open("wb") as target:
        target.write(HEADER.format(language=language, plural=PLURALS[language]).encode())
        write_po(target, catalog, width=100, omit_header=True, include_lineno=False)
    unfinished.replace(path)


def update(language: str) -> Catalog:
    """Bring the catalog of a language up to the code: new ids come empty, unused ones go.

    Nothing is guessed from similar ids: a wrong sentence is worse than none.
    """
    catalog = read(language)
    catalog.update(extract(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    write(language, catalog)
    return catalog


def problems(language: str) -> list[str]:
    """What keeps a language from being complete and fresh, one sentence each."""
    catalog, wanted = read(language), extract()
    found = [f"not in the catalog: {m.id!r}" for m in wanted if m.id and not _same(m, catalog)]
    found += [f"no longer used: {m.id!r}" for m in catalog if m.id and not _same(m, wanted)]
    found += [f"not translated: {m.id!r}" for m in catalog if m.id and not _translated(m)]
    found += [f"does not fit: {m.id!r}: {e}" for m, errors in catalog.check() for e in errors]
    return found


def _same(message: Message, catalog: Catalog) -> bool:
    return catalog.get(message.id, message.context) is not None


def _translated(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return not message.fuzzy and all(texts)


def computed_ids() -> list[str]:
    """Calls of `_` and its like with something else than a text: no tool could collect those.

    In templates such a text would also be trusted as HTML (CWE-79).

    :raises Trouble: a file cannot be read as what it is
    """
    pages = [path for path in PACKAGE.glob("**/templates/**/*") if path.is_file()]
    return [
        f"{path.relative_to(ROOT)}:{line}: a message id must be a text in the code"
        for path in sorted([*PACKAGE.rglob("*.py"), *pages])
        for line in _computed_in(path)
    ]


def _computed_in(path: Path) -> list[int]:
    source = path.read_text(encoding="utf-8")
    try:
        return list(_in_python(source) if path.suffix == ".py" else _in_page(source))
    except (SyntaxError, TemplateSyntaxError) as error:
        raise Trouble(f"{path.relative_to(ROOT)} cannot be read: {error}") from error


def _in_python(source: str) -> Iterator[int]:
    tree = ast.parse(source)
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    marks = {
        alias.asname or alias.name
        for node in froms
        if node.module in {"django.utils.translation", "gapura.kernel.texts"}
        for alias in node.names
    } & LITERAL_ONLY
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        is_mark = isinstance(call.func, ast.Name) and call.func.id in marks
        if is_mark and not (call.args and isinstance(call.args[0], ast.Constant)):
            yield call.lineno


def _in_page(source: str) -> Iterator[int]:
    env = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701 - parses only
    for call in env.parse(source).find_all(nodes.Call):
        is_mark = isinstance(call.node, nodes.Name) and call.node.name in _IN_PAGES
        if is_mark and not (call.args and isinstance(call.args[0], nodes.Const)):
            yield call.lineno


def main() -> int:
    """`update` writes the catalogs; `check` ends with 1 and says what is missing."""
    parser = argparse.ArgumentParser(prog="python -m tools.catalogs", description=__doc__)
    parser.add_argument("command", choices=("update", "check"))
    command = parser.parse_args().command
    try:
        found = computed_ids()
        for language in PLURALS:
            if command == "update":
                update(language)
            found += [f"{language}: {problem}" for problem in problems(language)]
    except Trouble as trouble:
        found = [str(trouble)]
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
