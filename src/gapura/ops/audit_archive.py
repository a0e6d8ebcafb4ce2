"""`gapura audit archive`, `restore` and `retention`: months of the log into files and back."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from gapura.audit.queries import archived_months, due_folders, keeping_rules, month_named
from gapura.audit.services import Archived, archive_month, restore_month, set_rule
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.ops.trouble import Trouble, say

_CONSOLE = system_actor("console")
_TOLD_EVERY = 100_000
_WHY = {
    "erased": "personal values were erased after it was written",
    "over": "its personal values are kept longer than the rule allows",
}
_ANEW = "restore the month, archive it anew, destroy this folder"
_DESTROY = "the month was archived anew since: destroy this folder if it is still there"


def archive(options: argparse.Namespace) -> int:
    """A month into a new folder; with --drop it leaves the database when the files are good.

    :raises Trouble: for what is no month.
    """
    month = month_named(options.month)
    if month is None:
        raise Trouble("--month needs a month such as 2021-04.")
    done = archive_month(
        actor=_CONSOLE,
        month=month,
        folder=Path(options.output).absolute(),
        drop=options.drop,
        progress=_tell,
    )
    where = "is only there now" if done.dropped else "is in the database too"
    return _told(options, done, options.output, f"written and read back; the month {where}")


def restore(options: argparse.Namespace) -> int:
    """An archived month back into the database."""
    folder = Path(options.path).absolute()
    done = restore_month(actor=_CONSOLE, folder=folder, progress=_tell)
    return _told(options, done, options.path, "back in the database, each as it was sealed")


def retention(options: argparse.Namespace) -> int:
    """Show the rules of keeping, the archived months and the folders that are due, or set a rule.

    :raises Trouble: for a rule that is not written KEY=MONTHS, or what is no date.
    """
    if options.set:
        _set(options)
    rules, months = keeping_rules(clock.today()), archived_months()
    due = due_folders(clock.now().date())
    if options.json:
        found = {"archived": [one.as_fact() for one in months]}
        print(json.dumps({"rules": rules, **found, "due": [one.as_json() for one in due]}))
        return 0
    for rule in rules:
        until = f"before {rule['to']}" if rule["to"] else "on"
        mark = "in force" if rule["in_force"] else ""
        print(f"{rule['key']}: {rule['months']} from {rule['from']} {until} {mark}".rstrip())
        print(f"  {rule['basis']}")
    for one in months:
        print(f"only in files: {one.month:%Y-%m}, {one.entries} entries, manifest {one.manifest}")
    for folder in due:
        act = _DESTROY if folder.replaced else _ANEW
        print(f"due: {folder.month:%Y-%m}, manifest {folder.manifest}: {_WHY[folder.why]}; {act}")
    return 0


def _set(options: argparse.Namespace) -> None:
    key, _, months = options.set.partition("=")
    if not months.isdigit():
        raise Trouble("--set needs KEY=MONTHS, such as entries_in_database_months=60.")
    try:
        since = date.fromisoformat(getattr(options, "from") or clock.today().isoformat())
    except ValueError:
        raise Trouble("--from needs a day such as 2027-01-01.") from None
    set_rule(actor=_CONSOLE, key=key, months=int(months), since=since, basis=options.basis)


def _told(options: argparse.Namespace, done: Archived, path: str, said: str) -> int:
    if options.json:
        print(json.dumps(done._asdict() | {"path": path}))
    else:
        say(f"{path}: {done.entries} entries and {done.parts} personal parts {said}")
        say(f"SHA-256 of the manifest, which the log names too: {done.manifest}")
    return 0


def _tell(done: int, total: int) -> None:
    if done % _TOLD_EVERY == 0 and done < total:
        print(f"gapura: {done} / {total}", file=sys.stderr, flush=True)
