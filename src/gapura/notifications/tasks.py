"""Sends what waits in the outbox: at least once, under one Message-ID."""

import smtplib
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction

from gapura.kernel import clock
from gapura.kernel.jobs import enqueue, job
from gapura.notifications.models import Mail

TIMEOUT = 15


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.MAIL_FROM
    message["To"] = mail.address
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{urlsplit(settings.PUBLIC_URL).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body or "")
    return message


def _deliver(message: EmailMessage) -> None:
    make = smtplib.SMTP_SSL if settings.SMTP_TLS == "tls" else smtplib.SMTP
    with make(settings.SMTP_HOST, settings.SMTP_PORT, timeout=TIMEOUT) as line:
        if settings.SMTP_TLS == "starttls":
            line.starttls()
        if settings.SMTP_USER:
            line.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
        line.send_message(message)


@job(name="notifications.send_mail", retries=30)
def send_mail(mail: str) -> None:
    """Send one mail unless it is sent or expired; the row's lock keeps two workers apart."""
    with transaction.atomic():
        row = Mail.objects.select_for_update(skip_locked=True).filter(pk=UUID(mail)).first()
        if row is None or row.body is None:
            return
        if row.expires_at and row.expires_at <= clock.now():
            row.dropped = "expired"
        else:
            _deliver(_message(row))
            row.sent_at = clock.now()
        row.body = None
        row.save(update_fields=["body", "sent_at", "dropped"])


@job(name="notifications.sweep", every="*/5 * * * *")
def sweep(timestamp: int) -> None:
    """Queue again what still waits after its own job gave up (a mail server down for hours)."""
    stale = (
        Mail.objects.filter(body__isnull=False).order_by("created_at").values_list("id", flat=True)
    )
    for mail in stale[:500]:
        enqueue("notifications.send_mail", mail=str(mail))
