"""Ending letters with all that rests on them: revoked, or replaced by another letter."""

from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.access import events
from gapura.access.locks import hold
from gapura.access.models import Grant
from gapura.access.officers import ABOVE
from gapura.access.services.appointment_grants import grant_letter
from gapura.access.services.grants import end, read_grants
from gapura.access.services.notices import message
from gapura.access.services.officer_moves import withdraw_named
from gapura.access.states import LIVE_GRANT
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.jobs import enqueue
from gapura.notifications.services import notify_many
from gapura.organizations import services as organizations
from gapura.organizations.services import LetterToEnd, hold_letter

TELLING = 500


def end_letter(*, actor: Actor, letter_id: UUID, reason: str, by: UUID | None = None) -> int:
    """Revoke a letter, or replace it `by` another checked one; answers how many grants ended.

    All of it or nothing: the letter, every live grant that rests on it, every name that still
    waits. People are told by a job. What was delegated from those grants stops with them.

    :raises NoSuchLetter, Refused, LetterEnded, NoSuchMove, ReasonMissing: the letter cannot end.
    :raises NotInForce: `by` is not checked, has ended, or is another agency's.
    """
    with transaction.atomic():
        # Held first: nobody is given a role by it between the question and the answer.
        above = letter_to_end(hold_letter(letter_id)).above
        how: dict[str, Any] = {"actor": actor, "letter_id": letter_id, "reason": reason}
        if by is None:
            organizations.revoke_letter(**how, above=above)
        else:
            organizations.replace_letter(**how, above=above, by=by)
        letter = hold_letter(letter_id)
        ended = _end_grants(actor, letter)
        withdraw_named(actor, letter)
        enqueue("access.tell_ended", letter=str(letter_id))
        if by is not None:
            go_on = grant_letter(actor=system_actor("letters"), letter_id=by)
            if go_on is not None:
                enqueue("access.grant_letter", letter=str(by), after=str(go_on))
        return ended


def letter_to_end(letter: Any) -> LetterToEnd:
    """What the permission to end a letter (its row) is asked about. One query."""
    live = Grant.objects.filter(state__in=LIVE_GRANT, superseded_at__isnull=True)
    return LetterToEnd(letter, live.filter(letter=letter, role__in=ABOVE).exists())


def _end_grants(actor: Actor, letter: Any) -> int:
    live = Grant.objects.filter(
        letter=letter, state__in=LIVE_GRANT, superseded_at__isnull=True
    ).order_by("id")
    # What the log needs and no more: thousands of rows in one breath.
    rows = list(
        Grant.objects.select_related("person")
        .only("role", "state", "agency", "unit", "company", "person__username")
        .filter(pk__in=hold(live))
        .order_by("id")
    )
    end(actor, rows, "revoke", events.REVOKED, letter.revoke_reason)
    return len(rows)


def tell_ended(*, letter_id: UUID) -> int:
    """Tell the next TELLING people that their access ended with its letter; answers how many.

    Done again, it tells nobody twice.
    """
    with transaction.atomic():
        letter = hold_letter(letter_id)
        if letter.revoked_at is None:
            return 0
        rows = Grant.objects.filter(
            letter=letter,
            state="revoked",
            ended_at__gte=letter.revoked_at,
            end_told_at__isnull=True,
            superseded_at__isnull=True,
        ).order_by("id")
        grants = read_grants(hold(rows, most=TELLING))
        notify_many(
            message(grant.person, "grant_revoked", grant, reason=grant.end_reason)
            for grant in grants
        )
        now = clock.now()
        Grant.objects.filter(pk__in=[grant.pk for grant in grants]).update(end_told_at=now)
    return len(grants)
