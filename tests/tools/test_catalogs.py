"""The message catalogs: what is collected, how they are brought up to it, what a check finds."""

from pathlib import Path

import pytest

from tools import catalogs
from tools.steps import Trouble

CODE = """
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from gapura.kernel.texts import N_

TITLE = N_("Approved")
LABEL = lazy("Reason")

def say(name, count):
    return _("Hello %(name)s") % {"name": name}, ngettext("%(count)s day", "%(count)s days", count)
"""
PAGE = """<p title="{{ _('Close') }}">{% trans name=name %}
  Signed in
  as {{ name }}
{% endtrans %}</p>"""
MAIL = """Subject: {{ _("Your code") }}
"""
IDS = {
    "Approved",
    "Reason",
    "Hello %(name)s",
    ("%(count)s day", "%(count)s days"),
    "Close",
    "Signed in as %(name)s",
    "Your code",
}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package with one module, one page and one mail."""
    folder = tmp_path / "src/gapura"
    for place, text in (
        ("room/texts.py", CODE),
        ("room/templates/room/show.html", PAGE),
        ("room/templates/room/mail/code.txt", MAIL),
    ):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, encoding="utf-8")
    monkeypatch.setattr(catalogs, "ROOT", tmp_path)
    monkeypatch.setattr(catalogs, "PACKAGE", folder)
    return folder


def fill(**texts: str) -> None:
    """Bring the catalog up to date and translate everything; `texts` by the id's first word."""
    catalog = catalogs.update("id")
    for message in catalog:
        first = message.id if isinstance(message.id, str) else message.id[0]
        if first:
            text = texts.get(first.split()[0], first)
            message.string = text if isinstance(message.id, str) else (text,)
    catalogs.write("id", catalog)


def test_code_pages_and_mails_are_collected(package: Path) -> None:
    assert {message.id for message in catalogs.extract() if message.id} == IDS


def test_a_new_catalog_has_every_id_and_one_form_for_all_numbers(package: Path) -> None:
    catalog = catalogs.update("id")
    assert {message.id for message in catalog if message.id} == IDS
    assert catalogs.read("id").num_plurals == 1
    assert len(catalogs.problems("id")) == len(IDS)


def test_a_translated_catalog_has_no_problems_and_stays_as_it_is(package: Path) -> None:
    fill(Approved="Disetujui")
    assert catalogs.problems("id") == []
    written = catalogs.catalog_path("id").read_bytes()
    catalogs.update("id")
    assert catalogs.catalog_path("id").read_bytes() == written
    assert b"Disetujui" in written


def test_a_changed_id_is_new_and_its_translation_goes(package: Path) -> None:
    fill(Reason="Alasan")
    module = package / "room/texts.py"
    module.write_text(CODE.replace('"Reason"', '"Reasons"'), encoding="utf-8")
    assert catalogs.problems("id") == [
        "not in the catalog: 'Reasons'",
        "no longer used: 'Reason'",
    ]
    catalogs.update("id")
    assert catalogs.problems("id") == ["not translated: 'Reasons'"]
    assert b"Alasan" not in catalogs.catalog_path("id").read_bytes()


def test_a_lost_place_is_a_problem(package: Path) -> None:
    fill(Hello="Halo %(nama)s")
    (problem,) = catalogs.problems("id")
    assert problem.startswith("does not fit: 'Hello %(name)s'")


def test_a_text_that_no_tool_could_collect_is_named(package: Path) -> None:
    assert catalogs.computed_ids() == []
    (package / "room/templates/room/show.html").write_text("\n{{ _(title) }}", encoding="utf-8")
    (package / "room/texts.py").write_text(CODE + "    _(name)\n", encoding="utf-8")
    assert [problem.split(": ")[0] for problem in catalogs.computed_ids()] == [
        "src/gapura/room/templates/room/show.html:2",
        "src/gapura/room/texts.py:12",
    ]


def test_a_broken_page_is_told_by_name(package: Path) -> None:
    (package / "room/templates/room/show.html").write_text("{% if %}", encoding="utf-8")
    with pytest.raises(Trouble, match=r"show\.html cannot be read"):
        catalogs.computed_ids()
    with pytest.raises(Trouble, match="could not be collected"):
        catalogs.extract()
