"""Giving back the identity documents that a checker had taken, when the checker leaves."""

from uuid import UUID

from gapura.accounts import events
from gapura.accounts.models import IdentityCase
from gapura.accounts.permissions import Can
from gapura.accounts.services.cases import note
from gapura.accounts.states import CASE, CLAIMED
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require


def release_cases(*, actor: Actor, person: UUID, agency: str) -> int:
    """Give back what `person` had taken of an agency's documents; the deadlines stay.

    Only for the system, in the caller's transaction. Answers how many went back.

    :raises Refused: a person tried.
    """
    rows = IdentityCase.objects.filter(claimed_by=person, agency=agency, state=CLAIMED)
    held = list(rows.select_for_update(of=("self",)).select_related("person").order_by("id"))
    for row in held:
        require(actor, Can.RELEASE_CASE, row)
        step = move(CASE, row, "release", claimed_by_id=None, claimed_at=None)
        note(actor, events.CASE_RELEASED, row, step)
    return len(held)
