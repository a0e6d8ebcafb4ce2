"""Tells the owner of an account in every way there is: mailbox, bell, and a proven telephone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext, override

from gapura.accounts.queries import person_by_id, recipient
from gapura.authentication.permissions import Can
from gapura.kernel.actor import Actor
from gapura.kernel.jobs import enqueue
from gapura.kernel.permissions import require
from gapura.notifications.services import notify, subject_of
from gapura.outside.services import send_message

_GATEWAY = "messages"
_SUBJECT_MOST = 200


def tell_all_channels(
    person_id: UUID, template: str, facts: Mapping[str, Any], link: str = ""
) -> None:
    """Send the mail `template`, ring the bell, and send the mail's subject to a proven telephone.

    Part of the running transaction; the message leaves by a job after its commit. It holds no link
    that does anything: telephones show messages to whoever holds them.
    """
    person = person_by_id(person_id)
    notify(recipient(person), template, facts, link=link)
    if not person.phone or person.phone_verified_at is None or not settings.OUTSIDE[_GATEWAY].url:
        return
    subject = subject_of(recipient(person), template, facts)
    enqueue(
        "authentication.tell_phone",
        person=str(person.id),
        subject=subject[:_SUBJECT_MOST],
        key=f"notice-{uuid4()}",
    )


def tell_phone(*, actor: Actor, person: UUID, subject: str, key: str) -> None:
    """Send one message to the proven telephone, once for a `key`; called by a job.

    :raises AuthorityDown: not now; call again.
    """
    require(actor, Can.TELL_PHONE)
    found = person_by_id(person)
    if not found.phone or found.phone_verified_at is None:
        return
    with override(found.language):
        text = gettext(
            "Gapura: %(subject)s. If this was not you, use the link in the e-mail or contact the "
            "administrator: %(site)s"
        ) % {"subject": subject, "site": settings.PUBLIC_URL}
    send_message(phone=found.phone, channel="sms", text=text, key=key)
