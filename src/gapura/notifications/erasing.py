"""What this room erases of a person: mails and notices to them, their name in notices to others."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Replace

from gapura.kernel.erasures import declare, deletes
from gapura.kernel.holdings import Erased
from gapura.notifications.models import Mail, Notice

# A name shorter than this would cut words of other people's notices in two.
_LEAST = 4


def erase_messages(person: UUID, day: date) -> Erased:
    """Every mail and notice, also those that wait: what is to be told at last is told after it."""
    gone = Mail.objects.filter(person=person).delete()[0]
    return Erased(gone=gone + Notice.objects.filter(person=person).delete()[0])


def forget_words(words: Iterable[str], instead: str) -> int:
    """Replace a person's name and addresses in subjects and notices that others have; how many.

    Bodies of sent mails are wiped already; one that waits is sent as it is, within minutes.
    """
    changed = 0
    for word in sorted({one for one in words if len(one) >= _LEAST}, key=len, reverse=True):
        for model, column in ((Notice, "text"), (Mail, "subject")):
            rows = model._default_manager.filter(**{f"{column}__contains": word})
            text = Cast(F(column), TextField())
            new = Replace(text, Value(word), Value(instead))
            changed += rows.update(**{column: new})
    return changed


def still_waiting(person: UUID) -> bool:
    """Whether a mail to the person has not left yet."""
    return Mail.objects.filter(person=person, body__isnull=False).exists()


declare("notifications", {"mail": deletes(Mail), "notice": deletes(Notice)})
