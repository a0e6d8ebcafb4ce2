"""Moving between agencies: what was held at the former one ends when the new role begins."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from gapura.access import events
from gapura.access.locks import hold
from gapura.access.models import AccessRequest, AccessRule, Grant
from gapura.access.permissions import Can
from gapura.access.queries.holders import holders
from gapura.access.roles import AGENCY_VERIFIER, ROLES
from gapura.access.services.grants import end, read_grants
from gapura.access.services.notices import tell_all
from gapura.access.states import LIVE_GRANT
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_

BATCH = 200
MOVED = N_("Moved to another agency.")


def leave_behind(actor: Actor, grant: Grant) -> int:
    """End what the person holds at the agency they move away from; answers how many ended.

    Called while the new grant becomes active, in the same transaction: there is no moment with
    both standings and none with neither.
    """
    request = grant.request
    if request is None or request.leaves_id is None:
        return 0
    rows = _held_at(request)
    end(actor, rows, "revoke", events.REVOKED, MOVED)
    return len(rows)


def _held_at(request: AccessRequest, given_before: datetime | None = None) -> list[Grant]:
    live = Grant.objects.filter(
        person=request.person_id,
        agency=request.leaves_id,
        state__in=LIVE_GRANT,
        superseded_at__isnull=True,
    )
    if given_before is not None:
        live = live.filter(approved_at__lte=given_before)
    return read_grants(hold(live.order_by("id")))


def tell_former_agency(row: AccessRequest) -> None:
    """Tell the verifiers of the agency the person leaves; they may end the old roles earlier."""
    if row.leaves_id is None:
        return
    days = AccessRule.value_at("mutation_release_days", clock.today())
    tell_all(
        holders(AGENCY_VERIFIER, row.leaves_id),
        "person_moves",
        "/people/expiring",
        person=row.person.name,
        role=ROLES[row.role].name,
        agency=row.agency.name if row.agency else "",
        days=days,
    )


def release_moved(*, actor: Actor) -> int:
    """End what people still hold at agencies they left, once their time to go over has passed.

    The time is the rule `mutation_release_days`, counted from the approval at the new agency. What
    was given there after that approval is no rest of the move and stays.
    Answers how many grants ended; at most BATCH requests are looked at.

    :raises Refused: a person tried.
    """
    require(actor, Can.RELEASE_MOVED)
    days = AccessRule.value_at("mutation_release_days", clock.today())
    with transaction.atomic():
        still = Grant.objects.filter(
            person=OuterRef("person"),
            agency=OuterRef("leaves"),
            approved_at__lte=OuterRef("decided_at"),
            state__in=LIVE_GRANT,
            superseded_at__isnull=True,
        )
        over = clock.now() - timedelta(days=days)
        moved = AccessRequest.objects.filter(
            Exists(still),
            state="approved",
            leaves__isnull=False,
            decided_at__lte=over,
            grant__state__in=LIVE_GRANT,
        )
        ended = 0
        for request in moved.order_by("decided_at")[:BATCH]:
            rows = _held_at(request, request.decided_at)
            end(actor, rows, "revoke", events.REVOKED, MOVED)
            ended += len(rows)
        return ended
