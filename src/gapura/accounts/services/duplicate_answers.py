"""What the owners of two accounts say of it: an answer when asked, an objection when told."""

from uuid import UUID

from django.db import transaction

from gapura.accounts import events
from gapura.accounts.choices import ANSWERS, ASKED
from gapura.accounts.errors import AnswerUnknown, DuplicateDecided
from gapura.accounts.models import Duplicate
from gapura.accounts.permissions import Can
from gapura.accounts.rules.cases import REASON_LIMIT
from gapura.accounts.services.duplicate_steps import note, pair_for, step
from gapura.accounts.services.rows import sound_reason
from gapura.kernel import clock
from gapura.kernel.actor import Actor

_OWN = Can.SEE_OWN_DUPLICATE


def answer_duplicate(*, actor: Actor, duplicate_id: UUID, answer: str) -> None:
    """Say whether the other account is one's own, too; the last answer counts while it is asked.

    :raises AnswerUnknown: neither yes nor no. :raises DuplicateDecided: it is asked no more.
    """
    if answer not in ANSWERS:
        raise AnswerUnknown()
    with transaction.atomic():
        row = pair_for(actor, Can.ANSWER_DUPLICATE, duplicate_id, _OWN)
        if row.state != ASKED:
            raise DuplicateDecided()
        side = "first_says" if row.first_id == actor.person else "second_says"
        setattr(row, side, answer)
        row.save(update_fields=[side])
        note(actor, events.DUPLICATE_ANSWERED, row, answer=answer)


def object_duplicate(*, actor: Actor, duplicate_id: UUID, objection: str) -> None:
    """Object to the announced closing, from either account, as long as nothing is closed.

    :raises ReasonTooShort: fewer than 10 characters.
    :raises DuplicateDecided: it was decided meanwhile.
    """
    objection = sound_reason(objection)[:REASON_LIMIT]
    with transaction.atomic():
        row: Duplicate = pair_for(actor, Can.OBJECT_DUPLICATE, duplicate_id, _OWN)
        step(
            row,
            "object",
            objected_by_id=actor.who,
            objected_at=clock.now(),
            objection=objection,
        )
        note(actor, events.DUPLICATE_OBJECTED, row, after={"objection": objection})
