"""Whether what was given in a session still stands: SQL for rooms above that keep such things.

Nothing is pushed to them when a session ends or an account is locked: they ask whenever it is used.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gapura.access.queries import ROLES, Scope
from gapura.authentication.queries.rules import OTHERS, OVER_OTHERS, STRICTEST_FIRST, sign_in_rules
from gapura.authentication.rules import NO_ENTRY
from gapura.kernel import clock

# Ends of a session that say nothing against what was given to last beyond it.
CALM = ("signed_out", "replaced", "too_many")
# Ends that concern all a person has open, and what outlives its session with it.
SWEEPING = (
    "signed_out_everywhere",
    "password_changed",
    "password_reset",
    "password_demanded",
    "locked",
    "desk",
    "recovered",
)
_POPULATIONS = (*STRICTEST_FIRST, OTHERS)


@dataclass(frozen=True, slots=True)
class Lives:
    """How long sessions live by today's rules, by population from the strictest on."""

    idle: tuple[timedelta, ...]
    absolute: tuple[timedelta, ...]


def session_lives() -> Lives:
    """The dated rules of today; read from the database at most every half minute.

    :raises LookupError: when no row covers the day.
    """
    rules = [sign_in_rules("session", population) for population in _POPULATIONS]
    return Lives(
        tuple(timedelta(minutes=rule["idle_minutes"]) for rule in rules),
        tuple(timedelta(hours=rule["absolute_hours"]) for rule in rules),
    )


def standing_params(lives: Lives, now: datetime) -> Mapping[str, Any]:
    """The named parameters of `STANDING`."""
    idle = [now - life for life in lives.idle]
    since = [now - life for life in lives.absolute]
    return {
        "seen_since": idle,
        "begun_since": since,
        "seen_surely": max(idle),
        "begun_surely": max(since),
        "seen_at_all": min(idle),
        "begun_at_all": min(since),
        "legal_day": clock.legal_day(now),
    }


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))


_ADMINS = {role for role in ROLES if ROLES[role].scope is Scope.PLATFORM} | OVER_OTHERS
_SUPPLIERS = {role for role in ROLES if ROLES[role].scope is Scope.COMPANY}
# By the days of the grants alone: whoever has just lost a role has the strict life for that day.
_WITHIN_ITS_LIFE = f"""
    EXISTS (SELECT FROM (
        SELECT coalesce(min(CASE WHEN g.role IN ({_listed(_ADMINS)}) THEN 1
                                 WHEN g.role IN ({_listed(_SUPPLIERS)}) THEN 3
                                 ELSE 2 END), 4) AS nth
          FROM access_grant g
         WHERE g.person_id = a.person_id AND g.state = 'active' AND g.superseded_at IS NULL
           AND g.valid @> %(legal_day)s::date) belongs
     WHERE s.last_seen_at > (%(seen_since)s::timestamptz[])[belongs.nth]
       AND s.signed_in_at > (%(begun_since)s::timestamptz[])[belongs.nth])
"""  # noqa: S608 - constants only
# `a` is the row that was given: `person_id`, `session`, `created_at`, and whether it is `offline`.
STANDING_JOINS = """
    LEFT JOIN accounts_person p ON p.id = a.person_id
    LEFT JOIN authentication_session s
           ON s.id = a.session AND s.person_id = a.person_id AND s.acr > 0
    LEFT JOIN authentication_password w ON w.person_id = a.person_id
"""
# Empty when it stands; else the word for what stops it. What is offline outlives its session as
# long as nobody did anything against the person's sign-ins since; each line is looked at only when
# those above did not decide.
STANDING = f"""
    CASE
    WHEN p.id IS NULL OR p.state IN ({_listed(NO_ENTRY)}) THEN 'person'
    WHEN coalesce(w.must_change, '') <> '' THEN 'password'
    WHEN EXISTS (SELECT FROM authentication_accountlock k
                  WHERE k.person_id = a.person_id AND k.lifted_at IS NULL) THEN 'locked'
    WHEN s.ended_at IS NULL
         AND s.last_seen_at > %(seen_at_all)s AND s.signed_in_at > %(begun_at_all)s
         AND (s.last_seen_at > %(seen_surely)s AND s.signed_in_at > %(begun_surely)s
              OR {_WITHIN_ITS_LIFE}) THEN ''
    WHEN NOT a.offline THEN 'session'
    WHEN s.ended_at IS NOT NULL AND s.end_reason NOT IN ({_listed(CALM)}) THEN 'session'
    WHEN w.changed_at > a.created_at THEN 'password'
    WHEN EXISTS (SELECT FROM authentication_accountlock k
                  WHERE k.person_id = a.person_id AND k.locked_at >= a.created_at) THEN 'swept'
    WHEN EXISTS (SELECT FROM authentication_session o
                  WHERE o.person_id = a.person_id AND o.ended_at >= a.created_at
                    AND o.end_reason IN ({_listed(SWEEPING)})) THEN 'swept'
    WHEN EXISTS (SELECT FROM authentication_suspicion u
                  WHERE u.person_id = a.person_id AND u.state = 'settled'
                    AND u.decided_at >= a.created_at) THEN 'swept'
    ELSE '' END
"""  # noqa: S608 - constants only
