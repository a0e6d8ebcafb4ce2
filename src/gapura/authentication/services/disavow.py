"""“This was not me”: with the link of a notice whoever has the mailbox locks the account."""

from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import person_by_id
from gapura.authentication import events
from gapura.authentication.models import Session
from gapura.authentication.permissions import Can
from gapura.authentication.services.disavowals import take
from gapura.authentication.services.known_devices import forget_device
from gapura.authentication.services.locks import shut
from gapura.authentication.services.sessions import note
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


def disavow(*, actor: Actor, token: str) -> None:
    """Lock the account that a notice went to. The link works once, and signed out.

    All sessions end, no device is known any more, and the password has to be changed: the way back
    is a new password with a second factor.

    :raises DisavowalOver: the link was used, is too old, or was never sent.
    """
    require(actor, Can.DISAVOW)
    with transaction.atomic():
        link = take(token)
        person = person_by_id(link.person_id)
        note(actor, events.DISAVOWED, person, what=link.what)
        if link.session_id is not None:
            _forget_device_of(link.session_id)
        shut(actor, link.person_id, "not_me")


def _forget_device_of(session: UUID) -> None:
    device = Session.objects.filter(pk=session).values_list("device", flat=True).first()
    forget_device(device)
