"""`gapura create-admin`: the first platform administrator, made on the server itself."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from getpass import getpass
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from gapura.access.queries import holders
from gapura.access.services import issue_grant
from gapura.accounts.queries import Details, check_details
from gapura.accounts.services import confirm_email, register, submit_identity, verify_identity
from gapura.audit.services import Subject, record
from gapura.authentication.errors import WeakPassword
from gapura.authentication.queries import PasswordContext
from gapura.authentication.services import PreparedPassword, prepare_password, set_password
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.problems import Problem
from gapura.ops import events
from gapura.ops.trouble import Trouble, say
from gapura.organizations.queries import agency

ROLE = "admin_platform"
LEAST_REASON, LONGEST_REASON = 10, 500
_CONSOLE = system_actor("console")
_FIRST = "the first one"
# One number for all of gapura: two that make the first one at once take turns.
_LOCK = 0x67617077


def create_admin(options: argparse.Namespace) -> int:
    """Make the account and give it the role; exit code 1 when there is one already.

    The role works only with an authenticator app, which is added at the first sign-in.

    :raises Trouble: with every problem of what was given.
    """
    reason = _reason(options.break_glass)
    _refuse_second(reason)
    details = _details(options)
    prepared = _password(options, details)
    person_id = _make(details, prepared, reason or _FIRST)
    _tell(options, details, person_id)
    return 0


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if reason and not LEAST_REASON <= len(reason) <= LONGEST_REASON:
        raise Trouble(
            f"--break-glass needs a reason of {LEAST_REASON} to {LONGEST_REASON} characters: "
            "it stands in the activity log."
        )
    return reason


def _refuse_second(reason: str) -> None:
    if holders(ROLE) and not reason:
        raise Trouble(
            "There is a platform administrator already. Others ask for the role on the page "
            "My access, and whoever is there approves it. If none of them can sign in any more, "
            "use --break-glass REASON."
        )


def _details(options: argparse.Namespace) -> Details:
    agency(options.agency)
    details = Details(
        kind=options.kind,
        name=options.name,
        nik=options.nik or _asked("--nik", "NIK"),
        nip=options.nip or _asked("--nip", "NIP, NI PPPK or NRP"),
        agency=options.agency,
        username=options.username,
        email=options.email,
    ).tidied()
    if problems := check_details(details, _CONSOLE).problems:
        raise Trouble("\n".join(f"--{field}: {line}" for field, line in _lines(problems.items())))
    return details


def _lines(problems: Iterable[tuple[str, list[Problem]]]) -> Iterator[tuple[str, str]]:
    for field, found in problems:
        for problem in found:
            yield field, _sentence(problem)


def _sentence(problem: Problem) -> str:
    parts = (problem.what, problem.todo)
    return " ".join(part % problem.values if problem.values else part for part in parts)


def _asked(option: str, label: str) -> str:
    if not sys.stdin.isatty():
        raise Trouble(f"{label} is missing. Give {option}, or start this in a terminal.")
    return input(f"{label}: ")


def _password(options: argparse.Namespace, details: Details) -> PreparedPassword:
    about = PasswordContext(details.name, details.username, details.email)
    try:
        return prepare_password(_typed_password(from_stdin=options.password_stdin), about)
    except WeakPassword as weak:
        raise Trouble("\n".join(map(_sentence, weak.problems))) from weak


def _typed_password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Trouble("The password is missing. Use --password-stdin, or start this in a terminal.")
    password = getpass("Password (at least 12 characters): ")
    if password != getpass("The same password once more: "):
        raise Trouble("The two passwords differ. Nothing was made. Start again.")
    return password


def _make(details: Details, prepared: PreparedPassword, reason: str) -> UUID:
    """All of it or nothing. Whoever has the server vouches for the address and the identity."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        _refuse_second("" if reason == _FIRST else reason)
        person_id = register(actor=_CONSOLE, details=details).person_id
        set_password(actor=_CONSOLE, person=person_id, prepared=prepared)
        confirm_email(actor=_CONSOLE, person_id=person_id)
        submit_identity(actor=_themself(person_id, details), person_id=person_id)
        verify_identity(actor=_CONSOLE, person_id=person_id, document_compared=True)
        issue_grant(actor=_CONSOLE, person_id=person_id, role=ROLE)
        subject = Subject("person", str(person_id), details.username)
        record(_CONSOLE, events.ADMIN_MADE, subject, facts={"reason": reason}, person=person_id)
    return person_id


def _themself(person_id: UUID, details: Details) -> Actor:
    return Actor(person=person_id, username=details.username, name=details.name, acr=1)


def _tell(options: argparse.Namespace, details: Details, person_id: UUID) -> None:
    address = f"{settings.PUBLIC_URL}/login"
    if options.json:
        made = {"id": str(person_id), "username": details.username, "role": ROLE, "login": address}
        print(json.dumps(made))
        return
    say(f"{details.username} is platform administrator now")
    say(f"sign in at {address} with the password and the code that comes to {details.email}")
    say("then add an authenticator app under Account, Security: the role works only with it")
