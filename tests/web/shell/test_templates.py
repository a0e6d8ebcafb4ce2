"""Every template compiles strictly, and none holds what the content security policy would block."""

import re
import time
from pathlib import Path

import pytest
from jinja2 import UndefinedError

import gapura
from gapura.web.shell.jinja import compile_all
from tests.web.shell.site import SHELL, env, page

PACKAGE = Path(gapura.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
BLOCKED = re.compile(
    r"""\sstyle=|<style|\son\w+=|javascript:|\shx-on|\sjs:|<script(?![^>]*\ssrc=)"""
)
VARIABLE = re.compile(r"""\b_\(\s*[^"'\s)]""")


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_no_template_needs_what_the_policy_blocks(file: Path) -> None:
    text = file.read_text()
    assert BLOCKED.findall(text) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_no_template_translates_a_variable(file: Path) -> None:
    """Cross-site scripting: newstyle gettext gives safe text, so `_(typed)` is unescaped."""
    assert VARIABLE.findall(file.read_text()) == []


def test_all_templates_compile_at_the_start_of_a_worker() -> None:
    assert compile_all() >= len([f for f in TEMPLATES if f.parent.name != "ops"])


def test_a_missing_name_is_an_error_not_an_empty_text() -> None:
    with pytest.raises(UndefinedError):
        env().from_string("{{ nowhere }}").render()


def test_mails_are_text_and_pages_are_escaped() -> None:
    environment = env()
    assert environment.autoescape("a/mail/b.txt") is False  # type: ignore[operator]
    assert environment.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize("path", ["/login", "/patterns", "/error"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_rendered_page_has_no_inline_code_and_one_heading(path: str, lang: str) -> None:
    html = page(path, lang)
    assert BLOCKED.findall(html) == []
    assert html.count("<h1") == 1
    assert f'<html lang="{lang}"' in html


def _cost(work: object, rounds: int = 20) -> float:
    assert callable(work)
    work()
    start = time.process_time()
    for _ in range(rounds):
        work()
    return time.process_time() - start


def test_a_long_table_costs_little_more_than_plain_html() -> None:
    rows = [{"name": f"Name {n}", "role": "PPK"} for n in range(42)]
    cell = '<td class="govuk-table__cell">{{ row.%s }}</td>'
    cells = (cell % "name" + cell % "role") * 3
    macro = env().from_string(
        '{% import "shell/parts.html" as parts %}'
        '{% call(row) parts.table("T", ("A", "B"), rows) %}' + cells + "{% endcall %}"
    )
    plain = env().from_string(
        "<table>{% for row in rows %}<tr>" + cells + "</tr>{% endfor %}</table>"
    )
    assert _cost(lambda: macro.render(rows=rows)) < 4 * _cost(lambda: plain.render(rows=rows))


def test_pictures_are_small_and_hold_no_code() -> None:
    for file in (SHELL / "static/pictures").iterdir():
        text = file.read_text()
        assert len(text) < 2048, file.name
        assert "<script" not in text
        assert "href" not in text


def test_every_static_file_that_a_template_names_exists() -> None:
    named = {n for f in TEMPLATES for n in re.findall(r"static\(['\"]([^'\"]+)", f.read_text())}
    assert named
    # A name that ends in a slash is the beginning of one that is put together.
    assert [name for name in named if not _is_there(SHELL / "static", name)] == []


def _is_there(folder: Path, name: str) -> bool:
    return (folder / name).is_dir() if name.endswith("/") else (folder / name).is_file()
