"""The offline verifier as one file: its modules in the order in which they use each other."""

import ast
from functools import cache
from importlib import resources

PACKAGE = "gapura.audit.offline"
MODULES = (
    "absence_words", "table_words", "words", "remarks", "findings", "absent", "known", "signatures",
    "trust", "growing", "folder", "archives", "times", "moment", "paths", "tables", "opening",
    "statements", "walking", "comparing", "checking", "command",
)  # fmt: skip
# Where the one file carries the claims, which have no place beside it.
_CLAIMS = '_BUILT_IN = ""'
_HEAD = '''"""Memeriksa bundel log audit. / Checks a bundle of the audit log.

    python verify.py BUNDLE [--kept FILE ...] [--policy FILE] [--claims FILE]
        [--archive FOLDER ...] [--json] [--language id|en]

Python 3.10+, cryptography. The format: docs/contracts/audit-bundle.md of gapura.
Made from the modules of gapura.audit.offline, in this order: {modules}.
"""
'''


@cache
def verifier() -> str:
    """The source of `verify.py`; the same for the same version of the product."""
    imports: dict[str, None] = {}
    bodies = [_body(name, imports) for name in MODULES]
    head = _HEAD.format(modules=", ".join(MODULES))
    return "\n".join([head, *sorted(imports), "", *bodies]).replace(_CLAIMS, _claims(), 1)


def _claims() -> str:
    text = resources.files(PACKAGE).joinpath("claims.json").read_text(encoding="utf-8")
    return f"_BUILT_IN = {text!r}"


def _body(name: str, imports: dict[str, None]) -> str:
    """A module without its imports; those of other packages are collected."""
    source = resources.files(PACKAGE).joinpath(f"{name}.py").read_text(encoding="utf-8")
    lines = source.split("\n")
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            inside = isinstance(node, ast.ImportFrom) and str(node.module).startswith(PACKAGE)
            if not inside:
                imports[ast.unparse(node)] = None
            _blank(lines, node)
    return "\n".join(lines).strip("\n") + "\n\n"


def _blank(lines: list[str], node: ast.stmt) -> None:
    for number in range(node.lineno - 1, node.end_lineno or node.lineno):
        lines[number] = ""
