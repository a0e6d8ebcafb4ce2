"""Writes notices into the outbox and behind the bell, in the transaction of their change."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.jobs import enqueue_many
from gapura.notifications.erasing import erase_messages as erase_messages
from gapura.notifications.erasing import forget_words as forget_words
from gapura.notifications.erasing import still_waiting as still_waiting
from gapura.notifications.models import Mail, Notice

SUBJECT = "Subject: "
# Links under this path do something for whoever has them, signed out: only the mailbox gets them.
_MAIL_ONLY, _INSTEAD = "/login/", "/account/security"

_carried_over: ContextVar[bool] = ContextVar("carried_over", default=False)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a notice is for; `person` None means someone without an account, who has no bell."""

    person: UUID | None
    name: str
    email: str
    language: str = "id"


@contextmanager
def carried_over() -> Iterator[None]:
    """Inside, every notice counts as sent long ago: for data that is only brought in from before.

    The bell shows it; no mail leaves.
    """
    token = _carried_over.set(True)
    try:
        yield
    finally:
        _carried_over.reset(token)


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell one recipient; the fields are the arguments of `notify`."""

    recipient: Recipient
    template: str
    context: Mapping[str, Any]
    bell: bool = True
    link: str = ""
    expires_at: datetime | None = None
    event: UUID | None = None


def notify(
    recipient: Recipient,
    template: str,
    context: Mapping[str, Any],
    *,
    bell: bool = True,
    link: str = "",
    expires_at: datetime | None = None,
    event: UUID | None = None,
) -> None:
    """Tell `recipient` by mail, and behind the bell, once the running transaction commits.

    `template` is a text whose first line is `Subject: ...`; it is rendered now, in the recipient's
    language. `link` is a path of this site; the bell leads to the security page in place of one
    that works signed out. A mail not sent before `expires_at` is dropped. With
    `event` (what `record` answered) the mail is a receipt and tells the entry's place in the log.

    :raises ValueError: for a template without a subject line.
    """
    notify_many([Message(recipient, template, context, bell, link, expires_at, event)])


def notify_many(messages: Iterable[Message]) -> int:
    """Tell many at once, each as `notify` does; answers how many.

    Three statements for any number of them up to some thousands: mails, notices, jobs. Each mail
    keeps a job of its own, so that an address nobody answers at holds up no other.

    :raises ValueError: as `notify`; then nobody is told.
    """
    now, is_old = clock.now(), _carried_over.get()
    mails: list[Mail] = []
    notices: list[Notice] = []
    for message in messages:
        # Whoever was erased has no address any more: nobody is left to be told.
        if not message.recipient.email:
            continue
        mail = _mail(message, now, is_old=is_old)
        mails.append(mail)
        person = message.recipient.person
        if message.bell and person is not None:
            notices.append(
                Notice(person=person, text=mail.subject, link=_shown(message.link), created_at=now)
            )
    with transaction.atomic():
        Mail.objects.bulk_create(mails)
        Notice.objects.bulk_create(notices)
        if not is_old:
            enqueue_many("notifications.send_mail", [{"mail": str(mail.id)} for mail in mails])
    return len(mails)


def _shown(link: str) -> str:
    """Where the bell leads: whoever is signed in now may be the one a notice warns of."""
    return _INSTEAD if link.startswith(_MAIL_ONLY) else link


def _mail(message: Message, now: datetime, *, is_old: bool) -> Mail:
    whom = message.recipient
    subject, body = _render(whom, message.template, message.context, message.link)
    return Mail(
        person=whom.person,
        template=message.template,
        address=whom.email,
        subject=subject,
        body=None if is_old else body,
        created_at=now,
        expires_at=message.expires_at,
        sent_at=now if is_old else None,
        event=message.event,
        language=whom.language,
    )


def subject_of(recipient: Recipient, template: str, context: Mapping[str, Any]) -> str:
    """The subject line that `notify` would write, in the recipient's language.

    :raises ValueError: for a template without a subject line.
    """
    return _render(recipient, template, context, "")[0]


def ring(
    recipient: Recipient, template: str, context: Mapping[str, Any], *, link: str = ""
) -> None:
    """Only the bell: the subject line of `template`, for what is not worth a mail.

    :raises ValueError: for a template without a subject line.
    """
    if recipient.person is not None:
        text = _render(recipient, template, context, link)[0]
        Notice.objects.create(
            person=recipient.person, text=text, link=_shown(link), created_at=clock.now()
        )


def _render(
    recipient: Recipient, template: str, context: Mapping[str, Any], link: str
) -> tuple[str, str]:
    values = {
        **context,
        "recipient": recipient,
        "address": settings.PUBLIC_URL + link,
        "site": settings.PUBLIC_URL,
    }
    with override(recipient.language):
        text = render_to_string(template, values)
    first, _, body = text.strip().partition("\n")
    if not first.startswith(SUBJECT):
        raise ValueError(f"{template} has no subject line")
    # A name with a line break must not become a second header (CWE-93).
    return " ".join(first.removeprefix(SUBJECT).split())[:200], body.strip() + "\n"


def mark_read(*, actor: Actor) -> int:
    """Mark all of the actor's notices as read; answers how many were new."""
    unread = Notice.objects.filter(person=actor.who, read_at__isnull=True)
    return unread.update(read_at=clock.now())
