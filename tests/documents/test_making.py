"""Making PDF files leaves nothing behind, also when the process is killed later."""

import tempfile
from pathlib import Path

import pytest

from gapura.documents import making


def test_no_folder_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    making._compiler.cache_clear()
    compiler = making._compiler()
    assert list(tmp_path.iterdir()) == []
    assert compiler.compile(b"#set document(title: [A])\nA", format="pdf")


def test_a_template_sees_no_file() -> None:
    with pytest.raises(Exception, match="not found"):
        making._compiler().compile(b'#read("/etc/hostname")', format="pdf")
