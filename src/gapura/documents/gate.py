"""The upload gate: cheap checks here, then the child process opens the file and is not trusted."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Timer

from django.conf import settings

import gapura
from gapura.documents import errors
from gapura.documents.kinds import Kind, holds_second_format, kind_of
from gapura.documents.limits import MEBIBYTE, Limits, Purpose
from gapura.documents.names import ending_of
from gapura.documents.refusals import Why

# Raise when a check is added: content examined under an older number is examined again.
GATE = 1
_WAIT_SECONDS = 3
_RETRY_SECONDS = 10
_WEBP = (b"RIFF", b"WEBP")
_ROOT = Path(gapura.__file__).parent.parent
_log = logging.getLogger(__name__)
# One page thread always stays free of uploads.
_slots = BoundedSemaphore(max(1, settings.PAGE_THREADS - 1))


@dataclass(frozen=True, slots=True)
class Preview:
    """One page as a picture; sizes in pixels."""

    width: int
    height: int
    content: bytes


def admit(name: str, content: bytes, purpose: Purpose) -> Kind:
    """The kind of a file that may go on to the child process.

    :raises FileRefused: empty, too large, wrong type, wrong ending, two formats.
    """
    if not content:
        raise errors.EmptyFile()
    if len(content) > purpose.max_bytes:
        raise errors.FileTooLarge(
            size=_megabytes(len(content)), limit=_megabytes(purpose.max_bytes)
        )
    kind = kind_of(content)
    if kind is None or kind not in purpose.kinds:
        raise errors.WrongType()
    if ending_of(name) not in kind.endings:
        raise errors.WrongEnding(kind=kind.name.upper(), ending=kind.extension)
    if holds_second_format(content, kind):
        raise errors.TwoFormats()
    return kind


def _megabytes(size: int) -> str:
    """Rounded up to tenths, so that a file just over the limit never reads as the limit itself."""
    tenths = -(-size * 10 // MEBIBYTE)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10}"


def examine(content: bytes, limits: Limits) -> list[Preview]:
    """Open the file in the child process and get its previews, one a page.

    :raises FileRefused: what the child found, or that it did not survive.
    :raises GateBusy: when other files are being examined for longer than we wait.
    """
    with _slot():
        reply, status = _ask_child(content, limits)
    if status != 0:
        _log.warning("the document sandbox ended with status %s", status)
        too_much = status < 0 or len(reply) > limits.reply_bytes
        raise _refusal(Why.TOO_COMPLEX if too_much else Why.BROKEN, limits)
    try:
        return _read_reply(reply, limits)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        _log.warning("the document sandbox gave an unreadable reply")
        raise errors.Broken() from error


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=_WAIT_SECONDS):
        raise errors.GateBusy(seconds=_RETRY_SECONDS)
    try:
        yield
    finally:
        _slots.release()


def _command(limits: Limits) -> list[str]:
    module = "gapura.documents.sandbox"
    return [sys.executable, "-P", "-s", "-B", "-m", module, limits.to_text()]


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the child and anything it might have started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()


def _ask_child(content: bytes, limits: Limits) -> tuple[bytes, int]:
    """The reply, cut off at its limit, and the exit status (negative: the signal that ended it)."""
    process = subprocess.Popen(
        _command(limits),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(_ROOT), "LC_ALL": "C.UTF-8"},  # none of our secrets
        cwd="/",
        start_new_session=True,
    )
    deadline = Timer(limits.wall_seconds, _kill, [process])
    deadline.start()
    try:
        reply = _talk(process, content, limits)
    finally:
        deadline.cancel()
        deadline.join()
        status = _end(process)
    return reply, status


def _talk(process: subprocess.Popen[bytes], content: bytes, limits: Limits) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the child was started without pipes")
    try:
        with process.stdin as pipe:
            pipe.write(content)
    except BrokenPipeError:
        pass  # it died before reading all; its status tells
    with process.stdout as pipe:
        return pipe.read(limits.reply_bytes + 1)


def _end(process: subprocess.Popen[bytes]) -> int:
    """Nothing more is wanted from it: an honest child is gone within a moment."""
    try:
        return process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        _kill(process)
        return process.wait()


def _refusal(why: Why, limits: Limits) -> errors.FileRefused:
    values: dict[Why, dict[str, int]] = {
        Why.TOO_MANY_PAGES: {"limit": limits.max_pages},
        Why.TOO_MANY_PIXELS: {"limit": limits.max_pixels // 1_000_000},
    }
    return errors.BY_CODE[why](**values.get(why, {}))


def _read_reply(reply: bytes, limits: Limits) -> list[Preview]:
    header, _, body = reply.partition(b"\n")
    told = json.loads(header)
    if "refused" in told:
        raise _refusal(Why(told["refused"]), limits)
    pages = told["pages"]
    if not 1 <= len(pages) <= limits.max_pages or sum(page[2] for page in pages) != len(body):
        raise ValueError("sizes do not add up")
    previews, at = [], 0
    for width, height, size in pages:
        previews.append(_preview(width, height, body[at : at + size], limits))
        at += size
    return previews


def _preview(width: int, height: int, content: bytes, limits: Limits) -> Preview:
    fits = 0 < width <= limits.preview_width and 0 < height <= limits.preview_height
    if not fits or (content[:4], content[8:12]) != _WEBP:
        raise ValueError("not a preview")
    return Preview(width, height, content)
