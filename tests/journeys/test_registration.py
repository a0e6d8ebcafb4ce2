"""Registration: account, password and code come together or not at all."""

from dataclasses import replace
from datetime import date

import pytest

from gapura.accounts.models import Person
from gapura.accounts.queries import Details
from gapura.authentication.models import Password, Session
from gapura.authentication.rules import Step
from gapura.journeys.registration import (
    NumbersDiffer,
    register_person,
    registration_problems,
)
from gapura.kernel.actor import Actor
from gapura.kernel.problems import FieldProblems
from gapura.notifications.models import Mail
from gapura.organizations.models import Agency
from tests.accounts.people import details, nik
from tests.authentication import world
from tests.authentication.world import PASSWORD, at_once, mails
from tests.jobs import do_jobs

HERE = Actor(ip="203.0.113.9", user_agent="test", language="id")


def sound(**changes: str) -> Details:
    """A registration without any problem at an agency that exists, under the first rules."""
    Agency.objects.get_or_create(code="K16", defaults={"name": "Kesehatan", "kind": "ministry"})
    return details(**changes)


@pytest.mark.django_db
def test_account_password_and_code_come_together() -> None:
    told = sound()
    begun = register_person(actor=HERE, details=told, password=PASSWORD)
    someone = Person.objects.get(username=told.username)
    assert begun.step is Step.CONFIRM_EMAIL
    assert Password.objects.filter(person=someone).exists()
    assert mails(someone) == ["confirm_email_code"]


@pytest.mark.django_db
def test_a_weak_password_leaves_nothing_behind() -> None:
    told = sound()
    with pytest.raises(FieldProblems) as refused:
        register_person(actor=HERE, details=replace(told, name="1"), password="kesehatan")
    assert set(refused.value.fields) == {"name", "password"}
    assert not Person.objects.exists()
    assert not Session.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("closed_on", [None, date(2020, 1, 1)])
def test_an_agency_that_is_not_there_or_closed_is_named(closed_on: date | None) -> None:
    told = sound(agency="K16" if closed_on else "Z99")
    Agency.objects.update(closed_on=closed_on)
    found = registration_problems(actor=HERE, details=told, password=PASSWORD)
    assert set(found) == {"agency"}


@pytest.mark.django_db
def test_numbers_that_differ_ask_for_a_second_look() -> None:
    told = sound(nik=nik(date(1970, 1, 1), woman=True))
    with pytest.raises(NumbersDiffer) as asked:
        register_person(actor=HERE, details=told, password=PASSWORD)
    assert asked.value.warnings
    register_person(actor=HERE, details=told, password=PASSWORD, compared=True)
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_an_address_in_use_gets_the_same_answer_and_only_its_owner_a_mail() -> None:
    """Attack: find out who has an account."""
    owner = world.person()
    told = sound(email=owner.email)
    begun = register_person(actor=HERE, details=told, password=PASSWORD)
    assert begun.step is Step.CONFIRM_EMAIL
    do_jobs("accounts.tell_holder")
    assert mails(owner) == ["already_registered"]
    assert len([mail for mail in Mail.objects.all() if not mail.address.endswith(".invalid")]) == 1


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_the_same_moment_makes_one_account() -> None:
    told = sound()
    answers = at_once(2, lambda _: register_person(actor=HERE, details=told, password=PASSWORD))
    assert not [a for a in answers if isinstance(a, Exception)], answers
    assert Person.objects.filter(username=told.username).count() == 1
