"""Whatever changes how somebody gets in is told in every way there is, with a link that locks."""

import re
from collections.abc import Iterator

import pytest
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from gapura.accounts import services as accounts
from gapura.accounts.models import ContactChange, Person, PhoneCode
from gapura.authentication import services
from gapura.authentication.queries import disavowal_for
from gapura.authentication.services.disavowals import PAGE
from gapura.config.settings import Endpoint
from gapura.kernel import clock
from gapura.notifications.models import Mail
from tests.authentication.world import (
    OTHER_PASSWORD,
    PASSWORD,
    Browser,
    later,
    mailed_code,
    person,
    with_app,
)

pytestmark = pytest.mark.django_db
NEW = "rara.lain@contoh.go.id"
PHONE = "+6281355577001"


@pytest.fixture(autouse=True)
def _gateway() -> Iterator[None]:
    """Messages can be sent; the jobs that send them are looked at and not run."""
    with override_settings(OUTSIDE={"messages": Endpoint("http://127.0.0.1:9/messages", "x")}):
        yield


def _owner() -> Person:
    return person(phone=PHONE, phone_verified_at=clock.now())


def _told_to_phone() -> list[str]:
    rows = ProcrastinateJob.objects.filter(task_name="authentication.tell_phone").order_by("id")
    return [row.args["subject"] for row in rows]


def _link_in(owner: Person, mail: str) -> str:
    """What the link "this was not me" in the newest such mail is about."""
    rows = Mail.objects.filter(person=owner.id, template__endswith=f"/{mail}.txt")
    body = rows.latest("created_at", "id").body or ""
    link = re.search(rf"{PAGE}(\S+)", body)
    assert link, body
    return disavowal_for(link[1]).what


def test_new_backup_codes_are_told_everywhere() -> None:
    """Attack: at a browser left open, make backup codes that get in tomorrow, unnoticed."""
    owner = _owner()
    here = Browser().sign_in(owner, with_app(owner))
    services.make_recovery_codes(actor=here.actor)
    assert "backup codes" in _link_in(owner, "recovery_codes_made")
    assert len(_told_to_phone()) == 1


def test_a_new_password_is_told_everywhere() -> None:
    """Attack: change the password and delete the one mail about it from a taken mailbox."""
    owner = _owner()
    here = Browser().sign_in(owner)
    here.keep(services.change_password(actor=here.actor, current=PASSWORD, new=OTHER_PASSWORD))
    assert "password" in _link_in(owner, "password_changed")
    assert len(_told_to_phone()) == 1


def test_a_new_address_is_told_everywhere_as_it_is_entered_and_as_it_counts() -> None:
    """Attack: move the account to another mailbox while the present one is in the same hands."""
    owner = _owner()
    here = Browser().sign_in(owner)
    services.begin_email_change(actor=here.actor, email=NEW)
    assert "e-mail" in _link_in(owner, "email_change_begun")
    services.finish_email_change(actor=here.actor, code=mailed_code(owner, "change_email"))
    assert "e-mail" in _link_in(owner, "email_changed")
    assert len(_told_to_phone()) == 2
    told = Mail.objects.filter(person=owner.id, template__startswith="accounts/")
    assert {mail.address for mail in told} == {owner.email}, "the one before, not the new one"


def test_a_removed_number_is_told_itself_and_the_mailbox_can_lock_the_account() -> None:
    """Attack: take the number off first, so that nothing later is told there."""
    owner = _owner()
    here = Browser().sign_in(owner)
    accounts.remove_phone(actor=here.actor)
    assert "telephone" in _link_in(owner, "phone_changed")
    row = PhoneCode.objects.get(person=owner)
    assert row.old_phone == PHONE
    job = ProcrastinateJob.objects.get(task_name="accounts.tell_old_phone")
    change = ContactChange.objects.get(person=owner)
    assert job.args == {"code": str(row.pk), "change": str(change.pk)}


def test_the_link_works_from_the_old_mailbox_after_the_address_changed() -> None:
    """Attack: be done with the change before the owner reads mail."""
    owner = _owner()
    thief = Browser().sign_in(owner)
    services.begin_email_change(actor=thief.actor, email=NEW)
    services.finish_email_change(actor=thief.actor, code=mailed_code(owner, "change_email"))
    rows = Mail.objects.filter(person=owner.id, template__endswith="/email_changed.txt")
    token = re.search(rf"{PAGE}(\S+)", rows.get().body or "")
    assert token
    with later(hours=30):
        services.disavow(actor=Browser(ip="203.0.113.9").actor, token=token[1])
        assert not thief.actor.signed_in
