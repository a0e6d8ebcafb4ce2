"""Sessions: fixation, theft after the end, idle and old ones, other people's, roles."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.access.models import Grant
from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.errors import NoSuchGrant, NoSuchSession
from gapura.authentication.models import Session
from gapura.authentication.queries import factors_of, session_for, sessions_of, sign_in_rules
from gapura.authentication.services.tidying import forget_old
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.organizations.models import Agency, Unit
from tests.authentication.world import (
    CHROME,
    SYSTEM,
    Browser,
    app_code,
    events,
    later,
    mails,
    person,
    with_app,
)


@pytest.mark.django_db
def test_fixation_the_token_changes_at_each_step() -> None:
    someone = person()
    secret, here, seen = with_app(someone), Browser(), []
    here.begin(someone.username)
    seen.append(here.token)
    here.finish(app_code(secret, -1))
    seen.append(here.token)
    services.start_step_up(actor=here.actor)
    here.keep(services.finish_step_up(actor=here.actor, code=app_code(secret)))
    assert here.actor.signed_in
    assert len({*seen, here.token}) == 3
    assert not any(Browser(token=old).look()[1] for old in seen)


@pytest.mark.django_db
def test_a_planted_token_of_our_own_making_gets_nothing() -> None:
    someone = person()
    attacker = Browser(ip="198.51.100.66")
    attacker.begin(someone.username)
    planted = attacker.token
    victim = Browser(token=planted)
    victim.sign_in(someone)
    assert victim.token != planted
    assert session_for(planted) is None


@pytest.mark.django_db
def test_only_the_hash_of_the_token_is_kept() -> None:
    here = Browser().sign_in(person())
    row = Session.objects.get(pk=here.view.id)
    assert here.token not in row.token_hash
    assert len(here.token) == 43


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 100_000, "\ud800", "\0", "' OR 1=1 --"])
def test_a_made_up_token_is_nobody(token: str) -> None:
    actor, view = Browser(token=token).look()
    assert view is None
    assert actor.person is None
    assert not actor.signed_in


@pytest.mark.django_db
def test_while_a_sign_in_is_under_way_the_actor_is_nobody() -> None:
    someone, here = person(), Browser()
    here.begin(someone.username)
    assert here.actor.person is None
    assert here.actor.session == here.view.id
    with pytest.raises(Refused):
        factors_of(here.actor)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_a_suspended_persons_sessions_die_at_once(state: str) -> None:
    someone = person()
    here = Browser().sign_in(someone)
    Person.objects.filter(pk=someone.pk).update(state=state)
    assert here.look()[1] is None
    assert not here.actor.signed_in


@pytest.mark.django_db
def test_a_stolen_cookie_is_dead_after_signing_out() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    services.sign_out(actor=here.actor)
    assert not here.actor.signed_in
    services.sign_out(actor=here.actor)
    assert len(events("authentication.session.signed_out", someone)) == 1


@pytest.mark.django_db
def test_signing_out_everywhere_ends_all_and_flows_too() -> None:
    someone = person()
    first, second, third = Browser().sign_in(someone), Browser().sign_in(someone), Browser()
    third.begin(someone.username)
    assert services.sign_out_everywhere(actor=first.actor) == 3
    assert [b.look()[1] for b in (first, second, third)] == [None, None, None]
    assert events("authentication.session.signed_out_everywhere", someone) == [{"sessions": 3}]


@pytest.mark.django_db
def test_ending_the_others_leaves_this_one() -> None:
    someone = person()
    first, second = Browser().sign_in(someone), Browser().sign_in(someone)
    assert services.end_other_sessions(actor=first.actor) == 1
    assert first.actor.signed_in
    assert not second.actor.signed_in


@pytest.mark.django_db
def test_another_persons_session_cannot_be_ended() -> None:
    mine, theirs = Browser().sign_in(person()), Browser().sign_in(person())
    for session in (theirs.view.id, uuid4()):
        with pytest.raises(NoSuchSession):
            services.end_session(actor=mine.actor, session=session)
    assert theirs.actor.signed_in
    services.end_session(actor=theirs.actor, session=theirs.view.id)
    assert not theirs.actor.signed_in


@pytest.mark.django_db
def test_the_list_shows_ones_own_devices_this_one_first() -> None:
    someone = person()
    Browser().sign_in(person())
    Browser(ip="198.51.100.4", user_agent=CHROME).sign_in(someone)
    here = Browser().sign_in(someone)
    Browser(ip="198.51.100.5", user_agent=CHROME).sign_in(someone)
    devices = sessions_of(here.actor)
    assert [d.is_this for d in devices] == [True, False, False]
    assert [d.device for d in devices] == ["Firefox, Linux", "Chrome, Windows", "Chrome, Windows"]
    assert devices[0].ip == "203.0.113.7"


@pytest.mark.django_db
def test_an_idle_session_ends_after_thirty_minutes() -> None:
    here = Browser().sign_in(person())
    with later(minutes=29):
        assert here.actor.signed_in
    with later(minutes=58):
        assert here.actor.signed_in
        assert here.view.seconds_left > 29 * 60
    with later(minutes=89):
        assert not here.actor.signed_in


@pytest.mark.django_db
def test_a_session_in_use_ends_after_twelve_hours() -> None:
    here, began = Browser().sign_in(person()), clock.now()
    for minutes in range(0, 12 * 60, 20):
        with clock.frozen(began + timedelta(minutes=minutes)):
            assert here.actor.signed_in
    with clock.frozen(began + timedelta(hours=12)):
        assert not here.actor.signed_in


@pytest.mark.django_db
def test_who_acts_takes_two_queries_and_a_third_once_a_minute() -> None:
    here = Browser().sign_in(person())
    assert here.actor.signed_in
    with CaptureQueriesContext(
        connection,
    ) as first:
        assert here.actor.signed_in
    assert len(first) == 2
    with later(seconds=61):
        with CaptureQueriesContext(connection) as second:
            assert here.actor.signed_in
        with CaptureQueriesContext(connection) as third:
            assert here.actor.signed_in
    assert (len(second), len(third)) == (3, 2)
    with CaptureQueriesContext(connection) as nobody:
        Browser(token="x").look()
    assert len(nobody) == 1


@pytest.mark.django_db
def test_the_rule_says_how_many_sessions_a_person_has_at_once() -> None:
    most = sign_in_rules("sessions_at_once", "other")["most"]
    someone = person()
    secret = with_app(someone)
    browsers = []
    for number in range(most + 2):
        with clock.frozen(clock.now() + timedelta(seconds=30 * number)):
            browsers.append(Browser(ip=f"198.51.100.{number}").sign_in(someone, secret))
    live = Session.objects.filter(person=someone, acr__gt=0, ended_at__isnull=True)
    assert live.count() == most
    assert not browsers[0].actor.signed_in


@pytest.mark.django_db
def test_a_device_not_seen_before_is_told_by_mail_the_first_is_not() -> None:
    someone = person()
    here = Browser(ip="203.0.113.7").sign_in(someone)
    here.ip, here.user_agent = "198.51.100.99", CHROME
    here.sign_in(someone)
    assert "new_device" not in mails(someone)
    Browser(ip="203.0.113.7").sign_in(someone)
    assert mails(someone)[-1] == "new_device"
    assert events("authentication.session.signed_in", someone)[-1]["new_device"] is True


@pytest.fixture
def two_grants(db: None) -> tuple[Person, list[Grant]]:
    someone, now = person(), clock.now()
    Agency.objects.create(code="T1", name="Agency", kind="ministry")
    grants = []
    for number, role in enumerate(("ppk", "pp"), start=1):
        Unit.objects.create(code=f"T1.{number}", agency_id="T1", name="Unit", zone=clock.JAKARTA)
        grants.append(
            Grant.objects.create(
                person=someone,
                role=role,
                agency_id="T1",
                unit_id=f"T1.{number}",
                state="active",
                valid=(date(2020, 1, 1), None),
                approved_at=now,
                activated_at=now + timedelta(seconds=number),
                recorded_at=now,
            )
        )
    return someone, grants


def test_a_role_that_needs_strength_stays_shut_after_an_email_code(
    two_grants: tuple[Person, list[Grant]],
) -> None:
    someone, (first, _) = two_grants
    here = Browser().sign_in(someone)
    assert here.actor.grant is None
    assert len(here.actor.grants) == 2
    with pytest.raises(Refused) as refusal:
        services.switch_grant(actor=here.actor, grant=first.id)
    assert refusal.value.verdict.only_needs_strength


def test_switching_roles_gives_a_new_token(two_grants: tuple[Person, list[Grant]]) -> None:
    someone, (first, second) = two_grants
    here = Browser().sign_in(someone, with_app(someone))
    assert here.actor.grant
    assert here.actor.grant.id == first.id
    old = here.token
    here.keep(services.switch_grant(actor=here.actor, grant=second.id))
    assert here.actor.role == "pp"
    assert session_for(old) is None
    switched = events("authentication.session.grant_switched", someone)
    assert switched == [{"role": "pp", "unit": "T1.2"}]


def test_a_grant_that_ended_falls_back_to_the_first(
    two_grants: tuple[Person, list[Grant]],
) -> None:
    someone, (first, second) = two_grants
    here = Browser().sign_in(someone, with_app(someone))
    here.keep(services.switch_grant(actor=here.actor, grant=second.id))
    Grant.objects.filter(pk=second.pk).update(state="revoked", ended_at=clock.now())
    assert here.actor.grant
    assert here.actor.grant.id == first.id
    with pytest.raises(NoSuchGrant):
        services.switch_grant(actor=here.actor, grant=second.id)


@pytest.mark.django_db
def test_old_rows_are_forgotten_and_known_devices_kept() -> None:
    someone, flow = person(), Browser()
    Browser().sign_in(someone)
    flow.begin(someone.username)
    with later(days=2):
        forget_old(actor=SYSTEM)
        assert Session.objects.count() == 1
    with later(days=91):
        forget_old(actor=SYSTEM)
    assert Session.objects.count() == 0
