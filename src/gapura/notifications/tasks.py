"""Sends what waits in the outbox: at least once, under one Message-ID."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection

from gapura.kernel import clock
from gapura.kernel.jobs import enqueue, enqueue_later, job
from gapura.notifications.models import Mail
from gapura.notifications.receipts import must_wait, receipt_lines

TIMEOUT = 15
AGAIN = timedelta(seconds=1)


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.MAIL_FROM
    message["To"] = mail.address
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{urlsplit(settings.PUBLIC_URL).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content((mail.body or "") + receipt_lines(mail))
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
    """Send one mail unless it is sent or expired; a lock keeps two workers apart.

    No transaction is open meanwhile: the log is sealed only up to the oldest one, and a mail server
    may take long. A receipt waits some seconds for its place in the log.
    """
    with _alone(mail) as alone:
        row = Mail.objects.filter(pk=UUID(mail)).first() if alone else None
        if row is None or row.body is None:
            return
        if must_wait(row):
            enqueue_later("notifications.send_mail", AGAIN, mail=mail)
            return
        if row.expires_at and row.expires_at <= clock.now():
            row.dropped = "expired"
        else:
            _deliver(_message(row))
            row.sent_at = clock.now()
        row.body = None
        row.save(update_fields=["body", "sent_at", "dropped"])


@contextmanager
def _alone(mail: str) -> Iterator[bool]:
    """Whether this connection now holds the mail; a lost connection lets it go."""
    key = UUID(mail).int & (2**63 - 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        held = bool((cursor.fetchone() or (False,))[0])
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@job(name="notifications.sweep", every="*/5 * * * *")
def sweep(timestamp: int) -> None:
    """Queue again what still waits after its own job gave up (a mail server down for hours)."""
    stale = (
        Mail.objects.filter(body__isnull=False).order_by("created_at").values_list("id", flat=True)
    )
    for mail in stale[:500]:
        enqueue("notifications.send_mail", mail=str(mail))
