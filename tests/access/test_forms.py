"""What each role's form asks, how it is judged, and what an approval makes of it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from gapura.access import services
from gapura.access.errors import AlreadyHeld, Incomplete, RolesConflict
from gapura.access.forms import asked
from gapura.access.models import AccessRequest, Grant, Submission
from gapura.access.queries import draft_view
from gapura.access.roles import REQUESTABLE
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.organizations.models import Agency, Company, Unit
from gapura.organizations.queries import is_npwp, whole_npwp
from gapura.organizations.services import record_standing
from tests.access import world

COMMON = ["rank", "unit_npwp", "unit_address", "division", "legacy_username"]
NAMES = {
    ("ppk", "pns"): COMMON,
    ("pa", "pppk"): COMMON,
    ("bendahara", "tni_polri"): COMMON,
    ("apip", "pns"): [],
    ("verifikator", "pns"): ["deputy"],
    ("admin_instansi", "pns"): [],
}


@pytest.mark.parametrize(("role", "kind"), NAMES)
def test_each_role_asks_its_own_questions(role: str, kind: str) -> None:
    assert [field.name for field in asked(role, kind)] == NAMES[role, kind]


def test_at_a_company_no_rank_and_no_unit_is_asked() -> None:
    names = [field.name for field in asked("ppk", "citizen", at_company=True)]
    assert names == ["division", "legacy_username"]


def test_every_role_people_ask_for_has_a_form() -> None:
    assert {role.code for role in REQUESTABLE} >= {role for role, _ in NAMES}


@pytest.mark.parametrize(
    ("typed", "sound"),
    [
        ("01.234.567.4-901.000", True),
        ("0012345674901000", True),
        ("0012345675901000", False),
        ("1000000001234567", True),
        ("0000000000000000", False),
        ("012345674", False),
        ("\u0660\u066012345674901000", False),
    ],
)
def test_tax_numbers_are_judged_by_their_form(typed: str, sound: bool) -> None:
    """Old entities have a check digit; for the numbers of Coretax none is published."""
    assert is_npwp(whole_npwp(typed)) is sound


def save(applicant: Person, request_id: UUID, **told: Any) -> None:
    standing = {k: told.pop(k) for k in ("standing", "principal") if k in told}
    answers = {**world.answers(applicant.kind), **told}
    services.save_answers(
        actor=world.actor(applicant, 1), request_id=request_id, answers=answers, **standing
    )


WRONG = [
    ({"rank": "V/z"}, "rank"),
    ({"unit_npwp": "0012345675901000"}, "unit_npwp"),
    ({"unit_address": "Jl."}, "unit_address"),
    ({"division": "x" * 151}, "division"),
    ({"legacy_username": "a\u202eb"}, "legacy_username"),
    ({"standing": "delegate"}, "standing"),
    ({"standing": "king"}, "standing"),
]


@pytest.mark.parametrize(("told", "field"), WRONG)
def test_what_cannot_be_is_refused_at_its_field(
    applicant: Person, told: dict[str, str], field: str
) -> None:
    request_id = world.draft(applicant)
    with pytest.raises(Incomplete) as caught:
        save(applicant, request_id, **told)
    assert set(caught.value.fields) == {field}


def test_the_units_number_is_sealed_and_masked_in_the_version(applicant: Person) -> None:
    request_id = world.submitted(applicant)
    version = Submission.objects.get(request=request_id).snapshot
    assert world.NPWP not in str(version)
    assert version["unit_npwp"].startswith("0012")
    assert version["details"]["rank"] == "III/c"


def test_an_approval_keeps_number_and_address_with_the_unit(
    applicant: Person, verifier: Person
) -> None:
    world.approved(applicant, verifier)
    unit = Unit.objects.get(pk="T1.1")
    assert (unit.npwp, unit.address) == (world.NPWP, "Jalan Melati 1, Kota")
    told = LogEvent.objects.get(name="organizations.unit.described")
    assert world.NPWP not in str(told.facts)


def test_the_second_of_a_unit_confirms_the_number_and_is_not_asked_the_address(
    applicant: Person, verifier: Person
) -> None:
    world.approved(applicant, verifier)
    second = world.person("second")
    me = world.actor(second, 1)
    request_id = services.save_draft(actor=me, role="pp", agency="T1", unit="T1.1")
    view = draft_view(me, request_id)
    assert "unit_address" not in [field.name for field in view.fields]
    assert view.npwp_known.startswith("0012")
    services.save_answers(
        actor=me, request_id=request_id, answers={"rank": "III/c", "npwp_confirmed": "yes"}
    )
    row = AccessRequest.objects.get(pk=request_id)
    assert row.unit_npwp is None
    assert set(draft_view(me, request_id).missing) == {"letter", "document"}


def test_another_unit_forgets_what_belongs_to_the_one_before(applicant: Person) -> None:
    request_id = world.draft(applicant)
    me = world.actor(applicant, 1)
    services.save_draft(actor=me, role="ppk", unit="T1.2", request_id=request_id)
    assert set(draft_view(me, request_id).missing) == {"unit_npwp", "unit_address"}
    assert draft_view(me, request_id).details["rank"] == "III/c"


def test_a_verifier_may_be_asked_for_one_unit_only(applicant: Person) -> None:
    me = world.actor(applicant, 1)
    services.save_draft(actor=me, role="verifikator", agency="T1", unit="T1.1")
    row = AccessRequest.objects.get()
    assert (row.unit_id, row.level) == ("T1.1", "platform")


def test_regional_roles_end_with_the_budget_year_unless_the_letter_says_otherwise(
    applicant: Person,
) -> None:
    Agency.objects.filter(pk="T1").update(kind="province")
    me, today = world.actor(applicant, 1), clock.today()
    letter = world.letter_details(days=(date(today.year + 1, 3, 1) - today).days)
    place = {"role": "ppk", "agency": "T1", "unit": "T1.1"}
    draft: dict[str, Any] = {"actor": me, "letter": letter, **place}
    with pytest.raises(Incomplete) as caught:
        services.save_draft(**draft)
    assert set(caught.value.fields) == {"valid_until"}
    services.save_draft(**draft, beyond_year=True)
    assert AccessRequest.objects.get().letter_draft


def test_state_roles_are_not_tied_to_the_budget_year(applicant: Person) -> None:
    world.draft(applicant)
    assert AccessRequest.objects.get().letter_draft


@pytest.fixture
def company(places: None) -> Company:
    return Company.objects.create(code="C900", name="PT Negara Jaya", nib="1234567890123")


@pytest.fixture
def citizen(places: None) -> Person:
    return world.person("citizen", kind="citizen")


def at_company(citizen: Person, company: Company) -> UUID:
    me = world.actor(citizen, 1)
    request_id = services.save_draft(actor=me, role="ppk")
    services.choose_company(actor=me, request_id=request_id, nib="1234 5678 90123")
    document = world.document(citizen)
    services.save_draft(
        actor=me,
        role="ppk",
        request_id=request_id,
        letter=world.letter_details(),
        document=document,
    )
    return request_id


def test_an_enterprise_buys_through_its_company_and_the_platform_decides(
    citizen: Person, company: Company, admin: Person
) -> None:
    request_id = at_company(citizen, company)
    services.submit_request(actor=world.actor(citizen, 1), request_id=request_id)
    row = AccessRequest.objects.get(pk=request_id)
    assert (row.company_id, row.agency_id, row.level, row.letter_id) == (
        "C900",
        None,
        "platform",
        None,
    )
    services.claim_request(actor=world.actor(admin), request_id=request_id)
    grant = Grant.objects.get(pk=world.approve(admin, request_id))
    assert (grant.company_id, grant.agency_id, grant.unit_id) == ("C900", None, None)
    services.activate_grant(actor=world.actor(citizen), grant_id=grant.id)
    assert world.actor(citizen).grants[0].company == "C900"


@pytest.mark.parametrize("nib", ["", "123", "9999999999999", "1234567890124"])
def test_an_unknown_company_is_refused(citizen: Person, company: Company, nib: str) -> None:
    me = world.actor(citizen, 1)
    request_id = services.save_draft(actor=me, role="pp")
    with pytest.raises(Incomplete) as caught:
        services.choose_company(actor=me, request_id=request_id, nib=nib)
    assert set(caught.value.fields) == {"nib"}


def test_a_company_in_bad_standing_cannot_buy(citizen: Person, company: Company) -> None:
    request_id = at_company(citizen, company)
    record_standing(
        actor=world.SYSTEM,
        company="C900",
        state="blacklisted",
        since=clock.today(),
        until=clock.today() + timedelta(days=9),
        basis="KEP-1",
    )
    me = world.actor(citizen, 1)
    with pytest.raises(Incomplete) as caught:
        services.submit_request(actor=me, request_id=request_id)
    assert set(caught.value.fields) == {"company"}
    assert AccessRequest.objects.get().state == "draft"


def test_a_citizen_cannot_take_the_role_into_an_agency(citizen: Person) -> None:
    me = world.actor(citizen, 1)
    request_id = services.save_draft(actor=me, role="ppk")
    with pytest.raises(Refused):
        services.save_draft(actor=me, role="ppk", agency="T1", request_id=request_id)


def test_another_companys_code_is_not_ones_own(citizen: Person, company: Company) -> None:
    me = world.actor(citizen, 1)
    request_id = services.save_draft(actor=me, role="ppk")
    with pytest.raises(Incomplete):
        services.choose_company(actor=me, request_id=request_id, code="C900")


def test_roles_that_exclude_each_other_are_refused_before_anybody_checks(
    applicant: Person, verifier: Person
) -> None:
    world.active(applicant, verifier)
    request_id = world.draft(applicant, "bendahara")
    me = world.actor(applicant, 1)
    judged = services.judge_request(actor=me, request_id=request_id)
    assert isinstance(judged.problem, RolesConflict)
    with pytest.raises(RolesConflict):
        services.submit_request(actor=me, request_id=request_id)


def test_what_only_warns_is_told_on_the_read_back_and_kept(
    applicant: Person, verifier: Person
) -> None:
    world.active(applicant, verifier, "ppk")
    request_id = world.draft(applicant, "kpa")
    me = world.actor(applicant, 1)
    assert services.judge_request(actor=me, request_id=request_id).warnings
    services.submit_request(actor=me, request_id=request_id)
    assert Submission.objects.get(request=request_id).snapshot["warned"] == ["kpa_ppk"]


def test_standing_in_names_whom(applicant: Person, verifier: Person) -> None:
    principal = world.person("principal")
    world.active(principal, verifier, "pa")
    request_id = world.draft(applicant, "pa")
    with pytest.raises(Incomplete) as caught:
        save(applicant, request_id, standing="plh", principal="nobody")
    assert set(caught.value.fields) == {"principal"}
    save(applicant, request_id, standing="plh", principal=principal.username)
    me = world.actor(applicant, 1)
    services.save_draft(
        actor=me, role="pa", request_id=request_id, letter=world.letter_details(days=20)
    )
    services.submit_request(actor=me, request_id=request_id)
    services.claim_request(actor=world.actor(verifier), request_id=request_id)
    grant = Grant.objects.get(pk=world.approve(verifier, request_id))
    assert (grant.standing, grant.principal_id) == ("plh", principal.id)


def test_standing_in_without_a_name_is_incomplete(applicant: Person) -> None:
    request_id = world.draft(applicant, "pa")
    save(applicant, request_id, standing="plh")
    assert set(draft_view(world.actor(applicant, 1), request_id).missing) == {"principal"}


def test_who_moves_says_from_where(applicant: Person) -> None:
    request_id = world.draft(applicant)
    me = world.actor(applicant, 1)
    services.save_draft(actor=me, role="ppk", request_id=request_id, leaves="T2")
    services.submit_request(actor=me, request_id=request_id)
    assert AccessRequest.objects.get(pk=request_id).leaves_id == "T2"
    assert Submission.objects.get().snapshot["leaves_name"] == "Agency T2"


def test_the_same_days_twice_are_refused(applicant: Person, verifier: Person) -> None:
    world.active(applicant, verifier)
    with pytest.raises(AlreadyHeld):
        world.submitted(applicant)
