"""Identity documents: sent by their owner, compared by somebody else, erased with the decision."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from gapura.accounts import errors, tasks
from gapura.accounts.models import IdentityCase, IdentityProof, Person
from gapura.accounts.queries import (
    CHECKLIST,
    Correction,
    case_for,
    cases_to_check,
    count_to_check,
    own_document,
    person_by_id,
)
from gapura.accounts.services import (
    ask_correction,
    check_identity,
    claim_case,
    close_person,
    confirm_case,
    escalate_cases,
    open_document_page,
    refuse_case,
    reinstate_person,
    release_case,
    send_back_case,
    send_document,
    suspend_person,
    verify_identity,
    withdraw_document,
)
from gapura.audit.models import LogEvent
from gapura.documents.models import Content, Document, Stored
from gapura.documents.services import receive
from gapura.journeys.onboarding import prove_identity
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.notifications.models import Mail
from tests.accounts.people import SYSTEM, acting, colleague, confirmed, nik, pending, verified
from tests.documents.makers import jpg
from tests.simulator import Authorities

pytestmark = pytest.mark.django_db
WHY = "Kartu ini milik orang lain."
Decide = Callable[[Actor, UUID], None]


def citizen(**changes: object) -> Person:
    return confirmed(**{"kind": "citizen", "nip": "", "agency": "", **changes})


def send(person: Person, content: bytes = b"", kind: str = "ktp") -> UUID:
    return send_document(
        actor=acting(person_by_id(person.id)),
        kind=kind,
        name="ktp.jpg",
        content=content or jpg(width=600 + person.id.int % 200),
    )


def checker(role: str = "helpdesk", agency: str = "") -> Actor:
    return acting(verified(), role, agency, acr=2)


def confirm(actor: Actor, case: UUID) -> None:
    number = IdentityCase.objects.get(pk=case).person.nik
    confirm_case(actor=actor, case_id=case, nik=number, checked=list(CHECKLIST))


def send_back(actor: Actor, case: UUID) -> None:
    send_back_case(actor=actor, case_id=case, corrections=[Correction("nik", "differs")])


def refuse(actor: Actor, case: UUID) -> None:
    refuse_case(actor=actor, case_id=case, reason_code="another_person", reason=WHY)


DECISIONS = [confirm, send_back, refuse]


def told(person: Person) -> list[str]:
    names = LogEvent.objects.filter(person=person.id).order_by("occurred_at", "id")
    return [name.removeprefix("accounts.") for name in names.values_list("name", flat=True)]


def test_a_citizen_whom_the_registry_does_not_know_is_verified_by_the_helpdesk() -> None:
    person = citizen()
    case, helper = send(person), checker()
    assert person_by_id(person.id).state == "identity_pending"
    assert [row.id for row in cases_to_check(helper)] == [case]
    claim_case(actor=helper, case_id=case)
    confirm(helper, case)
    found = person_by_id(person.id)
    assert (found.state, found.verified_at is not None) == ("verified", True)
    proof = IdentityProof.objects.get(person=person, source="document")
    row = IdentityCase.objects.get(pk=case)
    assert (proof.by, proof.result_hash) == (helper.person, row.sha256)
    assert Mail.objects.filter(person=person.id, template__endswith="document_confirmed.txt")
    assert told(person)[-4:] == [
        "identity_case.claimed",
        "identity_case.confirmed",
        "identity_case.document_erased",
        "identity.verified",
    ]


@pytest.mark.parametrize("decide", DECISIONS)
def test_no_picture_outlives_the_decision_but_its_fingerprint_does(decide: Decide) -> None:
    person, helper = citizen(), checker()
    case = send(person)
    assert Stored.objects.count() == 2, "the scan and its preview"
    claim_case(actor=helper, case_id=case)
    assert open_document_page(actor=helper, case_id=case, number=1).content
    decide(helper, case)
    assert not Stored.objects.exists()
    assert not Document.objects.exists()
    assert not Content.objects.exists()
    row = IdentityCase.objects.get(pk=case)
    assert (row.document_id, len(row.sha256)) == (None, 64)
    assert told(person).count("identity_case.document_viewed") == 1


def test_the_same_scan_may_be_sent_again_after_it_was_erased() -> None:
    person, helper, scan = citizen(), checker(), jpg()
    case = send(person, scan)
    claim_case(actor=helper, case_id=case)
    send_back(helper, case)
    again = send(person, scan)
    claim_case(actor=helper, case_id=again)
    assert open_document_page(actor=helper, case_id=again, number=1).content


def test_what_somebody_handed_in_as_another_paper_too_stays_theirs() -> None:
    person, helper, scan = citizen(), checker(), jpg()
    letter = receive(actor=acting(citizen()), name="sk.jpg", content=scan, purpose="letter")
    case = send(person, scan)
    claim_case(actor=helper, case_id=case)
    refuse(helper, case)
    assert list(Document.objects.values_list("id", flat=True)) == [letter]
    assert Stored.objects.count() == 2


def test_the_database_keeps_no_document_of_a_case_that_has_ended() -> None:
    case = send(citizen())
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityCase.objects.filter(pk=case).update(state="confirmed", ended_at=clock.now())


@pytest.mark.parametrize("role", ["verifikator", "admin_instansi"])
def test_an_officers_document_waits_at_the_agency(role: str) -> None:
    case, at_home = send(confirmed()), checker(role, "K16")
    assert [row.id for row in cases_to_check(at_home)] == [case]
    assert cases_to_check(checker()) == []
    claim_case(actor=at_home, case_id=case)
    confirm(at_home, case)
    assert IdentityCase.objects.get(pk=case).state == "confirmed"


@pytest.mark.parametrize(
    ("role", "agency"),
    [("verifikator", "K20"), ("admin_instansi", "K20"), ("helpdesk", ""), ("admin_platform", ""),
     ("ppk", "K16"), ("apip", "K16"), ("", "")],
)  # fmt: skip
def test_for_anybody_else_an_officers_document_is_not_there(role: str, agency: str) -> None:
    """Broken access control: identity documents of another agency."""
    case, other = send(confirmed()), checker(role, agency)
    for act in (claim_case, release_case):
        with pytest.raises(errors.NoSuchCase):
            act(actor=other, case_id=case)
    for decide in DECISIONS:
        with pytest.raises(errors.NoSuchCase):
            decide(other, case)
    with pytest.raises(errors.NoSuchCase):
        open_document_page(actor=other, case_id=case, number=1)
    with pytest.raises(errors.NoSuchCase):
        case_for(other, case)


@pytest.mark.parametrize("role", ["verifikator", "ppk", "kurator", ""])
def test_only_the_platform_checks_citizens(role: str) -> None:
    case, other = send(citizen()), checker(role, "K16")
    with pytest.raises(errors.NoSuchCase):
        claim_case(actor=other, case_id=case)


def test_with_a_weak_sign_in_nobody_sees_documents() -> None:
    case, weak = send(citizen()), acting(verified(), "helpdesk", acr=1)
    with pytest.raises(errors.NoSuchCase):
        claim_case(actor=weak, case_id=case)
    with pytest.raises(Refused):
        cases_to_check(weak)


def test_nobody_decides_on_their_own_document() -> None:
    person = confirmed()
    case = send(person)
    own = acting(person_by_id(person.id), "verifikator", "K16", acr=2)
    assert cases_to_check(own) == []
    assert case_for(own, case).obstacles
    with pytest.raises(Refused):
        claim_case(actor=own, case_id=case)
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityCase.objects.filter(pk=case).update(decided_by=person)


@pytest.mark.parametrize("decide", DECISIONS)
def test_without_the_claim_nothing_is_decided_or_seen(decide: Decide) -> None:
    case, helper = send(citizen()), checker()
    with pytest.raises(Refused):
        decide(helper, case)
    with pytest.raises(Refused):
        open_document_page(actor=helper, case_id=case, number=1)
    claim_case(actor=helper, case_id=case)
    with pytest.raises(errors.CaseClaimed):
        decide(checker(), case)


def test_a_claim_falls_free_and_whoever_lost_it_decides_nothing() -> None:
    case, first, second = send(citizen()), checker(), checker("admin_platform")
    claim_case(actor=first, case_id=case)
    with pytest.raises(errors.CaseClaimed):
        claim_case(actor=second, case_id=case)
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        claim_case(actor=second, case_id=case)
        with pytest.raises(errors.CaseClaimed):
            confirm(first, case)
        release_case(actor=second, case_id=case)
    assert IdentityCase.objects.get(pk=case).state == "waiting"


def test_a_second_decision_comes_too_late() -> None:
    case, helper = send(citizen()), checker()
    claim_case(actor=helper, case_id=case)
    confirm(helper, case)
    for decide in DECISIONS:
        with pytest.raises((errors.CaseDecided, Refused)):
            decide(helper, case)
    assert IdentityCase.objects.get(pk=case).state == "confirmed"


def test_the_nik_is_read_from_the_document_and_every_point_ticked() -> None:
    """Rubber-stamping: whoever has not looked cannot confirm."""
    person, helper = citizen(), checker()
    case = send(person)
    claim_case(actor=helper, case_id=case)
    with pytest.raises(errors.CaseDecision) as caught:
        confirm_case(actor=helper, case_id=case, nik=nik(), checked=["name"])
    assert set(caught.value.fields) == {"nik", "checked"}
    assert person_by_id(person.id).state == "identity_pending"


def test_another_verified_account_with_the_nik_stands_in_the_way() -> None:
    first, helper = verified(), checker()
    second = citizen(nik=first.nik)
    case = send(second)
    claim_case(actor=helper, case_id=case)
    with pytest.raises(errors.IdentityTaken), transaction.atomic():
        confirm(helper, case)
    row = IdentityCase.objects.get(pk=case)
    assert (row.state, row.document_id is not None) == ("claimed", True)


def test_what_has_to_be_corrected_is_told_field_by_field() -> None:
    person, helper = citizen(), checker()
    case = send(person)
    claim_case(actor=helper, case_id=case)
    with pytest.raises(errors.CaseDecision):
        send_back_case(actor=helper, case_id=case, corrections=[])
    with pytest.raises(errors.CaseDecision):
        send_back_case(actor=helper, case_id=case, corrections=[Correction("name", "other")])
    notes = [Correction("name", "differs", "Di KTP tanpa gelar."), Correction("nik", "unreadable")]
    send_back_case(actor=helper, case_id=case, corrections=notes)
    found = person_by_id(person.id)
    assert found.state == "needs_correction"
    own = own_document(acting(found))
    assert own.last is not None
    assert own.last.corrections == tuple(notes)
    assert own.may_send
    mail = Mail.objects.get(person=person.id, template__endswith="document_sent_back.txt")
    assert "Di KTP tanpa gelar." in (mail.body or "")


def test_a_refusal_has_a_code_and_an_explanation() -> None:
    person, helper = citizen(), checker()
    case = send(person)
    claim_case(actor=helper, case_id=case)
    with pytest.raises(errors.CaseDecision) as caught:
        refuse_case(actor=helper, case_id=case, reason_code="ugly", reason="no")
    assert set(caught.value.fields) == {"reason_code", "reason"}
    refuse(helper, case)
    assert person_by_id(person.id).state == "needs_correction"
    mail = Mail.objects.get(person=person.id, template__endswith="document_refused.txt")
    assert WHY in (mail.body or "")
    (facts,) = LogEvent.objects.filter(name="accounts.identity_case.refused").values_list(
        "facts", flat=True
    )
    assert WHY not in str(facts), "what was typed about a person is not in the tree"


def test_a_document_is_taken_only_where_it_is_needed(authorities: Authorities) -> None:
    known = citizen()
    check_identity(actor=SYSTEM, person=known.id)
    for person in (known, verified()):
        assert not own_document(acting(person)).may_send
        with pytest.raises(errors.NoDocumentNeeded):
            send(person)
    unknown = citizen()
    with pytest.raises(FieldProblems):
        send(unknown, kind="sim")
    send(unknown)
    with pytest.raises(errors.DocumentWaits):
        send(unknown)
    assert Document.objects.count() == 1


def test_its_owner_withdraws_it_and_may_correct_the_data() -> None:
    person = citizen()
    send(person)
    withdraw_document(actor=acting(person))
    assert person_by_id(person.id).state == "needs_correction"
    assert not Stored.objects.exists()
    with pytest.raises(errors.NoSuchCase):
        withdraw_document(actor=acting(person))


def test_an_identity_settled_otherwise_erases_the_document() -> None:
    first, second, third, fourth = (pending() for _ in range(4))
    for person in (first, second, third, fourth):
        send(person)
    boss = colleague("admin_platform")
    verify_identity(actor=SYSTEM, person_id=first.id, document_compared=True)
    ask_correction(actor=SYSTEM, person_id=second.id, reason="Nama berbeda dari surat.")
    suspend_person(actor=boss, person_id=third.id, reason="Akun disalahgunakan.")
    close_person(actor=acting(fourth), person_id=fourth.id, reason="Tidak dipakai lagi.")
    assert set(IdentityCase.objects.values_list("state", flat=True)) == {"overtaken"}
    assert not Stored.objects.exists()


def test_late_documents_go_to_the_platform_and_their_people_are_told() -> None:
    person, at_home, helper = confirmed(), checker("verifikator", "K16"), checker()
    case, citizens = send(person), send(citizen())
    claim_case(actor=at_home, case_id=case)
    due = IdentityCase.objects.get(pk=case).due_at
    assert due - IdentityCase.objects.get(pk=case).sent_at == timedelta(hours=72)
    with clock.frozen(due - timedelta(seconds=1)):
        assert escalate_cases(actor=SYSTEM) == []
    with clock.frozen(due):
        assert [moved.case for moved in escalate_cases(actor=SYSTEM)] == [case]
        assert escalate_cases(actor=SYSTEM) == []
        assert {row.id for row in cases_to_check(helper)} == {case, citizens}
        assert count_to_check(helper)[0] == 2
        with pytest.raises(errors.NoSuchCase):
            confirm(at_home, case)
        claim_case(actor=helper, case_id=case)
        confirm(helper, case)
    assert Mail.objects.filter(person=person.id, template__endswith="document_escalated.txt")
    with pytest.raises(Refused):
        escalate_cases(actor=helper)


def test_who_has_to_be_seen_is_not_verified_by_the_registry_alone(
    authorities: Authorities,
) -> None:
    """Account takeover: whoever was reinstated proves it to a human being."""
    person, helper = verified(kind="citizen", nip="", agency=""), checker()
    boss = colleague("admin_platform")
    suspend_person(actor=boss, person_id=person.id, reason="Akun diambil alih orang lain.")
    reinstate_person(actor=boss, person_id=person.id, reason="Pemilik melapor kembali.")
    check_identity(actor=SYSTEM, person=person.id)
    case = send(person)
    assert prove_identity(actor=acting(person_by_id(person.id))).state == "identity_pending"
    claim_case(actor=helper, case_id=case)
    confirm(helper, case)
    found = person_by_id(person.id)
    assert (found.state, found.must_be_seen) == ("verified", False)


def test_stray_scans_are_erased_after_an_hour() -> None:
    person = citizen()
    receive(actor=acting(person), name="ktp.jpg", content=jpg(700), purpose="identity")
    send(citizen())
    tasks.prune(0)
    assert Document.objects.count() == 2
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        tasks.prune(0)
    assert Document.objects.count() == 1
