"""`gapura audit export`: a bundle by which others check the log on their own computers."""

import argparse
import json
import logging
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from gapura.audit.services import checkpoint, collect, export_bundle, seal_all
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.ops.trouble import Trouble, say

_log = logging.getLogger(__name__)


def export(options: argparse.Namespace) -> int:
    """Write the bundle; what waits is sealed and signed first, where that is possible.

    :raises Trouble: a day that is none.
    """
    since, until = _start(options.since), _start(options.until)
    if until is not None:
        until += timedelta(days=1)
    _bring_up_to_date()
    bundle = export_bundle(
        actor=system_actor("console"),
        target=Path(options.output),
        since=since,
        until=until,
        personal=options.with_personal,
        progress=_tell,
    )
    if options.json:
        print(json.dumps({"path": options.output, **bundle._asdict()}))
        return 0
    say(f"{options.output} holds {bundle.size} entries, {bundle.first} to {bundle.end} in full")
    say(f"SHA-256 of its manifest, which stands in the log now: {bundle.manifest}")
    say(f"check it anywhere: python {options.output}/verify.py {options.output}")
    return 0


def _bring_up_to_date() -> None:
    """A broken log is exported too: that is what shows that it is broken."""
    try:
        seal_all()
        checkpoint(now=True)
        collect()
    except Exception:
        _log.warning(
            "the newest entries are exported without a checkpoint or its witnesses", exc_info=True
        )


def _start(text: str) -> datetime | None:
    """The first moment of a day in Jakarta."""
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(), ZoneInfo(clock.JAKARTA))
    except ValueError as error:
        raise Trouble(f"{text!r} is no day; write it like 2026-11-30.") from error


def _tell(done: int, total: int) -> None:
    print(f"gapura: {done} / {total}", file=sys.stderr, flush=True)
