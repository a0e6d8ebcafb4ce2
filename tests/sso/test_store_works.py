"""An authorization works while all that it rests on does: asked at each use, kept nowhere."""

from datetime import timedelta

import pytest

from gapura.access.models import Grant
from gapura.accounts.models import Person
from gapura.authentication import services as authentication
from gapura.authentication.models import AccountLock, Password, Session, Suspicion
from gapura.kernel import clock
from gapura.sso.models import Authorization, Client, Consent
from tests.authentication.world import SYSTEM, Browser, later, person
from tests.sso.world import authorization, client, found, session, stopped

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone() -> Person:
    return person()


@pytest.fixture
def browser(someone: Person) -> Browser:
    return Browser().sign_in(someone)


@pytest.fixture
def given(browser: Browser, someone: Person) -> Authorization:
    """Given in a real sign-in."""
    return authorization(by=someone, session=browser.view.id)


@pytest.fixture
def lasting(browser: Browser, someone: Person) -> Authorization:
    """The same with offline_access."""
    return authorization(by=someone, session=browser.view.id, offline=True)


def test_it_works_in_the_session_it_was_given_in(given: Authorization) -> None:
    assert found(given).works
    assert found(given).scopes == {"openid", "profile"}


def test_logout_ends_it_but_not_what_is_offline(
    browser: Browser, given: Authorization, lasting: Authorization
) -> None:
    authentication.sign_out(actor=browser.actor)
    assert stopped(given) == "session"
    assert found(lasting).works


def test_a_session_left_idle_ends_it_but_not_what_is_offline(
    given: Authorization, lasting: Authorization
) -> None:
    with later(minutes=29):
        assert found(given).works
    with later(minutes=31):
        assert stopped(given) == "session"
        assert found(lasting).works


def test_a_session_has_an_end_however_much_it_is_used(given: Authorization) -> None:
    with later(hours=12, minutes=1):
        Session.objects.filter(pk=given.session).update(last_seen_at=clock.now())
        assert stopped(given) == "session"


@pytest.mark.parametrize(("hours", "word"), [(7, ""), (9, "session")])
def test_an_administrators_session_ends_earlier(hours: int, word: str, someone: Person) -> None:
    """Eight hours instead of twelve: by the roles of the moment."""
    now = clock.now()
    Grant.objects.create(
        person=someone, role="admin_platform", state="active", valid=(now.date(), None),
        approved_at=now, activated_at=now, recorded_at=now,
    )  # fmt: skip
    begun = now - timedelta(hours=hours)
    inside = session(someone, created_at=begun, signed_in_at=begun)
    assert stopped(authorization(by=someone, session=inside.id)) == word


def test_signing_out_everywhere_ends_what_is_offline_too(
    browser: Browser, lasting: Authorization
) -> None:
    authentication.sign_out_everywhere(actor=browser.actor)
    assert stopped(lasting) == "session"


def test_signing_out_everywhere_reaches_what_outlived_its_own_session(
    browser: Browser, someone: Person, lasting: Authorization
) -> None:
    authentication.sign_out(actor=browser.actor)
    assert found(lasting).works
    another = Browser().sign_in(someone)
    with later(minutes=1):
        authentication.sign_out_everywhere(actor=another.actor)
        assert stopped(lasting) == "swept"


def test_one_session_ended_by_its_owner_leaves_others_alone(
    browser: Browser, someone: Person, lasting: Authorization
) -> None:
    another = Browser().sign_in(someone)
    elsewhere = authorization(by=someone, session=another.view.id, offline=True)
    authentication.end_session(actor=browser.actor, session=another.view.id)
    assert stopped(elsewhere) == "session"
    assert found(lasting).works


def test_a_new_password_ends_what_outlived_its_session(
    browser: Browser, someone: Person, lasting: Authorization
) -> None:
    """Password reset: whoever knew the old one may have allowed it."""
    authentication.sign_out(actor=browser.actor)
    Password.objects.filter(person=someone).update(changed_at=clock.now() + timedelta(seconds=1))
    assert stopped(lasting) == "password"


def test_a_new_password_leaves_the_session_it_was_set_in(
    someone: Person, given: Authorization
) -> None:
    Password.objects.filter(person=someone).update(changed_at=clock.now() + timedelta(seconds=1))
    assert found(given).works


def test_a_password_that_must_be_changed_comes_first(
    someone: Person, given: Authorization, lasting: Authorization
) -> None:
    Password.objects.filter(person=someone).update(must_change="compromised")
    assert {stopped(given), stopped(lasting)} == {"password"}


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_a_suspended_or_closed_account_has_no_applications(
    state: str, someone: Person, given: Authorization, lasting: Authorization
) -> None:
    Person.objects.filter(pk=someone.pk).update(state=state)
    assert {stopped(given), stopped(lasting)} == {"person"}


def test_a_locked_account_has_none_and_gets_the_old_ones_not_back(
    someone: Person, given: Authorization, lasting: Authorization
) -> None:
    authentication.lock_account(
        actor=SYSTEM, person=someone.id, why="recovery", reason="a stranger"
    )
    assert {stopped(given), stopped(lasting)} == {"locked"}
    AccountLock.objects.filter(person=someone).update(lifted_at=clock.now())
    assert stopped(given) == "session"
    # Its own session was ended by the lock; one that had ended before is swept along.
    Session.objects.filter(pk=lasting.session).update(end_reason="signed_out")
    assert stopped(lasting) == "swept"


def test_what_the_security_desk_did_ends_what_is_offline(
    browser: Browser, someone: Person, lasting: Authorization
) -> None:
    """Even when no session was open that it could have ended."""
    authentication.sign_out(actor=browser.actor)
    Suspicion.objects.create(
        person=someone, kind="travel", state="settled", action="end_sessions",
        found_at=clock.now(), seen_at=clock.now(), decided_at=clock.now(),
    )  # fmt: skip
    assert stopped(lasting) == "swept"


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_a_client_that_does_not_work_takes_all_with_it(state: str, given: Authorization) -> None:
    Client.objects.filter(pk=given.client_id).update(state=state)
    assert stopped(given) == "client"


def test_a_consent_taken_back_ends_what_was_given_under_it(
    someone: Person, given: Authorization, lasting: Authorization
) -> None:
    now = clock.now()
    Consent.objects.create(
        person=someone, client_id=given.client_id, scopes=["openid"],
        given_at=given.created_at, changed_at=given.created_at, withdrawn_at=now,
    )  # fmt: skip
    assert stopped(given) == "consent"
    assert found(lasting).works, "another client's"
    with later(minutes=1):
        again = authorization(of=given.client, by=someone, session=given.session)
        assert found(again).works, "given again"


def test_one_that_was_ended_stays_ended(given: Authorization) -> None:
    Authorization.objects.filter(pk=given.pk).update(ended_at=clock.now(), end_reason="revoked")
    assert stopped(given) == "ended"


def test_offline_has_an_end_after_ninety_days(lasting: Authorization) -> None:
    """ASVS 5.0 V10.4.8. Sessions are forgotten then, and with them how they ended."""
    with later(days=89, hours=23):
        assert found(lasting).works
    with later(days=90):
        assert stopped(lasting) == "too_old"


def test_offline_outlives_the_row_of_its_session(lasting: Authorization) -> None:
    Session.objects.filter(pk=lasting.session).delete()
    assert found(lasting).works


def test_a_session_of_somebody_else_holds_nothing_up(someone: Person) -> None:
    """A row that was moved to another person's session in the database."""
    stranger = session(person())
    assert stopped(authorization(by=someone, session=stranger.id)) == "session"


def test_a_session_that_is_only_being_opened_holds_nothing_up(someone: Person) -> None:
    half = session(someone, acr=0, methods="")
    assert stopped(authorization(of=client(), by=someone, session=half.id)) == "session"
