"""Whose profile waits to be confirmed: asked at a sign-in, and reminded of by mail."""

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q
from django.db.models.functions import Coalesce

from gapura.accounts.models import AccountRule, Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries.people import person_by_id
from gapura.accounts.states import (
    CONTACT_VERIFIED,
    VERIFIED,
)
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

KEY = "profile_confirmation"
# Whoever is being checked, or waits to be, is looked at anyway.
ASKED_OF = (CONTACT_VERIFIED, VERIFIED)
# One expression inside the statement that a sign-in runs anyway; parameters `person` and `now`.
PROFILE_DUE: Final = """
    EXISTS (SELECT FROM accounts_person asked, LATERAL (
              SELECT value FROM accounts_accountrule
               WHERE key = 'profile_confirmation' AND scope = ''
                 AND valid_from <= %(now)s::timestamptz::date
                 AND (valid_to IS NULL OR valid_to > %(now)s::timestamptz::date)
               ORDER BY valid_from DESC LIMIT 1) rule
             WHERE asked.id = %(person)s AND asked.state IN ('contact_verified', 'verified')
               AND coalesce(asked.profile_confirmed_at, asked.verified_at, asked.created_at)
                   + make_interval(months => (rule.value->>'months')::int) <= %(now)s
               AND coalesce(asked.profile_later_until, %(now)s) <= %(now)s)
"""


@dataclass(frozen=True, slots=True)
class Question:
    """Is this still right? Last confirmed `since`; it may be put off `laters` times yet."""

    since: datetime
    laters: int
    later_days: int


def own_profile_question(actor: Actor) -> Question | None:
    """What is to be asked of the actor now, or None.

    :raises Refused: not signed in.
    """
    require(actor, Can.SEE_OWN)
    return profile_question(person_by_id(actor.who))


def profile_question(person: Person) -> Question | None:
    """What is to be asked of this person now, from dates; None before its time or put off."""
    rule, now = _rule(), clock.now()
    since = person.profile_confirmed_at or person.verified_at or person.created_at
    put_off = person.profile_later_until is not None and person.profile_later_until > now
    if person.state not in ASKED_OF or put_off or _months_after(since, rule["months"]) > now:
        return None
    laters = max(0, rule["later_most"] - person.profile_laters)
    return Question(since, laters, rule["later_days"])


def people_to_remind(most: int) -> list[Person]:
    """Locked rows of some whose profile waits and who were not reminded lately, longest first."""
    rule, now = _rule(), clock.now()
    since = Coalesce("profile_confirmed_at", "verified_at", "created_at")
    rows = Person.objects.annotate(since=since).filter(
        Q(profile_reminded_at__isnull=True)
        | Q(profile_reminded_at__lte=now - timedelta(days=rule["remind_days"])),
        Q(profile_later_until__isnull=True) | Q(profile_later_until__lte=now),
        state__in=ASKED_OF,
        since__lte=_months_before(now, rule["months"]),
    )
    return list(rows.select_for_update(skip_locked=True).order_by("since", "id")[:most])


def _rule() -> dict[str, Any]:
    return dict(AccountRule.value_at(KEY, clock.today()))


def _months_after(moment: datetime, months: int) -> datetime:
    """The same day of the month, or its last one: as the database counts."""
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def _months_before(moment: datetime, months: int) -> datetime:
    return _months_after(moment, -months)
