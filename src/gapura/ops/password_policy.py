"""`gapura password-policy` and `gapura passwords`: rules put in force, new passwords demanded."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gapura.accounts.queries import person_for_sign_in
from gapura.authentication.errors import NoPassword
from gapura.authentication.queries import RuleView, all_sign_in_rules, password_counts
from gapura.authentication.services import require_change, set_password_profile
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.ops.trouble import Trouble, complain, say

_CONSOLE = system_actor("console")
_KEY = "password"
_MOST_LINES = 1_000_000


def show(options: argparse.Namespace) -> int:
    """All rules for passwords, past and to come, and how the passwords stand."""
    rules = [rule for rule in all_sign_in_rules() if rule.key == _KEY]
    counts = password_counts(_CONSOLE)
    if options.json:
        told = {"people": counts.people, "demanded": counts.demanded, "put_off": counts.put_off}
        print(json.dumps({"rules": [_as_object(rule) for rule in rules], "passwords": told}))
        return 0
    for rule in rules:
        mark = "in force" if rule.covers(clock.today()) else ""
        until = f"before {rule.valid_to}" if rule.valid_to else "on"
        value = ", ".join(f"{name} {each}" for name, each in rule.value.items())
        print(f"{rule.scope or 'default'}: from {rule.valid_from} {until} {mark}".rstrip())
        print(f"  {value}\n  {rule.basis}")
    say(
        f"{counts.people} people with a password; a new one is demanded of {counts.demanded}; "
        f"{counts.put_off} have put a reminder off"
    )
    return 0


def put_in_force(options: argparse.Namespace) -> int:
    """A named profile from a day on; the row before ends, and the log says who and what.

    :raises Trouble: for what is no date.
    """
    try:
        since = date.fromisoformat(getattr(options, "from"))
    except ValueError:
        raise Trouble("--from needs a day such as 2027-01-01.") from None
    set_password_profile(
        actor=_CONSOLE, population=options.population, profile=options.profile, since=since
    )
    if options.json:
        told = {"population": options.population, "profile": options.profile}
        print(json.dumps({**told, "from": since.isoformat()}))
    else:
        say(f"profile {options.profile} holds for {options.population} from {since}")
        say("running servers know it within half a minute")
    return 0


def compromised(options: argparse.Namespace) -> int:
    """Demand a new password of everybody named; exit code 1 when somebody was not found.

    :raises Trouble: when the file cannot be read.
    """
    unknown: list[str] = []
    flagged = sessions = 0
    for name in dict.fromkeys(_names(options.file)):
        person = person_for_sign_in(name.lower())
        try:
            if person is None:
                raise NoPassword()
            sessions += require_change(actor=_CONSOLE, person=person.id, why="compromised")
            flagged += 1
        except NoPassword:
            unknown.append(name)
    if options.json:
        print(json.dumps({"flagged": flagged, "sessions_ended": sessions, "unknown": unknown}))
    else:
        say(f"a new password is demanded of {flagged} people; {sessions} sign-ins were ended")
        for name in unknown:
            complain(f"There is no account with a password named {name!r}.")
    return 1 if unknown else 0


def _names(file: str) -> Iterator[str]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{file} cannot be read: {error}") from None
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        raise Trouble(f"{file} has more than {_MOST_LINES:,} lines. Split it.")
    return (line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _as_object(rule: RuleView) -> dict[str, object]:
    return {
        "population": rule.scope or "default",
        "value": rule.value,
        "basis": rule.basis,
        "from": rule.valid_from.isoformat(),
        "to": rule.valid_to.isoformat() if rule.valid_to else None,
        "in_force": rule.covers(clock.today()),
    }
