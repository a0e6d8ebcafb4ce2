"""The applicant's side: draft, read-back, submission, correction, withdrawal."""

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from gapura.access import services
from gapura.access.errors import AlreadyHeld, AlreadyOpen, Incomplete, NoSuchRequest
from gapura.access.models import AccessRequest, Submission
from gapura.access.queries import draft_view, own_requests, request_for
from gapura.accounts.models import Person
from gapura.documents.errors import NoSuchDocument
from gapura.kernel import clock
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.organizations.models import AppointmentLetter
from tests.access import world

ANSWERS = ("rank", "unit_npwp", "unit_address")


def test_a_draft_is_read_back_with_what_it_lacks(applicant: Person) -> None:
    me = world.actor(applicant, acr=1)
    request_id = services.save_draft(actor=me, role="ppk", agency="T1")
    lacking = {"unit", *ANSWERS, "letter", "document"}
    assert set(draft_view(me, request_id).missing) == lacking


def test_a_submitted_request_has_a_reference_a_deadline_and_a_version(applicant: Person) -> None:
    request_id = world.draft(applicant)
    sent = services.submit_request(actor=world.actor(applicant, acr=1), request_id=request_id)
    assert sent.reference.startswith("AKS-")
    row = AccessRequest.objects.get(pk=request_id)
    assert row.submitted_at is not None
    assert row.due_at == sent.due_at == row.submitted_at + timedelta(hours=72)
    version = Submission.objects.get(request=row)
    assert (version.number, version.snapshot["letter"]["number"]) == (1, "800/12/SK/2026")
    assert applicant.nik not in str(version.snapshot)


def test_submitting_sends_in_the_identity_and_registers_the_letter(applicant: Person) -> None:
    world.draft(applicant)
    assert AppointmentLetter.objects.count() == 0
    world.submitted(applicant, role="pp")
    assert Person.objects.get(pk=applicant.pk).state == "identity_pending"
    assert AppointmentLetter.objects.get().created_by == applicant.id


def test_a_doubled_submit_gives_one_request(applicant: Person) -> None:
    request_id = world.submitted(applicant)
    with pytest.raises(NoSuchMove):
        services.submit_request(actor=world.actor(applicant, acr=1), request_id=request_id)
    assert Submission.objects.count() == 1
    assert AppointmentLetter.objects.count() == 1


def test_a_second_draft_for_the_same_role_and_place_leads_to_the_first(applicant: Person) -> None:
    first = world.draft(applicant)
    with pytest.raises(AlreadyOpen) as caught:
        world.draft(applicant)
    assert caught.value.request_id == first


def test_an_incomplete_request_stays_a_draft(applicant: Person) -> None:
    me = world.actor(applicant, acr=1)
    request_id = services.save_draft(actor=me, role="ppk", agency="T1", unit="T1.1")
    with pytest.raises(Incomplete) as caught:
        services.submit_request(actor=me, request_id=request_id)
    assert set(caught.value.fields) == {*ANSWERS, "letter", "document"}
    assert AccessRequest.objects.get().state == "draft"


def test_a_unit_of_another_agency_is_refused(applicant: Person) -> None:
    with pytest.raises(Incomplete):
        world.draft(applicant, unit="T2.1")


def test_choosing_another_agency_forgets_the_unit(applicant: Person) -> None:
    request_id = world.draft(applicant)
    me = world.actor(applicant, acr=1)
    services.save_draft(actor=me, role="ppk", agency="T2", request_id=request_id)
    assert AccessRequest.objects.get().unit_id is None


def test_somebody_elses_file_cannot_be_attached(applicant: Person) -> None:
    file = world.document(world.person("other"))
    with pytest.raises(NoSuchDocument):
        services.save_draft(actor=world.actor(applicant), role="ppk", document=file)


def test_a_letter_that_is_over_is_refused_at_its_page(applicant: Person) -> None:
    over = world.letter_details(days=5, begins=clock.today() - timedelta(days=30))
    with pytest.raises(Incomplete) as caught:
        services.save_draft(actor=world.actor(applicant), role="ppk", letter=over)
    assert "valid_until" in caught.value.fields


def test_a_citizen_cannot_ask_for_a_public_office(places: None) -> None:
    citizen = world.person("citizen", kind="citizen", state="contact_verified")
    with pytest.raises(Refused) as caught:
        services.save_draft(actor=world.actor(citizen, acr=1), role="kpa")
    assert [c.name for c in caught.value.verdict.missing] == ["holds_an_officer_kind"]


@pytest.mark.parametrize("role", ["pokja", "kurator", "admin_perusahaan", "king"])
def test_roles_that_are_not_open_for_requests_are_refused(applicant: Person, role: str) -> None:
    with pytest.raises(Refused):
        services.save_draft(actor=world.actor(applicant, acr=1), role=role)


@pytest.mark.parametrize("state", ["registered", "suspended", "closed"])
def test_an_account_out_of_use_cannot_apply(applicant: Person, state: str) -> None:
    request_id = world.draft(applicant)
    Person.objects.filter(pk=applicant.pk).update(state=state)
    with pytest.raises(Refused):
        services.submit_request(actor=world.actor(applicant, acr=1), request_id=request_id)


@pytest.mark.parametrize("who", ["verifier", "outsider", "admin"])
def test_nobody_else_submits_or_withdraws_a_request(
    applicant: Person, who: str, request: pytest.FixtureRequest
) -> None:
    other = world.actor(request.getfixturevalue(who))
    request_id = world.draft(applicant)
    for act in (services.submit_request, services.withdraw_request):
        with pytest.raises((Refused, NoSuchRequest)):
            act(actor=other, request_id=request_id)
    assert AccessRequest.objects.get().state == "draft"


def test_a_foreign_request_looks_like_one_that_is_not_there(
    applicant: Person, outsider: Person
) -> None:
    request_id = world.submitted(applicant)
    seen = []
    for wanted in (request_id, uuid4()):
        with pytest.raises(NoSuchRequest) as caught:
            request_for(world.actor(outsider), wanted)
        seen.append(str(caught.value))
    assert seen[0] == seen[1]


def test_a_corrected_request_keeps_reference_and_versions_and_a_new_clock(
    applicant: Person, verifier: Person
) -> None:
    request_id = world.claimed(applicant, verifier)
    notes = [services.CorrectionNote("letter.number", "differs_from_letter")]
    services.ask_correction(actor=world.actor(verifier), request_id=request_id, notes=notes)
    before = AccessRequest.objects.get()
    assert before.due_at is None
    me = world.actor(applicant, acr=1)
    later = clock.now() + timedelta(days=2)
    with clock.frozen(later):
        sent = services.submit_request(actor=me, request_id=request_id)
    assert (sent.reference, sent.due_at) == (before.reference, later + timedelta(hours=72))
    view = request_for(me, request_id)
    assert [v.number for v in view.submissions] == [1, 2]
    assert view.submissions[0].corrections[0].field == "letter.number"
    assert AppointmentLetter.objects.count() == 1


def test_whoever_holds_the_role_already_cannot_ask_again_for_the_same_days(
    applicant: Person, verifier: Person
) -> None:
    world.active(applicant, verifier)
    request_id = world.draft(applicant)
    with pytest.raises(AlreadyHeld):
        services.submit_request(actor=world.actor(applicant), request_id=request_id)


def test_a_withdrawn_request_makes_room_for_a_new_one(applicant: Person) -> None:
    request_id = world.submitted(applicant)
    me = world.actor(applicant, acr=1)
    services.withdraw_request(actor=me, request_id=request_id)
    world.submitted(applicant)
    assert {own.state for own in own_requests(me)} == {"withdrawn", "submitted"}


def test_the_request_in_full_takes_three_queries(
    applicant: Person, verifier: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request_id = world.claimed(applicant, verifier)
    actor = world.actor(verifier)
    with django_assert_num_queries(3):
        view = request_for(actor, request_id)
    assert set(view.verbs) == {"claim", "release", "approve", "ask_correction", "reject"}
    assert [moment.kind for moment in view.timeline] == ["drafted", "submitted", "claimed"]


def test_the_applicants_own_list_takes_one_query(
    applicant: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world.submitted(applicant)
    me = world.actor(applicant, acr=1)
    with django_assert_num_queries(1):
        (own,) = own_requests(me)
    assert own.place.label == "Unit 1, Agency T1"
