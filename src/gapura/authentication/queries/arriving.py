"""What the two steps of a sign-in must know of somebody, each in one statement. Not scoped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import F, Func, IntegerField, TextField, Value
from django.db.models.functions import Cast

from gapura.accounts.queries import BRIEF, PROFILE_DUE, Brief
from gapura.authentication.methods.totp import App
from gapura.authentication.models import Session
from gapura.authentication.rules import KEEP_DEVICES, STRONGEST_FIRST, Flow, Method
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.prepared import Prepared

_NOBODY = UUID(int=0)
# So two sign-ins to one account, or a sign-in and a lock, take turns; see `services.locks`.
LOCKS_OF_PEOPLE = 5


class Door(NamedTuple):
    """Before a password is checked: its hash, the known browser, and what else there is."""

    kept: str | None
    device: UUID | None
    has_passkey: bool
    has_app: bool
    has_backup: bool

    @property
    def methods(self) -> tuple[Method, ...]:
        """What can be confirmed with, strongest first; a code by e-mail always."""
        has = {
            Method.PASSKEY: self.has_passkey,
            Method.TOTP: self.has_app,
            Method.EMAIL_CODE: True,
            Method.RECOVERY_CODE: self.has_backup,
        }
        return tuple(method for method in STRONGEST_FIRST if has[method])


_DEVICE = """
    SELECT id FROM authentication_device WHERE token_hash = %(device)s AND person_id = %(person)s
    AND forgotten_at IS NULL AND last_seen_at > %(since)s
"""
_DOOR = f"""
    SELECT
      (SELECT hash FROM authentication_password WHERE person_id = %(person)s),
      ({_DEVICE}),
      EXISTS (SELECT FROM authentication_passkey
              WHERE person_id = %(person)s AND cloned_at IS NULL),
      EXISTS (SELECT FROM authentication_totp
              WHERE person_id = %(person)s AND confirmed_at IS NOT NULL),
      EXISTS (SELECT FROM authentication_recoverycode
              WHERE person_id = %(person)s AND used_at IS NULL)
"""  # noqa: S608 - constants only


def door_of(person: UUID | None, actor: Actor) -> Door:
    """For nobody as much is asked as for somebody: the time must not tell who has an account."""
    return Door(*_one(_DOOR, _about(person, actor)))


class Standing(NamedTuple):
    """Behind the lock of an account: whatever decides how a sign-in ends.

    `lock` is why nobody may come in, or None. `device` is this browser, when it is known. `beside`
    says that other sign-ins may be open, `kept` is a form that an earlier one did not finish. Then
    come the password's dates, whether the profile is to be confirmed, and the app.
    """

    lock: str | None
    device: UUID | None
    beside: bool
    kept: UUID | None
    changed_at: datetime | None
    reminded_at: datetime | None
    asks_profile: bool
    app: App | None


_STANDING = f"""
    SELECT
      (SELECT why FROM authentication_accountlock
       WHERE person_id = %(person)s AND lifted_at IS NULL),
      ({_DEVICE}),
      EXISTS (SELECT FROM authentication_session
              WHERE person_id = %(person)s AND ended_at IS NULL AND acr > 0
              AND id <> %(session)s),
      (SELECT id FROM authentication_keptform
       WHERE person_id = %(person)s AND expires_at > %(now)s ORDER BY kept_at DESC LIMIT 1),
      password.changed_at, password.reminded_at,
      {PROFILE_DUE},
      app.id, app.secret
    FROM (VALUES (1)) AS one
    LEFT JOIN authentication_password AS password ON password.person_id = %(person)s
    LEFT JOIN authentication_totp AS app
      ON app.person_id = %(person)s AND app.confirmed_at IS NOT NULL
"""  # noqa: S608 - constants only


def standing_of(person: UUID, actor: Actor, session: UUID) -> Standing:
    """How an account stands now; the caller holds its lock."""
    given = {**_about(person, actor), "session": session, "now": clock.now()}
    *values, app, secret = _one(_STANDING, given)
    return Standing._make([*values, App.opened(app, secret) if app else None])


@dataclass(frozen=True, slots=True)
class Begun:
    """A session in the middle of something, and whose it is."""

    row: Session
    flow: Flow | None
    person: Brief | None


# In the order of the model.
_COLUMNS = ("id", "person_id", "acr", "created_at", "signed_in_at", "last_seen_at", "device_id")
_LOCK = Func(
    Func(Cast(F("person_id"), TextField()), Value(LOCKS_OF_PEOPLE), function="hashtextextended"),
    function="pg_advisory_xact_lock",
    output_field=IntegerField(),
)
_BEGUN = Prepared(
    lambda session: (
        Session.objects.filter(pk=session, ended_at__isnull=True)
        .annotate(lock=_LOCK)
        .values_list(*_COLUMNS, "flow", *(f"person__{name}" for name in BRIEF), "lock")
    ),
    UUID(int=1),
)


def begun_behind_the_lock(session: UUID) -> Begun | None:
    """The session that has not ended, with its row and the account of its person locked.

    The lock comes first, as for whoever locks an account and then ends its sessions.
    """
    sql, params = _BEGUN.statement(session)
    with connection.cursor() as cursor:
        cursor.execute(f'{sql} FOR UPDATE OF "authentication_session"', params)
        found = cursor.fetchone()
    if found is None:
        return None
    width = len(_COLUMNS)
    kept, about = found[width], found[width + 1 : -1]
    row = Session.from_db(connection.alias, _COLUMNS, found[:width])
    flow = Flow.from_json(json.loads(kept) if kept else None)
    return Begun(row, flow, Brief(*about) if row.person_id else None)


def _about(person: UUID | None, actor: Actor) -> dict[str, Any]:
    return {
        "person": person or _NOBODY,
        "device": str(actor.facts.get("device", "")),
        "since": clock.now() - KEEP_DEVICES,
    }


def _one(sql: str, given: dict[str, Any]) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        found: Sequence[Any] = cursor.fetchone() or ()
    return found
