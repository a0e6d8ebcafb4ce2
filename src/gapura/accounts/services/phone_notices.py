"""Who is told when a telephone number changes: the owner, and the number before."""

import secrets
from uuid import UUID

from django.utils.translation import gettext, override

from gapura.accounts.guardian import guardian
from gapura.accounts.models import Person, PhoneCode
from gapura.accounts.permissions import Can
from gapura.accounts.queries import masked
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.encryption import lookup
from gapura.kernel.jobs import enqueue
from gapura.kernel.permissions import require
from gapura.outside.services import send_message


def tell_old_phone(*, actor: Actor, code_id: UUID) -> None:
    """Tell the number that was replaced or removed, once; called by a job until it was taken.

    :raises AuthorityDown: not now; call again.
    """
    require(actor, Can.TELL_OLD_PHONE)
    row = PhoneCode.objects.select_related("person").filter(pk=code_id).first()
    if row is None or not row.old_phone:
        return
    with override(row.person.language):
        text = gettext(
            "Gapura: your account no longer uses this telephone number. If it was not you, contact "
            "the administrator at once."
        )
    send_message(phone=row.old_phone, channel=row.channel, text=text, key=f"phone-old-{row.pk}")
    PhoneCode.objects.filter(pk=row.pk).update(old_phone=None)


def tell_owner(actor: Actor, person: Person) -> None:
    """With the number masked: the mailbox may be a shared one."""
    facts = {"phone": masked(person.phone)}
    guardian().tell(actor, person.id, "accounts/mail/phone_changed.txt", facts, "phone")


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


def tell_later(row: PhoneCode) -> None:
    """Have the number before told, after the running transaction."""
    enqueue("accounts.tell_old_phone", code=str(row.pk))


def hashed(person: UUID, number: str, code: str) -> bytes:
    """A code as its row keeps it: bound to person and number."""
    return lookup(f"{person}:{number}:{code}", "phone_code")
