"""The security desk: one administrator proposes, another agrees; nobody about themselves."""

from collections.abc import Callable

import pytest

from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.errors import BadDecision, NoPassword, NoSuchSuspicion
from gapura.authentication.models import Password, Session, Suspicion
from gapura.authentication.queries import lock_of, suspicion_for, suspicions_for
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from tests.authentication.desk import REASON, acting, admin, proposed, suspicion
from tests.authentication.world import Browser, at_once, events, mails, person, with_app

pytestmark = pytest.mark.django_db
HOME = "T1"


def someone_at_home() -> Person:
    return person(agency=HOME)


def live(someone: Person) -> int:
    return Session.objects.filter(person=someone, acr__gt=0, ended_at__isnull=True).count()


def test_nothing_happens_before_another_agrees() -> None:
    someone, one, other = person(), admin(), admin()
    Browser().sign_in(someone)
    row = proposed(someone, one)
    assert row.state == "proposed"
    assert lock_of(someone.id) is None
    assert live(someone) == 1
    services.agree_action(actor=other, suspicion_id=row.id)
    row.refresh_from_db()
    assert (row.state, row.decided_by_id) == ("settled", other.person)
    lock = lock_of(someone.id)
    assert lock
    assert (lock.why, lock.locked_by) == ("desk", other.person)
    assert live(someone) == 0
    assert events("authentication.suspicion.settled", someone)[0]["action"] == "lock"


@pytest.mark.parametrize("action", ["end_sessions", "new_password", "suspend"])
def test_each_act_ends_what_is_open_and_tells_the_owner(action: str) -> None:
    someone, one, other = person(), admin(), admin()
    Browser().sign_in(someone)
    row = proposed(someone, one, action)
    services.agree_action(actor=other, suspicion_id=row.id)
    assert live(someone) == 0
    someone.refresh_from_db()
    assert (someone.state == "suspended") == (action == "suspend")
    demanded = Password.objects.get(person=someone).must_change
    assert demanded == ("compromised" if action == "new_password" else "")
    told = {"end_sessions": "sessions_ended", "new_password": "password_demanded"}
    assert mails(someone)[-1] == told.get(action, "suspended")


def test_a_new_password_that_cannot_be_demanded_leaves_everything_as_it_was() -> None:
    someone, one, other = person(), admin(), admin()
    row = proposed(someone, one, "new_password")
    Password.objects.filter(person=someone).delete()
    with pytest.raises(NoPassword):
        services.agree_action(actor=other, suspicion_id=row.id)
    row.refresh_from_db()
    assert row.state == "proposed"


def test_nobody_agrees_to_their_own_proposal_or_dismisses_over_it() -> None:
    """Attack: one administrator does it all."""
    someone, one = person(), admin()
    row = proposed(someone, one)
    with pytest.raises(Refused):
        services.agree_action(actor=one, suspicion_id=row.id)
    with pytest.raises(Refused):
        services.dismiss_suspicion(actor=one, suspicion_id=row.id, reason=REASON)
    for_them = acting(person(), "admin_platform", principal=one.username)
    with pytest.raises(Refused):
        services.agree_action(actor=for_them, suspicion_id=row.id)
    assert lock_of(someone.id) is None


def test_an_agency_proposes_and_the_platform_suspends() -> None:
    someone = someone_at_home()
    one, other = admin("admin_instansi", HOME), admin("admin_instansi", HOME)
    row = proposed(someone, one, "suspend")
    with pytest.raises(Refused):
        services.agree_action(actor=other, suspicion_id=row.id)
    services.agree_action(actor=admin(), suspicion_id=row.id)
    someone.refresh_from_db()
    assert someone.state == "suspended"


def test_two_of_an_agency_lock_one_of_theirs() -> None:
    someone = someone_at_home()
    row = proposed(someone, admin("admin_instansi", HOME))
    services.agree_action(actor=admin("admin_instansi", HOME), suspicion_id=row.id)
    assert lock_of(someone.id)


WRONG: dict[str, Callable[[Person], Actor]] = {
    "another agency": lambda p: admin("admin_instansi", "T2"),
    "a part of the agency": lambda p: admin("admin_instansi", HOME, reach="T1/x/"),
    "a verifier": lambda p: admin("verifikator", HOME),
    "the helpdesk": lambda p: admin("helpdesk"),
    "the auditor": lambda p: admin("apip", HOME),
    "a code by e-mail": lambda p: admin(acr=1),
    "the person": lambda p: acting(p, "admin_platform"),
    "in the person's place": lambda p: admin(principal=p.username),
    "nobody": lambda p: Actor(),
}


@pytest.mark.parametrize("who", WRONG)
def test_others_find_nothing_and_do_nothing(who: str) -> None:
    someone = someone_at_home()
    row, wrong = proposed(someone, admin()), WRONG[who](someone)
    with pytest.raises(NoSuchSuspicion):
        suspicion_for(wrong, row.id)
    acts: tuple[Callable[[], object], ...] = (
        lambda: services.agree_action(actor=wrong, suspicion_id=row.id),
        lambda: services.decline_action(actor=wrong, suspicion_id=row.id, reason=REASON),
        lambda: services.dismiss_suspicion(actor=wrong, suspicion_id=row.id, reason=REASON),
        lambda: services.cut_sessions(actor=wrong, suspicion_id=row.id, reason=REASON),
        lambda: services.propose_action(
            actor=wrong, suspicion_id=row.id, action="lock", reason=REASON
        ),
    )
    for act in acts:
        with pytest.raises(NoSuchSuspicion):
            act()
    row.refresh_from_db()
    assert row.state == "proposed"


def test_the_list_shows_what_the_desk_watches_and_never_oneself() -> None:
    here, abroad = someone_at_home(), person(agency="T2")
    suspicion(here)
    suspicion(abroad)
    local, platform = admin("admin_instansi", HOME), admin()
    assert [row.username for row in suspicions_for(local).rows] == [here.username]
    assert suspicions_for(platform).counts["open"] == 2
    suspected = acting(here, "admin_platform")
    assert [row.username for row in suspicions_for(suspected).rows] == [abroad.username]
    for wrong in (admin("helpdesk"), admin(acr=1), Actor()):
        with pytest.raises(Refused):
            suspicions_for(wrong)


def test_a_ground_is_needed_to_lock_or_to_demand_by_hand() -> None:
    """Attack: call the act itself, without a proposal, or with one about somebody else."""
    someone, other, one = person(), person(), admin()
    row = proposed(other, admin())
    for ground in (None, row, suspicion(someone)):
        with pytest.raises(Refused):
            services.lock_account(actor=one, person=someone.id, why="desk", ground=ground)
        with pytest.raises(Refused):
            services.require_change(actor=one, person=someone.id, why="compromised", ground=ground)


def test_declining_opens_it_again_for_something_else() -> None:
    someone, one, other = person(), admin(), admin()
    row = proposed(someone, one)
    services.decline_action(actor=other, suspicion_id=row.id, reason=REASON)
    row.refresh_from_db()
    assert (row.state, row.action, row.proposed_by) == ("open", "", None)
    with pytest.raises(NoSuchMove):
        services.decline_action(actor=other, suspicion_id=row.id, reason=REASON)
    services.propose_action(actor=other, suspicion_id=row.id, action="end_sessions", reason=REASON)
    services.agree_action(actor=one, suspicion_id=row.id)
    assert events("authentication.suspicion.declined", someone)


def test_dismissing_needs_one_and_ends_it() -> None:
    someone, one = person(), admin()
    row = suspicion(someone)
    services.dismiss_suspicion(actor=one, suspicion_id=row.id, reason=REASON)
    with pytest.raises(NoSuchMove):
        services.propose_action(actor=one, suspicion_id=row.id, action="lock", reason=REASON)
    assert Suspicion.objects.get().state == "dismissed"


@pytest.mark.parametrize("reason", ["", "short", "x" * 301, "ten signs \u202e but hidden ones"])
def test_every_decision_needs_a_sound_reason(reason: str) -> None:
    row, one = suspicion(person()), admin()
    for verb in (services.dismiss_suspicion, services.cut_sessions):
        with pytest.raises(BadDecision):
            verb(actor=one, suspicion_id=row.id, reason=reason)
    with pytest.raises(BadDecision):
        services.propose_action(actor=one, suspicion_id=row.id, action="lock", reason=reason)
    with pytest.raises(BadDecision):
        services.propose_action(actor=one, suspicion_id=row.id, action="burn", reason=REASON)


def test_one_alone_ends_sessions_in_an_emergency_and_it_is_recorded_so() -> None:
    someone, one = person(), admin()
    secret = with_app(someone)
    Browser().sign_in(someone, secret)
    row = suspicion(someone)
    assert services.cut_sessions(actor=one, suspicion_id=row.id, reason=REASON) == 1
    assert live(someone) == 0
    assert events("authentication.suspicion.sessions_cut", someone) == [{"sessions": 1}]
    row.refresh_from_db()
    assert row.state == "open"
    assert mails(someone)[-1] == "sessions_ended"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_agree_at_once_one_does_it() -> None:
    someone, one = person(), admin()
    row = proposed(someone, one)
    others = [admin(), admin()]
    ends = at_once(2, lambda n: services.agree_action(actor=others[n], suspicion_id=row.id))
    assert sorted(type(end).__name__ for end in ends) == ["NoSuchMove", "NoneType"]
    assert len(events("authentication.account.locked", someone)) == 1
    assert len(events("authentication.suspicion.settled", someone)) == 1
