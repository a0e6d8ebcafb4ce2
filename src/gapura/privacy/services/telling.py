"""Telling people of a breach in pieces, and warning the officers while its hours run out."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from gapura.access.queries import holders
from gapura.accounts.queries import people_by_id, recipient
from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.jobs import enqueue
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.notifications.services import Message, Recipient, notify_many
from gapura.privacy.events import breaches as events
from gapura.privacy.models import Breach, BreachPerson
from gapura.privacy.permissions import Can
from gapura.privacy.purposes import KINDS
from gapura.privacy.rules.breaches import PEOPLE_A_RUN
from gapura.privacy.rules.requests import OFFICER
from gapura.privacy.states.breaches import BREACH, OPEN


def tell_some(breach_id: UUID) -> int:
    """Tell up to 500 of the list and queue the next run; answers how many were told.

    Done twice it tells nobody twice: whoever is being told is locked, and marked with the mail.
    """
    with transaction.atomic():
        row = Breach.objects.filter(pk=breach_id, telling_at__isnull=False).first()
        if row is None:
            return 0
        waiting = BreachPerson.objects.select_for_update(skip_locked=True)
        some = list(waiting.filter(breach=row, told_at__isnull=True).order_by("id")[:PEOPLE_A_RUN])
        people = people_by_id({one.person_id for one in some})
        reached = [one for one in some if people[one.person_id].email]
        notify_many(_message(row, recipient(people[one.person_id])) for one in reached)
        _mark(some, reached)
        if some:
            enqueue("privacy.tell_affected", breach=str(breach_id))
        elif not BreachPerson.objects.filter(breach=row, told_at__isnull=True).exists():
            Breach.objects.filter(pk=row.pk, told_at__isnull=True).update(told_at=clock.now())
    return len(some)


def _mark(some: list[BreachPerson], reached: list[BreachPerson]) -> None:
    """Whoever has no address any more is told by a public notice (art. 46(3)), outside of here."""
    now, with_mail = clock.now(), {one.pk for one in reached}
    rows = BreachPerson.objects.filter(pk__in=[one.pk for one in some])
    rows.filter(pk__in=with_mail).update(told_at=now, reached=True)
    rows.exclude(pk__in=with_mail).update(told_at=now)


def _message(row: Breach, whom: Recipient) -> Message:
    english = whom.language == "en"
    with override(whom.language):
        classes = [gettext(KINDS[key]) for key in row.classes]
    told = {
        "reference": row.reference,
        "what": row.what_en if english else row.what,
        "how": row.how_en if english else row.how,
        "measures": row.measures_en if english else row.measures,
        "classes": classes,
        "began_at": row.began_at,
        "found_at": row.found_at,
    }
    return Message(whom, "privacy/mail/breach_told.txt", told, link="/account/data")


def warn_of_breaches(*, actor: Actor) -> int:
    """Tell the officers of each breach whose hours run out and that is not told; how many.

    Once for each: `warned_at` is set in the same transaction.
    """
    require(actor, Can.WARN_OF_BREACH)
    now = clock.now()
    rows = Breach.objects.filter(state=OPEN, warned_at__isnull=True, warn_at__lte=now)
    late = rows.exclude(told_at__isnull=False, reported_at__isnull=False)
    with transaction.atomic():
        found = list(late.select_for_update(skip_locked=True).order_by("pk"))
        people = people_by_id(set(holders(OFFICER)) if found else set()).values()
        for row in found:
            move(BREACH, row, "warn", warned_at=now)
            subject, state = Subject("breach", str(row.pk), row.reference), {"state": row.state}
            facts = {"due_at": row.due_at}
            record(actor, events.BREACH_WARNED, subject, facts=facts, before=state, after=state)
            notify_many(_warning(row, recipient(one)) for one in people)
    return len(found)


def _warning(row: Breach, whom: Recipient) -> Message:
    told = {"reference": row.reference, "due_at": row.due_at}
    link = f"/console/breaches/{row.pk}"
    return Message(whom, "privacy/mail/breach_warned.txt", told, link=link)
