"""Every page stands in the frame with its title, and marks nothing as safe."""

import re
from pathlib import Path

import pytest

from tools.house.inventory import PACKAGE

TEMPLATES = sorted(PACKAGE.glob("web/*/templates/**/*.html"))
FRAMES = {"base.html", "form.html", "code.html"}
PAGES = [
    f
    for f in TEMPLATES
    if "{% extends" in f.read_text() and not (f.parent.name == "shell" and f.name in FRAMES)
]
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def name(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_a_page_extends_the_frame_and_has_a_title(file: Path) -> None:
    frames: list[str] = []
    text = file.read_text()
    while "{% block title %}" not in text:
        extended = re.search(r'\{% extends "([\w/]+)\.html" %\}', text)
        assert extended, "a page extends the frame"
        area = extended[1].split("/")[0]
        assert area != "shell", f"no title in {name(file)} nor in {frames}"
        frames.append(extended[1])
        text = (PACKAGE / f"web/{area}/templates/{extended[1]}.html").read_text()


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_nothing_is_marked_safe(file: Path) -> None:
    """Cross-site scripting: `|safe` and `autoescape false` let typed text become markup."""
    text = COMMENT.sub("", file.read_text())
    assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", text)


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_every_form_that_changes_something_carries_its_token(file: Path) -> None:
    """Cross-site request forgery."""
    for form in re.findall(r"<form\b[^>]*>.*?</form>", file.read_text(), re.DOTALL):
        if 'action="{{ elsewhere }}"' in form:  # to another site, which must not learn it
            assert "csrf" not in form
            continue
        # The patterns are only shown, their address is empty.
        if 'method="post"' in form and 'action=""' not in form:
            assert re.search(r"\{\{ (csrf|token)", form), form[:120]


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_no_template_names_another_site(file: Path) -> None:
    """Leaks: nothing is fetched from elsewhere, and no referrer is told."""
    text = COMMENT.sub("", file.read_text())
    found = re.findall(r"""(?:src|href|action)=["'](?:https?:)?//[^"']+""", text)
    assert found == []


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_what_is_wrong_with_a_form_is_summed_up_by_the_frame_alone(file: Path) -> None:
    """A page that does so itself shows it twice, or before anything was sent."""
    assert "error_summary(" not in file.read_text()
