"""Ending what hangs on a person at one agency; the journey of offboarding calls it."""

from uuid import UUID

from gapura.access import events
from gapura.access.locks import hold, hold_person
from gapura.access.models import AccessRequest, Grant
from gapura.access.permissions import Can
from gapura.access.queries.leaving import (
    SENT,
    Leaving,
    claimed_at,
    given_at,
    live_at,
    sent_at,
)
from gapura.access.queries.places import place_of
from gapura.access.roles import ROLES
from gapura.access.services.delegations import GROUND_ENDED
from gapura.access.services.entries import note
from gapura.access.services.grants import end
from gapura.access.services.notices import tell_all
from gapura.access.states import LIVE_GRANT, REQUEST
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require

_FREE = {"claimed_by_id": None, "claimed_at": None}
_LIST = "/requests/delegations"
_SYSTEM = system_actor("offboarding")


def hold_leaver(*, person: UUID, agency: str) -> None:
    """Let nothing of what hangs on the person there change until the transaction ends.

    In the order in which approving and activating take their locks: requests, grants, the person.
    """
    for which in ({"person": person, "state__in": SENT}, {"claimed_by": person}):
        hold(AccessRequest.objects.filter(agency=agency, **which).order_by("id"))
    for whose in ({"person": person}, {"rests_on__person": person}):
        hold(Grant.objects.filter(agency=agency, state__in=LIVE_GRANT, **whose).order_by("id"))
    hold_person(person)


def end_at_agency(*, actor: Actor, left: Leaving, reason: str) -> None:
    """End a person's grants at an agency and those delegated from them, free what they had taken.

    Own requests there are withdrawn. The caller holds the rows (`hold_leaver`), read `left` after
    that and tells the person; whoever had a delegation is told here.

    :raises Refused: not for this actor to do.
    """
    person, agency = left.subject.id, left.agency
    require(actor, Can.OFFBOARD, left.leaver)
    given, own = list(given_at(person, agency)), list(live_at(person, agency))
    end(actor, given, "revoke", events.REVOKED, GROUND_ENDED)
    end(actor, own, "revoke", events.REVOKED, reason)
    for grant in given:
        told = {"role": ROLES[grant.role].name, "place": place_of(grant).label}
        tell_all([grant.person_id], "delegation_ended", _LIST, ground=GROUND_ENDED, **told)
    _release(person, agency)
    _withdraw(person, agency, reason)


def _release(person: UUID, agency: str) -> None:
    """What the person had taken goes back to the queue; its deadline stays."""
    for row in claimed_at(person, agency):
        step = move(REQUEST, row, "release", **_FREE)
        note(_SYSTEM, events.RELEASED, row, step)


def _withdraw(person: UUID, agency: str, reason: str) -> None:
    for row in sent_at(person, agency):
        changes = {"due_at": None, "decided_at": clock.now(), "reason": reason, **_FREE}
        step = move(REQUEST, row, "withdraw", **changes)
        note(_SYSTEM, events.WITHDRAWN, row, step, reason=reason)
