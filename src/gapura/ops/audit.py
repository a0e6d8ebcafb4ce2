"""`gapura audit verify`: the whole log against its tree and checkpoints, in both languages."""

import argparse
import json
import sys

from django.conf import settings

from gapura.audit.services import verify_log

_TOLD_EVERY = 20_000


def verify(options: argparse.Namespace) -> int:
    """0 when the log is whole, 1 when something was found, 2 when it cannot be read."""
    report = verify_log(progress=_tell)
    if options.json:
        print(json.dumps(report.as_json()))
    else:
        for language, _ in settings.LANGUAGES:
            print("\n".join(report.lines(language)))
    return report.exit_code


def _tell(done: int, total: int) -> None:
    if done % _TOLD_EVERY == 0 and done < total:
        print(f"gapura: {done} / {total}", file=sys.stderr, flush=True)
