"""`gapura audit verify`: the whole log in the database, in both languages."""

import argparse
import json
import sys
from pathlib import Path

from django.conf import settings

from gapura.audit.services import verify_log
from gapura.ops.trouble import Trouble

_TOLD_EVERY = 20_000
_LONGEST_NOTE = 64 * 1024


def verify(options: argparse.Namespace) -> int:
    """0 when the log is whole, 1 when something was found, 2 when it cannot be read.

    :raises Trouble: a checkpoint that was kept cannot be read.
    """
    report = verify_log(
        progress=tell_progress,
        kept=[_kept(path) for path in options.kept],
        tables=True,
        archives=[Path(path) for path in options.archive],
    )
    languages = [language for language, _ in settings.LANGUAGES]
    if options.json:
        print(json.dumps(report.as_json()))
        return report.exit_code
    for language in [options.language] if options.language else languages:
        print("\n".join(report.lines(language)))
    return report.exit_code


def _kept(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            return file.read(_LONGEST_NOTE).decode("utf-8", "replace")
    except OSError as error:
        raise Trouble(f"{path} cannot be read ({error.strerror}).") from error


def tell_progress(done: int, total: int) -> None:
    """Say on stderr how far a long walk is."""
    if done % _TOLD_EVERY == 0 and done < total:
        print(f"gapura: {done} / {total}", file=sys.stderr, flush=True)
