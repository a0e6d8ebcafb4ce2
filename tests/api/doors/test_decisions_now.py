"""A decision is of this moment: what ended a second ago is refused by the next question."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from gapura.access.models import Grant
from gapura.access.services import revoke
from gapura.accounts.models import Person
from gapura.authentication.models import AccountLock, Password
from gapura.authentication.services import issue_token
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.organizations.models import AppointmentLetter
from tests.api.doors.asking import MANY, about, check, decided, send
from tests.personas import Personas

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def token(transactional_db: None, personas: Personas) -> str:
    return issue_token(
        actor=system_actor("console"), name="spse", scopes=["decisions"], days=1
    ).token


def test_a_role_that_ended_a_second_ago_is_refused_by_the_next_question(token: str) -> None:
    assert decided(token, about("ppk"))[0]
    grant = Grant.objects.get(person__username="ppk", role="ppk")
    revoke(actor=system_actor("test"), grants=[grant.id], reason="the office ended")
    allowed, why = decided(token, about("ppk"))
    assert (allowed, why["code"]) == (False, "grant_stopped")
    assert "It has ended." in why["reason_user"]["en"]


def test_a_letter_revoked_a_second_ago_ends_what_rests_on_it(token: str) -> None:
    letter = Grant.objects.get(person__username="ppk", role="ppk").letter
    assert letter is not None
    AppointmentLetter.objects.filter(pk=letter.pk).update(revoked_at=clock.now())
    allowed, why = decided(token, about("ppk"))
    assert (allowed, why["code"]) == (False, "grant_stopped")
    assert why["reason_user"]["en"] == "The appointment letter was revoked."


def test_a_role_whose_days_are_over_is_refused(token: str) -> None:
    grant = Grant.objects.get(person__username="ppk", role="ppk")
    end = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_grant SET valid = daterange(%s, %s) WHERE id = %s",
            [end - timedelta(days=9), end, grant.id],
        )
    assert decided(token, about("ppk"))[1]["code"] == "grant_stopped"


def test_whoever_is_suspended_may_nothing_at_once(token: str) -> None:
    answers = {
        "suspended": "account_not_in_use",
        "closed": "account_not_in_use",
        "needs_reverification": "grant_stopped",
    }
    for state, code in answers.items():
        Person.objects.filter(username="ppk").update(state=state)
        allowed, why = decided(token, about("ppk"))
        assert (allowed, why["code"]) == (False, code)


def test_a_locked_account_and_a_demanded_password_are_refused_at_once_in_both_doors(
    token: str,
) -> None:
    """Attack: a thief whose account was locked goes on in every application that asks here."""
    person = Person.objects.get(username="ppk").pk
    lock = AccountLock.objects.create(person_id=person, why="desk", locked_at=clock.now())
    assert _told(token) == (False, "account_locked")
    Password.objects.filter(person=person).update(must_change="compromised")
    assert _told(token) == (False, "account_locked"), "the graver of the two"
    AccountLock.objects.filter(pk=lock.pk).update(lifted_at=clock.now())
    assert _told(token) == (False, "password_change_due")
    Password.objects.filter(person=person).update(must_change="")
    assert _told(token) == (True, "allowed")


def _told(token: str) -> tuple[bool, str]:
    """The one answer of the single door and of the batch."""
    allowed, why = decided(token, about("ppk"))
    reply = send(MANY, {**about("ppk"), "evaluations": [{}, {}]}, token)
    for one in json.loads(reply.body)["evaluations"]:
        check(one)
        assert (one["decision"], one["context"]["code"]) == (allowed, why["code"])
    return allowed, why["code"]
