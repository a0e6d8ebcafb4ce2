"""Activation: under a second factor the approved access begins to work, and one acts under it."""

from datetime import timedelta
from uuid import UUID

import pytest

from gapura.access.models import Grant
from gapura.accounts.models import Person
from gapura.authentication.hashing import hash_password
from gapura.authentication.models import Password
from gapura.journeys.activation import activate_grant
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from tests.access import world as access
from tests.authentication import world as authentication
from tests.authentication.world import Browser

Approved = tuple[Person, UUID]


@pytest.fixture
def approved(db: None) -> Approved:
    """Somebody with a password whose access as PPK was approved."""
    access.places()
    applicant = access.person("applicant", state="contact_verified")
    hashed = hash_password(authentication.PASSWORD)
    Password.objects.create(person=applicant, hash=hashed, changed_at=clock.now())
    return applicant, access.approved(applicant, access.verifier())


def test_with_the_app_the_person_goes_on_as_holder_of_the_role(approved: Approved) -> None:
    person, grant_id = approved
    browser = Browser().sign_in(person, authentication.with_app(person))
    before = browser.token
    answer = activate_grant(actor=browser.actor, grant_id=grant_id)
    assert answer is not None
    browser.keep(answer)
    assert browser.token != before
    assert (browser.actor.role, browser.actor.agency) == ("ppk", "T1")


def test_with_an_email_code_nothing_is_activated(approved: Approved) -> None:
    person, grant_id = approved
    browser = Browser().sign_in(person)
    with pytest.raises(Refused) as caught:
        activate_grant(actor=browser.actor, grant_id=grant_id)
    assert caught.value.verdict.only_needs_strength
    assert Grant.objects.get(pk=grant_id).state == "approved"


def test_an_access_that_begins_later_is_active_and_not_acted_under_yet(approved: Approved) -> None:
    person, grant_id = approved
    grant = Grant.objects.get(pk=grant_id)
    grant.valid = type(grant.valid)(clock.today() + timedelta(days=3), grant.valid.upper)
    grant.save()
    browser = Browser().sign_in(person, authentication.with_app(person))
    assert activate_grant(actor=browser.actor, grant_id=grant_id) is None
    assert Grant.objects.get(pk=grant_id).state == "active"
    assert browser.actor.grant is None
