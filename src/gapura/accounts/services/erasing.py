"""What this room erases of a person: contacts, numbers, proofs; the row stays without them.

The row and its username stay because each entry of the log names them, and so that nobody else can
take that username and pass for who it was.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from gapura.accounts import events
from gapura.accounts.models import Duplicate
from gapura.accounts.services.rows import locked, marks_of, record
from gapura.accounts.states import CLOSED
from gapura.kernel.actor import system_actor
from gapura.kernel.holdings import Erased

_SYSTEM = system_actor("erasure")
# What stands where a name stood; the same in both languages.
NOBODY = "—"


def erase_person(person: UUID, day: date) -> Erased:
    """Address, NIK, NIP, telephone and unit of a closed account; the name goes by `erase_name`.

    :raises ValueError: the account is not closed.
    """
    blank: dict[str, object] = {
        "email": "",
        "email_verified_at": None,
        "pending_email": "",
        "pending_email_at": None,
        "nik": "",
        "nik_lookup": b"",
        "nip": None,
        "nip_lookup": None,
        "phone": None,
        "phone_lookup": None,
        "likeness_lookup": None,
        "phone_verified_at": None,
        "unit_text": "",
        "agency": "",
    }
    pairs = Duplicate.objects.filter(Q(first=person) | Q(second=person))
    # Whatever was written about the two may tell of this one.
    pairs.update(reason="", objection="", upheld_reason="")
    return _change(person, blank)


def erase_name(person: UUID, day: date) -> Erased:
    """The name, once no paper of procurement needs it any more.

    :raises ValueError: the account is not closed.
    """
    return _change(person, {"name": NOBODY})


def _change(person: UUID, values: dict[str, object]) -> Erased:
    with transaction.atomic():
        row = locked(person)
        if row.state != CLOSED:
            raise ValueError("only a closed account is erased")
        were = marks_of(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        facts = {**marks_of(row), **{f"{name}_were": mark for name, mark in were.items()}}
        # The entry names no agency any more: it would be read there for nothing.
        record(_SYSTEM, events.ERASED, row, facts=facts)
    return Erased(gone=1)
