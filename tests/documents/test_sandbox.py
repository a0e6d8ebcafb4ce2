"""The confinement of the child process, and what the parent makes of a child gone bad."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gapura.documents import errors, gate
from gapura.documents.limits import MEBIBYTE
from tests.documents import makers
from tests.documents.meeting import JPG, PDF, SCRIPT, refusal


def test_a_file_that_needs_too_much_memory_is_cut_off() -> None:
    # 40 million pixels in one color: small file, large picture.
    tight = replace(JPG, memory=96 * MEBIBYTE)
    assert gate.examine(makers.jpg(), tight)
    bomb = makers.jpg(8000, 5000, progressive=True)
    assert refusal(bomb, tight) in {errors.Broken, errors.TooComplex}


def _endless_drawing() -> bytes:
    """A page that draws a form that draws ten forms, and so on: 10^8 strokes from little text."""
    objects = makers.letter(page=b"")
    use = b"/Resources<</XObject<</N %d 0 R>>>>"
    box = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
    objects[3] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>" % (use % 5)
    objects[4] = makers.stream(b"", b"/N Do " * 10)
    for number in range(5, 12):
        objects[number] = makers.stream(box + use % (number + 1), b"/N Do " * 10)
    objects[12] = makers.stream(box, b"0 0 m 595 842 l S " * 20)
    return makers.pdf(objects)


def test_a_file_that_needs_too_much_processor_is_cut_off() -> None:
    begun = time.monotonic()
    tight = replace(PDF, base_seconds=1, page_seconds=0)
    assert refusal(_endless_drawing(), tight) is errors.TooComplex
    assert time.monotonic() - begun < 10


def test_a_child_that_stands_still_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(gate, "_command", lambda limits: sleeper)
    begun = time.monotonic()
    assert refusal(makers.jpg(), replace(JPG, wall_seconds=1)) is errors.TooComplex
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "lie",
    [
        b"",
        b"[]\n",
        b'{"pages": []}\n',
        b'{"pages": [[10, 10, 99]]}\nshort',
        b'{"pages": [[10, 10, 12]]}\n<svg onload=>',
        b'{"pages": [[10, 10, 20]]}\n<script>alert()</scr',
        b'{"pages": [[9999999, 10, 16]]}\nRIFF0000WEBP0000',
        b'{"refused": "because"}\n',
    ],
)
def test_a_taken_over_child_cannot_pass_off_other_bytes(
    lie: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({lie!r})"
    monkeypatch.setattr(gate, "_command", lambda limits: [sys.executable, "-c", program])
    assert refusal(makers.jpg(), JPG) is errors.Broken


def test_a_taken_over_child_cannot_flood_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import sys\nwhile True: sys.stdout.buffer.write(bytes(65536))"
    monkeypatch.setattr(gate, "_command", lambda limits: [sys.executable, "-c", program])
    assert refusal(makers.jpg(), replace(JPG, reply_bytes=MEBIBYTE)) is errors.TooComplex


def test_the_child_knows_no_secret_and_never_loads_django(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GAPURA_SECRET_KEY", "not for the child")
    seen: list[dict[str, str]] = []
    start = subprocess.Popen

    def watched(*arguments: object, env: dict[str, str], **options: object) -> object:
        seen.append(env)
        return start(*arguments, env=env, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", watched)
    gate.examine(makers.jpg(), JPG)
    assert seen[0].keys() == {"PYTHONPATH", "LC_ALL"}
    probe = "import sys, gapura.documents.sandbox; print('django' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-P", "-s", "-c", probe], env=seen[0], capture_output=True, check=True
    )
    assert answer.stdout.strip() == b"False"


_ESCAPES = {
    "open a file": "open('/etc/hostname')",
    "open a socket": "socket.socket()",
    "open a pipe": "os.pipe()",
    "eat memory": "bytearray(1 << 30)",
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits differ")
@pytest.mark.parametrize("escape", _ESCAPES)
def test_the_confined_child_cannot(escape: str) -> None:
    program = (
        "import os, socket\n"
        "from gapura.documents.confinement import confine\n"
        "from gapura.documents.limits import Limits\n"
        "confine(Limits('pdf', max_pages=1))\n"
        f"try:\n    {_ESCAPES[escape]}\nexcept (OSError, MemoryError): os._exit(7)\n"
    )
    root = str(Path(gate.__file__).parents[2])
    answer = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": root}, check=False, close_fds=True
    )
    assert answer.returncode == 7


def test_no_child_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[subprocess.Popen[bytes]] = []

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            made.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    gate.examine(makers.jpg(), JPG)
    refusal(makers.pdf(makers.letter(b"/OpenAction" + SCRIPT)))
    assert made
    for child in made:
        with pytest.raises(ChildProcessError):
            os.waitpid(child.pid, os.WNOHANG)
