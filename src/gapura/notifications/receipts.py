"""The end of a receipt mail: where its step stands in the log, known only after it was sealed."""

from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from gapura.audit.queries import receipt_of
from gapura.kernel import clock
from gapura.notifications.models import Mail

# Sealing takes a second or two; whoever waits for a mail does not notice as much again.
PATIENCE = timedelta(seconds=8)


def must_wait(mail: Mail) -> bool:
    """Whether the mail is a receipt whose entry has no place in the log yet, and is still new."""
    if mail.event is None or clock.now() - mail.created_at > PATIENCE:
        return False
    return receipt_of(mail.event).index is None


def receipt_lines(mail: Mail) -> str:
    """What is added to the text: number, root and where to check them, else where they will be.

    Empty for a mail that is no receipt.
    """
    if mail.event is None:
        return ""
    receipt = receipt_of(mail.event)
    values = {"receipt": receipt, "address": settings.PUBLIC_URL + receipt.link}
    with override(mail.language):
        return "\n" + render_to_string("notifications/receipt.txt", values).strip() + "\n"
