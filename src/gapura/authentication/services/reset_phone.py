"""A code by text message, for a new password where there is no app: a second channel."""

from contextlib import suppress
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext, override

from gapura.authentication import events
from gapura.authentication.errors import FlowOver
from gapura.authentication.methods import email_code
from gapura.authentication.permissions import Can
from gapura.authentication.rules import (
    CODE_LIFE,
    RESET_MESSAGES,
    RESET_MESSAGES_DAY,
    Method,
    Purpose,
    Step,
)
from gapura.authentication.services.proof import has_phone, person_of
from gapura.authentication.services.sessions import locked, note
from gapura.kernel import throttle
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.throttle import TooMany
from gapura.outside.errors import AuthorityDown
from gapura.outside.services import send_message


def send_reset_phone(*, actor: Actor) -> None:
    """Send a code to the proven number; the one before stops working. Not inside a transaction.

    :raises FlowOver: no new password waits for a code by text message.
    :raises TooMany: three messages in ten minutes, ten a day.
    :raises AuthorityDown: the gateway did not take it. A code that arrives all the same works.
    """
    require(actor, Can.RESET_PASSWORD)
    with transaction.atomic():
        row, flow = locked(actor, Step.RESET_FACTOR)
        person = person_of(row)
        if flow.method is not Method.PHONE_CODE or not has_phone(person):
            raise FlowOver()
        throttle.count(RESET_MESSAGES, str(person.id))
        throttle.count(RESET_MESSAGES_DAY, str(person.id))
        number = person.phone or ""
        issued = email_code.issue(row.id, Purpose.RESET_PHONE, person.id, number)
        note(actor, events.CODE_SENT, person, purpose=Purpose.RESET_PHONE.value)
    with override(person.language):
        text = gettext(
            "Gapura: %(code)s is your code for a new password. It works for %(minutes)s minutes. "
            "We never ask for it: tell it to nobody."
        ) % {"code": issued.code, "minutes": int(CODE_LIFE.total_seconds() // 60)}
    send_message(phone=number, channel="sms", text=text, key=f"reset-phone-{uuid4()}")


def send_first(actor: Actor) -> None:
    """The same when the step begins; what fails then can be asked for again on the page."""
    with suppress(TooMany, AuthorityDown):
        send_reset_phone(actor=actor)
