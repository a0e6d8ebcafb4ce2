"""Who is told when a telephone number changes: the owner, and the number before."""

import secrets
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext, override

from gapura.accounts.guardian import guardian
from gapura.accounts.models import ContactChange, Person, PhoneCode
from gapura.accounts.permissions import Can
from gapura.accounts.queries import masked
from gapura.accounts.rules.undoing import undo_link
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.encryption import lookup
from gapura.kernel.jobs import enqueue
from gapura.kernel.permissions import require
from gapura.outside.services import send_message


def tell_old_phone(*, actor: Actor, code_id: UUID, change: UUID | None = None) -> None:
    """Tell the number that was replaced or removed, once; called by a job until it was taken.

    With the link that takes `change` back, unless that is over by now.

    :raises AuthorityDown: not now; call again.
    """
    require(actor, Can.TELL_OLD_PHONE)
    row = PhoneCode.objects.select_related("person").filter(pk=code_id).first()
    if row is None or not row.old_phone:
        return
    with override(row.person.language):
        text = _farewell_text(change)
    send_message(phone=row.old_phone, channel=row.channel, text=text, key=f"phone-old-{row.pk}")
    PhoneCode.objects.filter(pk=row.pk).update(old_phone=None)


def _farewell_text(change: UUID | None) -> str:
    row = ContactChange.objects.filter(pk=change, ended_at__isnull=True).first() if change else None
    if row is None or row.undo_until <= clock.now():
        return gettext(
            "Gapura: your account no longer uses this telephone number. If it was not you, contact "
            "the administrator at once."
        )
    hours = int((row.undo_until - row.changed_at).total_seconds() // 3600)
    return gettext(
        "Gapura: your account no longer uses this telephone number. If it was not you, take it "
        "back within %(hours)s hours: %(link)s"
    ) % {"hours": hours, "link": f"{settings.PUBLIC_URL}{undo_link(row.id)}"}


def tell_owner(actor: Actor, person: Person, change: ContactChange | None = None) -> None:
    """With the number masked: the mailbox may be a shared one."""
    facts = {"phone": masked(person.phone), "until": change.undo_until if change else None}
    link = undo_link(change.id) if change else ""
    guardian().tell(actor, person.id, "accounts/mail/phone_changed.txt", facts, "phone", link)


def tell_old_numbers(
    person: Person, row: PhoneCode, old: str, change: ContactChange | None
) -> None:
    """The number of `row` that was replaced, and the last settled one, which gets the link."""
    settled = change is not None and change.old == old
    if old:
        _tell_later(row, change if settled else None)
    if change is not None and not settled:
        _tell_later(farewell(person, change.old), change)


def farewell(person: Person, old: str) -> PhoneCode:
    """A row with a code that was never sent: it keeps the removed number until it was told."""
    now, code = clock.now(), secrets.token_hex(16)
    return PhoneCode.objects.create(
        person=person,
        phone=old,
        old_phone=old,
        channel="sms",
        hash=hashed(person.id, old, code),
        created_at=now,
        expires_at=now,
        used_at=now,
    )


def _tell_later(row: PhoneCode, change: ContactChange | None) -> None:
    """Have the number before told, after the running transaction."""
    undo = str(change.pk) if change else ""
    enqueue("accounts.tell_old_phone", code=str(row.pk), change=undo)


def hashed(person: UUID, number: str, code: str) -> bytes:
    """A code as its row keeps it: bound to person and number."""
    return lookup(f"{person}:{number}:{code}", "phone_code")
