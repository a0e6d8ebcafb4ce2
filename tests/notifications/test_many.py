"""Telling many at once gives what telling each of them gives, in as few statements."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from gapura.kernel import clock
from gapura.kernel.holdings import Table
from gapura.kernel.ids import uuid7
from gapura.notifications.holdings import NOTICES
from gapura.notifications.models import Mail, Notice
from gapura.notifications.services import (
    Message,
    Recipient,
    carried_over,
    notify,
    notify_many,
)

pytestmark = pytest.mark.django_db
TEMPLATE = "access/mail/grants_ending.txt"


def message(number: int, **more: Any) -> Message:
    """To somebody of their own; every second one reads English."""
    language = "en" if number % 2 else "id"
    whom = Recipient(uuid7(), f"Orang {number}", f"o{number}@contoh.go.id", language)
    values = {"count": number + 2, "first": clock.today()}
    return Message(whom, TEMPLATE, values, link="/people/expiring", **more)


def statements_of(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as sent:
        act()
    return len(sent)


def rows() -> list[list[tuple[Any, ...]]]:
    """What stands in the outbox and behind the bell, without what is always different."""
    mails = Mail.objects.values_list(
        "person", "template", "address", "subject", "body", "expires_at", "dropped"
    )
    notices = Notice.objects.values_list("person", "text", "link")
    # In the database an address is sealed, and no order can be read from it.
    return [sorted(mails, key=lambda row: row[2]), sorted(notices)]


def test_many_take_as_many_statements_as_one() -> None:
    one = statements_of(lambda: notify_many([message(0)]))
    assert statements_of(lambda: notify_many(message(number) for number in range(50))) == one
    assert Mail.objects.count() == Notice.objects.count() == 51


def test_many_get_what_each_would_get_alone() -> None:
    until = clock.now() + timedelta(hours=1)
    told = [message(0), message(1), message(2, bell=False), message(3, expires_at=until)]
    told.append(Message(Recipient(None, "Tanpa Akun", "z@contoh.go.id"), *_what(told[0])))
    assert notify_many(told) == 5
    together = rows()
    Mail.objects.all().delete()
    Notice.objects.all().delete()
    for each in told:
        more: dict[str, Any] = {"bell": each.bell, "link": each.link, "expires_at": each.expires_at}
        notify(each.recipient, each.template, each.context, **more)
    assert rows() == together
    assert [len(part) for part in together] == [5, 3]


@pytest.mark.parametrize("link", ["/login/undo/geheim", "/login/not-me/geheim"])
def test_a_link_that_works_signed_out_goes_into_the_mail_only(link: str) -> None:
    """Attack: with a session left open take the owner's own change back, or lock the owner out."""
    whom = message(1).recipient
    notify(whom, "accounts/mail/email_changed.txt", {"new_email": "b", "until": None}, link=link)
    assert link in (Mail.objects.get().body or "")
    assert Notice.objects.get().link == "/account/security"
    assert isinstance(NOTICES.read, Table)
    assert "link" not in NOTICES.read.columns


def _what(of: Message) -> tuple[Any, ...]:
    return of.template, of.context


def test_each_mail_has_a_job_of_its_own() -> None:
    notify_many(message(number) for number in range(5))
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.send_mail")
    waiting = {str(mail) for mail in Mail.objects.values_list("id", flat=True)}
    assert {job.args["mail"] for job in jobs} == waiting


def test_nobody_is_told_when_one_text_cannot_be_made() -> None:
    with pytest.raises(Exception, match=r"nothing\.txt"):
        notify_many([message(0), Message(message(1).recipient, "access/mail/nothing.txt", {})])
    assert not Mail.objects.exists()


def test_what_is_brought_in_from_before_leaves_no_mail_waiting() -> None:
    with carried_over():
        notify_many(message(number) for number in range(3))
    assert Notice.objects.count() == 3
    assert not Mail.objects.filter(body__isnull=False).exists()
    assert not ProcrastinateJob.objects.filter(task_name="notifications.send_mail").exists()


def test_nobody_to_tell_is_nothing_to_do() -> None:
    assert notify_many([]) == 0
    assert not Mail.objects.exists()
