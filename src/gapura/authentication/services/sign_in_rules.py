"""The dated rules of signing in: an operator puts a named profile in force from a day on."""

from datetime import date

from django.db import transaction

from gapura.audit.services import Subject, record
from gapura.authentication import events
from gapura.authentication.errors import BadProfile
from gapura.authentication.models import SignInRule
from gapura.authentication.permissions import Can
from gapura.authentication.queries.rules import forget_sign_in_rules
from gapura.authentication.rules import POPULATIONS, PROFILES
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

EVERYBODY = "default"
_KEY = "password"
_TOO_EARLY = "the first day must not lie in the past"
_BEHIND = "a rule that begins on or after that day is there already"
_SAME = "this profile is in force on that day already"


def set_password_profile(*, actor: Actor, population: str, profile: str, since: date) -> None:
    """Put a profile of `PROFILES` in force for a population (`default`: whoever has no own row).

    The row before ends on that day and stays as it was; the change stands in the activity log.

    :raises BadProfile: an unknown name, a day in the past, or a rule that begins later already.
    """
    require(actor, Can.SET_RULES)
    scope = "" if population == EVERYBODY else population
    if profile not in PROFILES or scope not in ("", *POPULATIONS):
        raise BadProfile(why=f"{population}/{profile}")
    if since < clock.today():
        raise BadProfile(why=_TOO_EARLY)
    with transaction.atomic():
        _supersede(scope, since, profile)
        chosen = PROFILES[profile]
        SignInRule.objects.create(
            key=_KEY, scope=scope, value=dict(chosen.value), basis=chosen.basis, valid_from=since
        )
        facts = {"population": population, "profile": profile, "since": since.isoformat()}
        record(actor, events.RULE_SET, Subject("rule", f"{_KEY}/{population}"), facts=facts)
    forget_sign_in_rules()


def _supersede(scope: str, since: date, profile: str) -> None:
    """End the open row on the new one's first day; two at once take turns at its lock."""
    rows = SignInRule.objects.select_for_update().filter(key=_KEY, scope=scope)
    latest = rows.order_by("-valid_from").first()
    if latest is None:
        return
    if latest.valid_from >= since:
        raise BadProfile(why=_BEHIND)
    if latest.valid_to is None and latest.value.get("profile") == profile:
        raise BadProfile(why=_SAME)
    if latest.valid_to is None or latest.valid_to > since:
        latest.valid_to = since
        latest.save(update_fields=["valid_to"])
