"""Work that nobody asks for: rules look at the log, people and webhooks are told."""

from datetime import timedelta
from uuid import UUID

from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.jobs import job
from gapura.reports.services import deliver, mail_digest, queue_due, watch
from gapura.reports.services.counting import count_sign_ins, keep_figures
from gapura.reports.services.monthly import send_reports


@job(name="reports.watch", every="* * * * *")
def watch_the_log(timestamp: int) -> None:
    """Every minute: what is new in the log, and how things stand."""
    watch(actor=system_actor("alerts"))


@job(name="reports.digest", every="7 * * * *")
def send_digest(timestamp: int) -> None:
    """Every hour: one mail to each overseer for the alerts that are new."""
    mail_digest(actor=system_actor("alerts"))


@job(name="reports.deliver", retries=1)
def deliver_message(delivery: str) -> None:
    """One message to one webhook; the wait before the next try stands with the message."""
    deliver(actor=system_actor("webhooks"), delivery=UUID(delivery))


@job(name="reports.deliver_due", every="* * * * *")
def deliver_what_is_due(timestamp: int) -> None:
    """Every minute: messages whose wait is over."""
    queue_due(actor=system_actor("webhooks"))


@job(name="reports.count_sign_ins", every="7 * * * *")
def count_by_hour(timestamp: int) -> None:
    """Each hour: sign-ins by hour, from the log."""
    count_sign_ins(actor=system_actor("figures"))


@job(name="reports.keep_figures", every="*/20 * * * *")
def keep_pictures(timestamp: int) -> None:
    """Three times an hour: the pictures of the whole platform."""
    keep_figures(actor=system_actor("figures"))


@job(name="reports.send_monthly", every="40 23 * * *")
def send_monthly(timestamp: int) -> None:
    """Each morning (06:40 in Jakarta): the past month's, on the 1st or the next day that works."""
    month = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    send_reports(actor=system_actor("figures"), month=month)
