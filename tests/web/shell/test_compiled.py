"""Compiled templates are kept where nobody else can put any, and never stop a start."""

import os
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from gapura.web.shell import compiled
from gapura.web.shell.compiled import compiled_templates

MADE_WITH = Path(compiled.__file__)


def render(data: Path, source: str = "{{ 6 * 7 }}", made_with: Path = MADE_WITH) -> str:
    kept = compiled_templates(data, made_with)
    env = Environment(
        autoescape=True, loader=DictLoader({"page.html": source}), bytecode_cache=kept
    )
    return env.get_template("page.html").render()


def files(data: Path) -> list[Path]:
    return [path for path in data.rglob("*") if path.is_file()]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


def test_a_template_is_compiled_once_and_again_when_it_changes(data: Path) -> None:
    assert render(data) == "42"
    (kept,) = files(data)
    before = kept.stat()
    assert render(data) == "42"
    assert kept.stat().st_ino == before.st_ino
    assert render(data, "{{ 6 + 7 }}") == "13"
    assert kept.stat().st_ino != before.st_ino


def test_another_way_of_compiling_uses_nothing_of_the_old_one(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.py"
    other.write_text("other options")
    render(data)
    render(data, made_with=other)
    assert len({path.parent for path in files(data)}) == 2


@pytest.mark.parametrize("mode", [0o770, 0o777, 0o702])
@pytest.mark.parametrize("part", ["data", "templates", "stamp"])
def test_code_of_a_folder_that_others_can_write_is_never_run(
    mode: int, part: str, data: Path
) -> None:
    """CWE-427: what somebody else laid there would run as the server."""
    render(data)
    (kept,) = files(data)
    {"data": data, "templates": kept.parent.parent, "stamp": kept.parent}[part].chmod(mode)
    assert compiled_templates(data, MADE_WITH) is None
    assert render(data) == "42"


def test_a_folder_of_somebody_else_is_not_used(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: data.stat().st_uid + 1)
    assert compiled_templates(data, MADE_WITH) is None


@pytest.mark.parametrize("rest", [b"", b"j2", b"not code at all"])
def test_a_damaged_file_is_compiled_anew(rest: bytes, data: Path) -> None:
    render(data)
    (kept,) = files(data)
    kept.write_bytes(rest)
    assert render(data) == "42"


def test_a_full_disk_stops_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    assert render(data) == "42"
    assert files(data) == []
