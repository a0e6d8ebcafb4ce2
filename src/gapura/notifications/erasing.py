"""What this room erases of a person: mails and notices to them, their name in notices to others."""

import re
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Cast

from gapura.kernel.erasures import declare, deletes
from gapura.kernel.holdings import Erased
from gapura.notifications.models import Mail, Notice

# Where a name stands by itself: "Nur" neither in "Nuraini" nor in "Nur'aini" or "Nur-Hasanah",
# but in "Nur's"; and an address not in a longer one.
_NAME = r"(?<!\w)(?<!\w['\u2019-])%s(?!\w|['\u2019]\w\w|-\w)"
_ADDRESS = r"(?<![\w.+-])%s(?!\w|[.-]\w)"


def erase_messages(person: UUID, day: date) -> Erased:
    """Every mail and notice, also those that wait: what is to be told at last is told after it."""
    gone = Mail.objects.filter(person=person).delete()[0]
    return Erased(gone=gone + Notice.objects.filter(person=person).delete()[0])


def forget_words(words: Iterable[str], instead: str) -> int:
    """Replace a person's name and addresses in subjects and notices that others have; how many.

    Only whole ones. A name of one word stays: it may be a word of the language, or anybody's.
    Bodies of sent mails are wiped already; one that waits is sent as it is, within minutes.
    """
    changed = 0
    for word in sorted({one for one in words if _is_telling(one)}, key=len, reverse=True):
        pattern = (_ADDRESS if "@" in word else _NAME) % re.escape(word)
        for model, column in ((Notice, "text"), (Mail, "subject")):
            rows = model._default_manager.filter(**{f"{column}__contains": word})
            rows = rows.filter(**{f"{column}__regex": pattern})
            changed += rows.update(**{column: _without(column, pattern, instead)})
    return changed


def _is_telling(word: str) -> bool:
    return "@" in word or len(word.split()) > 1


def _without(column: str, pattern: str, instead: str) -> Func:
    parts = (Value(one) for one in (pattern, instead.replace("\\", r"\\"), "g"))
    text = Cast(F(column), TextField())
    return Func(text, *parts, function="regexp_replace", output_field=TextField())


def still_waiting(person: UUID) -> bool:
    """Whether a mail to the person has not left yet."""
    return Mail.objects.filter(person=person, body__isnull=False).exists()


declare("notifications", {"mail": deletes(Mail), "notice": deletes(Notice)})
