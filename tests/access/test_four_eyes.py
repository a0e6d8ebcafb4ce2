"""Two people decide: not who named and checks, not who stands in for the one it is about."""

from datetime import timedelta
from uuid import UUID

import pytest

from gapura.access import services
from gapura.access.errors import BadOfficer, Incomplete, OfficersChanged
from gapura.access.models import Grant
from gapura.access.permissions import Can
from gapura.access.policy.clauses import is_someone_else
from gapura.access.queries import mark_of_officers
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.organizations.errors import NoSuchLetter
from gapura.organizations.models import Unit
from tests.access import world
from tests.access.registered import check, enter, name

pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture
def keeper(places: None) -> Person:
    """The administrator of agency T1, who keeps its letters but checks none."""
    return world.holder("keeper", "admin_instansi", "T1")


def stand_in(principal: Person) -> Person:
    """A verifier by delegation from this one."""
    deputy = world.verifier()
    Grant.objects.filter(person=deputy).update(
        standing="delegate", principal=principal, delegable=False
    )
    return deputy


def test_who_named_an_officer_does_not_check_the_letter(
    keeper: Person, verifier: Person, colleague: Person
) -> None:
    """Somebody else entered it: still nobody else would have looked at the name."""
    letter = enter(keeper)
    name(keeper, letter, world.person("officer"))
    name(verifier, letter, world.person("friend"), unit="T1.2")
    with pytest.raises(Refused):
        check(verifier, letter)
    check(colleague, letter)


@pytest.mark.parametrize("how", ["entered", "named"])
def test_who_stands_in_does_not_check_for_whom_they_stand_in(
    how: str, keeper: Person, verifier: Person, colleague: Person
) -> None:
    deputy = stand_in(verifier)
    letter = enter(verifier if how == "entered" else keeper)
    if how == "entered":
        name(keeper, letter, world.person("officer"))
    else:
        name(keeper, letter, verifier, role="bendahara")
    with pytest.raises(Refused):
        check(deputy, letter)
    check(colleague, letter)


def test_the_platform_checks_where_only_a_deputy_or_another_part_is_left(
    verifier: Person, admin: Person
) -> None:
    stand_in(verifier)
    bounded = world.verifier()
    Unit.objects.filter(pk="T1.3").update(path="T1.3/")
    Grant.objects.filter(person=bounded).update(unit="T1.3")
    letter = enter(verifier)
    name(verifier, letter, world.person("officer"))
    check(admin, letter)


def test_who_stands_in_does_not_decide_about_whom_they_stand_in_for(
    verifier: Person, colleague: Person
) -> None:
    deputy = stand_in(verifier)
    request_id: UUID = world.draft(verifier, "ppk")
    services.submit_request(actor=world.actor(verifier), request_id=request_id)
    with pytest.raises(Refused) as caught:
        services.claim_request(actor=world.actor(deputy), request_id=request_id)
    assert caught.value.verdict.permission == Can.CLAIM
    assert is_someone_else.name in {clause.name for clause in caught.value.verdict.missing}
    services.claim_request(actor=world.actor(colleague), request_id=request_id)


def test_a_letter_carries_only_the_roles_that_it_names(
    keeper: Person, verifier: Person, applicant: Person
) -> None:
    letter = enter(keeper, roles=("bendahara",))
    name(keeper, letter, world.person("treasurer"), role="bendahara")
    check(verifier, letter)
    me = world.actor(applicant, 1)
    request_id = services.save_draft(actor=me, role="ppk", agency="T1", unit="T1.1")
    with pytest.raises(NoSuchLetter):
        services.choose_letter(actor=me, request_id=request_id, letter_id=letter)
    services.save_draft(actor=me, role="bendahara", request_id=request_id)
    services.choose_letter(actor=me, request_id=request_id, letter_id=letter)
    services.save_draft(actor=me, role="ppk", request_id=request_id)
    with pytest.raises(Incomplete):
        services.submit_request(actor=me, request_id=request_id)


def test_who_else_has_an_account_is_not_told_by_the_field_for_a_principal(
    keeper: Person, applicant: Person
) -> None:
    stranger = world.person("stranger", kind="citizen")
    request_id = world.draft(applicant, "pa")
    told = []
    for username in (stranger.username, "nobody.at.all"):
        with pytest.raises(Incomplete) as caught:
            services.save_answers(
                actor=world.actor(applicant, 1),
                request_id=request_id,
                answers={},
                standing="plh",
                principal=username,
            )
        told.append(type(caught.value.fields["principal"]))
    assert told[0] is told[1]
    last = (clock.today() + timedelta(days=10)).isoformat()
    more = {"standing": "plh", "principal": stranger.username, "valid_until": last}
    letter = enter(keeper, roles=("pa",))
    with pytest.raises(BadOfficer) as bad:
        name(keeper, letter, world.person("officer"), role="pa", **more)
    assert set(bad.value.fields) == {"principal"}


def test_nobody_slips_into_a_letter_while_it_is_compared(keeper: Person, verifier: Person) -> None:
    letter = enter(keeper)
    name(keeper, letter, world.person("officer"))
    seen = mark_of_officers(letter)
    friend = name(keeper, letter, world.person("friend"), unit="T1.2")
    actor = world.actor(verifier)
    with pytest.raises(OfficersChanged):
        services.check_letter(actor=actor, letter_id=letter, seen=seen)
    assert not Grant.objects.filter(letter=letter).exists()
    services.withdraw_officer(actor=world.actor(keeper), appointment_id=friend)
    services.check_letter(actor=actor, letter_id=letter, seen=seen)
