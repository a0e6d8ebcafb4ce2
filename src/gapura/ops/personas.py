"""`gapura personas`: the demo's people, made once through the services, and how each signs in."""

import argparse
import json
from typing import Any

from django.utils.translation import gettext, override

from gapura.access.queries import ROLES, active_grants
from gapura.accounts.queries import nobody_registered, person_for_sign_in
from gapura.authentication.queries import app_code
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant
from gapura.ops.seeding.arrival import create_missing
from gapura.ops.seeding.cast import CAST, Persona
from gapura.ops.seeding.credentials import credentials_of, demo_only
from gapura.ops.trouble import Trouble

_WHAT = "The list of people with their passwords"

Row = tuple[str, str, str, str]


def personas(options: argparse.Namespace) -> int:
    """Print them, main role first; with --json a list of objects.

    :raises Trouble: under production settings, or when they are not there.
    """
    demo_only(_WHAT)
    if options.json:
        print(json.dumps([_as_object(persona) for persona in CAST], indent=1))
        return 0
    codes = ("code now", *map(_code, CAST))
    rows = [(code, *row) for code, row in zip(codes, persona_table(), strict=True)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print("  ".join(cells).rstrip())
    return 0


def create_personas() -> int:
    """Make those that are not there yet; answers how many. Doing it again makes nothing new.

    :raises Trouble: under production settings, and in a database with accounts of its own.
    """
    demo_only(_WHAT)
    first = person_for_sign_in(CAST[0].username)
    if not nobody_registered() and (first is None or first.email != CAST[0].email):
        raise Trouble(
            "This database holds accounts that are not the demo's, and the demo would add people "
            "with well-known passwords. Give it a database of its own: GAPURA_DATABASE_URL."
        )
    return create_missing()


def persona_table() -> list[Row]:
    """Under a row of headings: username, password, role codes, and the same in words.

    :raises Trouble: when they are not there.
    """
    return [("username", "password", "role", "in words"), *map(_row, CAST)]


def _row(persona: Persona) -> Row:
    grants = _grants(persona)
    with override("en"):
        told = "; ".join(map(_told, grants)) or "an account without any role"
    codes = ", ".join(grant.role for grant in grants) or "-"
    return persona.username, credentials_of(persona).password, codes, told


def _code(persona: Persona) -> str:
    return app_code(credentials_of(persona).totp_secret)


def _told(grant: ActiveGrant) -> str:
    name = gettext(ROLES[grant.role].name)
    return f"{name}, {grant.place}" if grant.place else name


def _as_object(persona: Persona) -> dict[str, Any]:
    key = credentials_of(persona)
    return {
        "username": key.username,
        "password": key.password,
        "totp_secret": key.totp_secret,
        "grants": [
            {"role": g.role, "unit": g.unit, "agency": g.agency, "company": g.company}
            for g in _grants(persona)
        ],
    }


def _grants(persona: Persona) -> tuple[ActiveGrant, ...]:
    person = person_for_sign_in(persona.username)
    if person is None:
        raise Trouble("The demo's people are not there yet. ./run makes them at its first start.")
    return active_grants(person.id, clock.now())
