"""Both profiles of the dated rule for passwords, and new passwords that are demanded."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest

from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.errors import (
    BadProfile,
    NoPassword,
    NothingToReplace,
    PasswordCommon,
    PasswordLacksKinds,
    PasswordReused,
    PasswordTooShort,
    WeakPassword,
    WrongCredentials,
)
from gapura.authentication.hashing import hash_password
from gapura.authentication.methods import password as passwords
from gapura.authentication.models import Passkey, Password, SignInRule
from gapura.authentication.queries import (
    PasswordContext,
    all_sign_in_rules,
    forget_sign_in_rules,
    password_due,
    password_feedback,
    password_policy,
    population_of,
    sign_in_rules,
)
from gapura.authentication.rules import PROFILES
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from tests.authentication.world import (
    OTHER_PASSWORD,
    PASSWORD,
    SYSTEM,
    Browser,
    events,
    later,
    mailed_code,
    mails,
    person,
    with_app,
)

pytestmark = pytest.mark.django_db
STRICT_PASSWORD = "Tujuh perahu kertas, 7 berlayar"
OLD = timedelta(days=181)


@pytest.fixture(autouse=True)
def rules_as_shipped() -> Iterator[None]:
    """What a test puts in force is forgotten with its rows."""
    forget_sign_in_rules()
    yield
    forget_sign_in_rules()


def put_in_force(profile: str, population: str = "default") -> None:
    services.set_password_profile(
        actor=SYSTEM, population=population, profile=profile, since=clock.today()
    )


def aged(age: timedelta = OLD) -> Person:
    someone = person()
    Password.objects.filter(person=someone).update(changed_at=clock.now() - age)
    return someone


def a_passkey(of: Person) -> Passkey:
    return Passkey.objects.create(
        person=of,
        credential_id=uuid7().bytes,
        public_key=b"k",
        name="Phone",
        created_at=clock.now(),
    )


# -- the dated rows


def test_the_shipped_rules_cite_their_sources() -> None:
    keys = {"password", "session", "sessions_at_once"}
    rules = [rule for rule in all_sign_in_rules() if rule.key in keys]
    assert {rule.key for rule in rules} == keys
    assert all("BSSN 4/2021" in rule.basis for rule in rules)
    for scope in ("", "official", "supplier", "admin"):
        assert sign_in_rules("password", scope) == PROFILES["a"].value


def test_a_population_without_a_row_is_under_the_default_one() -> None:
    assert sign_in_rules("password", "other") == sign_in_rules("password", "")
    with pytest.raises(LookupError):
        sign_in_rules("no such key", "official")


@pytest.mark.parametrize(
    ("roles", "population"),
    [
        (("ppk",), "official"),
        (("ppk", "verifikator"), "admin"),
        (("admin_instansi",), "admin"),
        (("helpdesk",), "admin"),
        (("admin_perusahaan",), "supplier"),
        (("staf_perusahaan", "pp"), "official"),
        ((), "other"),
    ],
)
def test_the_strictest_role_says_which_rule_holds(roles: tuple[str, ...], population: str) -> None:
    grants = tuple(ActiveGrant(uuid7(), role) for role in roles)
    assert population_of(Actor(grants=grants)) == population


def test_a_row_is_superseded_and_never_edited() -> None:
    tomorrow = clock.today() + timedelta(days=1)
    services.set_password_profile(actor=SYSTEM, population="admin", profile="b", since=tomorrow)
    old, new = SignInRule.objects.filter(key="password", scope="admin").order_by("valid_from")
    assert (old.value, old.valid_from, old.valid_to) == (
        PROFILES["a"].value,
        date(2020, 1, 1),
        tomorrow,
    )
    assert (new.value, new.valid_from, new.valid_to) == (PROFILES["b"].value, tomorrow, None)
    assert "27(1)(c)" in new.basis
    assert sign_in_rules("password", "admin")["profile"] == "a"
    with later(days=1):
        assert sign_in_rules("password", "admin")["profile"] == "b"
    assert events("authentication.rule.set") == [
        {"population": "admin", "profile": "b", "since": tomorrow.isoformat()}
    ]


def test_a_rule_cannot_be_put_in_force_for_days_that_are_gone() -> None:
    yesterday = clock.today() - timedelta(days=1)
    for population, profile, since in (
        ("admin", "b", yesterday),
        ("admin", "c", clock.today()),
        ("nobody", "b", clock.today()),
        ("admin", "a", clock.today()),
    ):
        with pytest.raises(BadProfile):
            services.set_password_profile(
                actor=SYSTEM, population=population, profile=profile, since=since
            )
    put_in_force("b", "admin")
    with pytest.raises(BadProfile):
        put_in_force("a", "admin")


def test_only_the_server_itself_puts_a_rule_in_force() -> None:
    here = Browser().sign_in(person())
    with pytest.raises(Refused):
        services.set_password_profile(
            actor=here.actor, population="default", profile="b", since=clock.today()
        )


# -- profile a: reminder only


def test_profile_a_lets_in_and_reminds_once_in_a_while() -> None:
    someone = aged()
    here = Browser()
    here.begin(someone.username)
    done = here.finish(mailed_code(someone))
    assert done.remind
    assert here.actor.signed_in
    assert "must_change" not in here.actor.facts
    services.postpone_change(actor=here.actor)
    assert events("authentication.password.put_off", someone) == [{"age_days": 181}]
    assert password_due(someone.id) == ""
    with later(days=13):
        assert password_due(someone.id) == ""
    with later(days=14):
        assert password_due(someone.id) == "remind"


def test_profile_a_asks_nobody_whose_password_is_young() -> None:
    someone = person()
    assert password_due(someone.id) == ""


def test_profile_a_exempts_whoever_has_a_passkey() -> None:
    someone = aged()
    key = a_passkey(someone)
    assert password_due(someone.id) == ""
    Passkey.objects.filter(pk=key.pk).update(cloned_at=clock.now())
    assert password_due(someone.id) == "remind"


def test_profile_a_asks_for_no_kinds_of_signs() -> None:
    assert password_feedback(PASSWORD, PasswordContext()).problems == ()


# -- profile b: kinds of signs, forced change


def test_profile_b_forces_a_change_after_both_factors() -> None:
    put_in_force("b")
    someone = aged()
    secret = with_app(someone)
    here = Browser().sign_in(someone, secret)
    assert here.actor.signed_in
    assert here.actor.facts["must_change"] == "expired"
    assert here.actor.grants == ()
    assert events("authentication.password.demanded", someone) == [
        {"why": "expired", "sessions_ended": 0}
    ]
    here.keep(services.replace_password(actor=here.actor, new=STRICT_PASSWORD))
    assert "must_change" not in here.actor.facts
    assert events("authentication.password.replaced", someone)[0]["why"] == "expired"
    assert password_due(someone.id) == ""


def test_profile_b_locks_nobody_out_however_old_the_password_is() -> None:
    put_in_force("b")
    someone = aged(timedelta(days=4000))
    for _ in range(2):
        assert Browser().sign_in(someone).actor.facts["must_change"] == "expired"


def test_profile_b_exempts_nobody_for_a_passkey() -> None:
    put_in_force("b")
    someone = aged()
    a_passkey(someone)
    assert password_due(someone.id) == "expired"


def test_profile_b_counts_kinds_of_signs_and_still_refuses_what_is_listed() -> None:
    put_in_force("b")
    about = PasswordContext()
    kinds = [type(each) for each in password_feedback(PASSWORD, about).problems]
    assert kinds == [PasswordLacksKinds]
    assert password_feedback(STRICT_PASSWORD, about).problems == ()
    listed = password_feedback("Pengadaan-2026", about).problems
    assert [type(each) for each in listed] == [PasswordCommon]
    with pytest.raises(WeakPassword):
        services.prepare_password(PASSWORD, about)


def test_a_rule_for_one_population_leaves_the_others_alone() -> None:
    put_in_force("b", "admin")
    assert password_policy(person().id).strength_mode == "score"


def test_a_longer_least_length_holds_where_a_row_says_so() -> None:
    row = {**PROFILES["a"].value, "min_length": 20}
    SignInRule.objects.filter(key="password", scope="").update(value=row)
    forget_sign_in_rules()
    problems = password_feedback("kelinci menggiling", PasswordContext()).problems
    assert [type(each) for each in problems] == [PasswordTooShort]
    assert problems[0].values["least"] == 20


def test_history_is_as_long_as_the_rule_says() -> None:
    row = {**PROFILES["a"].value, "history": 2}
    SignInRule.objects.filter(key="password", scope="").update(value=row)
    forget_sign_in_rules()
    here = Browser().sign_in(person())
    chosen = [PASSWORD, OTHER_PASSWORD, f"{OTHER_PASSWORD} satu"]
    for current, new in pairwise(chosen):
        here.keep(services.change_password(actor=here.actor, current=current, new=new))
    with pytest.raises(WeakPassword) as refused:
        services.change_password(actor=here.actor, current=chosen[-1], new=OTHER_PASSWORD)
    assert [type(each) for each in refused.value.problems] == [PasswordReused]
    here.keep(services.change_password(actor=here.actor, current=chosen[-1], new=PASSWORD))
    assert len(Password.objects.get(person=here.actor.who).previous) == 1


# -- what demands a new password


def test_a_stolen_password_ends_every_session_and_opens_only_the_way_to_a_new_one() -> None:
    """Credential stuffing: whoever has the stolen password, and a session, loses both."""
    someone = person()
    thief = Browser(ip="198.51.100.9").sign_in(someone)
    ended = services.require_change(actor=SYSTEM, person=someone.id, why="compromised")
    assert ended == 1
    assert not thief.actor.signed_in
    assert mails(someone)[-1] == "password_demanded"
    here = Browser().sign_in(someone)
    assert here.actor.facts["must_change"] == "compromised"
    with pytest.raises(WeakPassword) as refused:
        services.replace_password(actor=here.actor, new=PASSWORD)
    assert [type(each) for each in refused.value.problems] == [PasswordReused]
    other = Browser(ip="198.51.100.10").sign_in(someone)
    here.keep(services.replace_password(actor=here.actor, new=OTHER_PASSWORD))
    assert not other.actor.signed_in
    assert here.actor.facts.get("must_change") is None
    with pytest.raises(WrongCredentials):
        Browser().begin(someone.username)


def test_a_demand_stands_once_and_is_made_only_by_who_may() -> None:
    someone = person()
    services.require_change(actor=SYSTEM, person=someone.id, why="told")
    assert services.require_change(actor=SYSTEM, person=someone.id, why="compromised") == 0
    assert len(events("authentication.password.demanded", someone)) == 1
    here = Browser().sign_in(person())
    with pytest.raises(Refused):
        services.require_change(actor=here.actor, person=someone.id, why="told")
    with pytest.raises(NoPassword):
        services.require_change(actor=SYSTEM, person=uuid7(), why="told")
    with pytest.raises(ValueError, match="no reason"):
        services.require_change(actor=SYSTEM, person=someone.id, why="because")


def test_a_listed_password_is_replaced_after_both_factors() -> None:
    """The list grew since the password was chosen: only at sign-in can it be looked at again."""
    someone = person(password="Pengadaan-2026")
    here = Browser()
    here.begin(someone.username, "Pengadaan-2026")
    assert not here.actor.signed_in
    here.finish(mailed_code(someone))
    assert here.actor.facts["must_change"] == "listed"
    with pytest.raises(WeakPassword):
        services.replace_password(actor=here.actor, new="Pengadaan-2027")
    here.keep(services.replace_password(actor=here.actor, new=OTHER_PASSWORD))
    assert "must_change" not in here.actor.facts


def test_a_wrong_password_is_never_looked_up_in_the_log() -> None:
    someone = person()
    with pytest.raises(WrongCredentials):
        Browser().begin(someone.username, "Pengadaan-2026")
    assert events("authentication.password.demanded", someone) == []


def test_a_demanded_password_is_replaced_only_with_a_fresh_proof() -> None:
    """An unattended screen: the page asks for no present password, so the proof must be young."""
    someone = person()
    services.require_change(actor=SYSTEM, person=someone.id, why="told")
    here = Browser().sign_in(someone)
    with later(minutes=21), pytest.raises(Refused) as refused:
        services.replace_password(actor=here.actor, new=OTHER_PASSWORD)
    assert refused.value.verdict.only_needs_strength


def test_nothing_is_replaced_where_nothing_is_demanded() -> None:
    here = Browser().sign_in(person())
    with pytest.raises(NothingToReplace):
        services.replace_password(actor=here.actor, new=OTHER_PASSWORD)


def test_a_new_proof_does_not_lift_the_demand() -> None:
    """Confinement by a flag in the session could be washed away by a step-up."""
    someone = person()
    secret = with_app(someone)
    services.require_change(actor=SYSTEM, person=someone.id, why="told")
    here = Browser().sign_in(someone, secret)
    here.keep(services.start_step_up(actor=here.actor))
    assert here.actor.facts["must_change"] == "told"


def test_a_reset_answers_a_demand_as_well() -> None:
    someone = person()
    services.require_change(actor=SYSTEM, person=someone.id, why="compromised")
    passwords.replace(someone.id, hash_password(OTHER_PASSWORD))
    assert Password.objects.get(person=someone).must_change == ""
