"""The verifier's side: claim, release, approve, ask for correction, reject; and who may not."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError

from gapura.access import services
from gapura.access.errors import (
    AlreadyDecided,
    BadDecision,
    ClaimedByAnother,
    IdentityOpen,
    LetterEnded,
    NoSuchRequest,
)
from gapura.access.models import AccessRequest, Correction, Grant
from gapura.accounts.errors import IdentityTaken
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Mail, Notice
from tests.access import world

Decision = Callable[[Actor, UUID], object]
REASON = "The letter names another person."
NOTES = [services.CorrectionNote("letter.document", "unreadable", "Page 2 is black.")]
DECISIONS: dict[str, Decision] = {
    "approve": lambda actor, request_id: services.approve_request(
        actor=actor, request_id=request_id, checked=["identity_document"]
    ),
    "reject": lambda actor, request_id: services.reject_request(
        actor=actor, request_id=request_id, reason_code="not_appointed", reason=REASON
    ),
    "ask_correction": lambda actor, request_id: services.ask_correction(
        actor=actor, request_id=request_id, notes=NOTES
    ),
    "release": lambda actor, request_id: services.release_request(
        actor=actor, request_id=request_id
    ),
}
each_decision = pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)


def state() -> str:
    """The only request's state."""
    return AccessRequest.objects.get().state


def test_approving_makes_one_grant_that_waits_and_verifies_the_identity(
    applicant: Person, verifier: Person
) -> None:
    grant = Grant.objects.get(pk=world.approved(applicant, verifier))
    assert (grant.state, grant.role, grant.unit_id) == ("approved", "ppk", "T1.1")
    assert grant.valid.upper == world.letter_of(grant.pk).valid.upper
    assert Person.objects.get(pk=applicant.pk).state == "verified"
    assert state() == "approved"


def test_the_applicant_gets_mail_and_a_notice(applicant: Person, verifier: Person) -> None:
    world.approved(applicant, verifier)
    mails = Mail.objects.filter(template="access/mail/request_approved.txt")
    assert mails.get().person == applicant.id
    assert Notice.objects.filter(person=applicant.id).count() >= 2


def test_rejecting_tells_the_reason_and_leaves_no_grant(
    applicant: Person, verifier: Person
) -> None:
    request_id = world.claimed(applicant, verifier)
    DECISIONS["reject"](world.actor(verifier), request_id)
    assert (state(), Grant.objects.filter(person=applicant).count()) == ("rejected", 0)
    body = Mail.objects.get(template="access/mail/request_rejected.txt").body
    assert body is not None
    assert REASON in body


def test_what_a_verifier_writes_in_own_words_can_be_erased_from_the_log(
    applicant: Person, verifier: Person
) -> None:
    request_id = world.claimed(applicant, verifier)
    DECISIONS["reject"](world.actor(verifier), request_id)
    told = LogEvent.objects.get(name="access.request.rejected")
    assert (told.facts, told.person) == ({"reason_code": "not_appointed"}, applicant.id)


def test_corrections_are_kept_by_field_and_stop_the_clock(
    applicant: Person, verifier: Person
) -> None:
    request_id = world.claimed(applicant, verifier)
    DECISIONS["ask_correction"](world.actor(verifier), request_id)
    row = AccessRequest.objects.get()
    assert (row.state, row.due_at, row.claimed_by) == ("needs_correction", None, None)
    assert Correction.objects.get().field == "letter.document"
    assert Person.objects.get(pk=applicant.pk).state == "identity_pending"


def test_a_correction_of_the_identity_opens_the_profile(
    applicant: Person, verifier: Person
) -> None:
    request_id = world.claimed(applicant, verifier)
    notes = [services.CorrectionNote("identity.name", "differs_from_letter")]
    services.ask_correction(actor=world.actor(verifier), request_id=request_id, notes=notes)
    assert Person.objects.get(pk=applicant.pk).state == "needs_correction"
    services.submit_request(actor=world.actor(applicant), request_id=request_id)
    assert Person.objects.get(pk=applicant.pk).state == "identity_pending"


def test_no_second_request_slips_past_an_identity_that_was_sent_back(
    applicant: Person, verifier: Person
) -> None:
    first = world.claimed(applicant, verifier)
    second = world.claimed(applicant, verifier, unit="T1.2")
    notes = [services.CorrectionNote("identity.nik", "differs_from_letter")]
    services.ask_correction(actor=world.actor(verifier), request_id=first, notes=notes)
    with pytest.raises(IdentityOpen):
        world.approve(verifier, second)
    assert not Grant.objects.filter(person=applicant).exists()


@each_decision
def test_the_verifier_of_another_agency_learns_nothing(
    applicant: Person, verifier: Person, outsider: Person, decide: Decision
) -> None:
    request_id = world.claimed(applicant, verifier)
    with pytest.raises(NoSuchRequest):
        decide(world.actor(outsider), request_id)
    assert state() == "in_review"


@each_decision
def test_an_ordinary_officer_learns_nothing(
    applicant: Person, verifier: Person, decide: Decision
) -> None:
    request_id = world.claimed(applicant, verifier)
    officer = world.holder("officer", "ppk", "T1", "T1.2")
    with pytest.raises(NoSuchRequest):
        decide(world.actor(officer), request_id)


@each_decision
def test_the_platform_decides_only_what_came_one_level_up(
    applicant: Person, verifier: Person, admin: Person, decide: Decision
) -> None:
    request_id = world.claimed(applicant, verifier)
    with pytest.raises(Refused):
        decide(world.actor(admin), request_id)
    assert state() == "in_review"


@each_decision
def test_an_email_code_is_too_weak_to_decide(
    applicant: Person, verifier: Person, decide: Decision
) -> None:
    request_id = world.claimed(applicant, verifier)
    with pytest.raises(Refused) as caught:
        decide(world.actor(verifier, acr=1), request_id)
    assert caught.value.verdict.only_needs_strength


@each_decision
def test_a_verifier_acting_in_another_role_is_told_to_switch(
    applicant: Person, verifier: Person, decide: Decision
) -> None:
    request_id = world.claimed(applicant, verifier)
    actor = world.actor(verifier).as_grant(None)
    with pytest.raises(Refused):
        decide(actor, request_id)


@each_decision
def test_nobody_decides_on_an_own_request(
    verifier: Person, colleague: Person, decide: Decision
) -> None:
    request_id = world.submitted(verifier)
    row = AccessRequest.objects.get(pk=request_id)
    row.state, row.claimed_by, row.claimed_at = "in_review", verifier, clock.now()
    row.save()
    with pytest.raises(Refused) as caught:
        decide(world.actor(verifier), request_id)
    assert "is_someone_else" in [c.name for c in caught.value.verdict.missing]


def test_the_database_refuses_a_decision_on_oneself(applicant: Person) -> None:
    world.submitted(applicant)
    with pytest.raises(IntegrityError, match="decided_by_another"):
        AccessRequest.objects.update(decided_by=applicant.pk)


@each_decision
def test_deciding_needs_the_claim(applicant: Person, verifier: Person, decide: Decision) -> None:
    request_id = world.submitted(applicant)
    with pytest.raises(Refused) as caught:
        decide(world.actor(verifier), request_id)
    assert [c.name for c in caught.value.verdict.missing] == ["holds_the_claim"]


@each_decision
def test_a_colleague_is_told_who_checks_it(
    applicant: Person, verifier: Person, colleague: Person, decide: Decision
) -> None:
    request_id = world.claimed(applicant, verifier)
    with pytest.raises(ClaimedByAnother) as caught:
        decide(world.actor(colleague), request_id)
    assert caught.value.values["name"] == verifier.name


@each_decision
def test_a_colleague_is_told_who_decided(
    applicant: Person, verifier: Person, colleague: Person, decide: Decision
) -> None:
    request_id = world.claimed(applicant, verifier)
    DECISIONS["reject"](world.actor(verifier), request_id)
    with pytest.raises(AlreadyDecided) as caught:
        decide(world.actor(colleague), request_id)
    assert caught.value.values["name"] == verifier.name


def test_a_fresh_claim_holds_and_a_stale_one_falls_free(
    applicant: Person, verifier: Person, colleague: Person
) -> None:
    request_id = world.claimed(applicant, verifier)
    taken = AccessRequest.objects.get().claimed_at
    assert taken is not None
    other = world.actor(colleague)
    with clock.frozen(taken + timedelta(minutes=30, seconds=-1)), pytest.raises(ClaimedByAnother):
        services.claim_request(actor=other, request_id=request_id)
    with clock.frozen(taken + timedelta(minutes=30)):
        services.claim_request(actor=other, request_id=request_id)
    assert AccessRequest.objects.get().claimed_by == colleague
    with pytest.raises((Refused, ClaimedByAnother)):
        DECISIONS["approve"](world.actor(verifier), request_id)


def test_a_released_request_can_be_taken_by_a_colleague(
    applicant: Person, verifier: Person, colleague: Person
) -> None:
    request_id = world.claimed(applicant, verifier)
    services.release_request(actor=world.actor(verifier), request_id=request_id)
    services.claim_request(actor=world.actor(colleague), request_id=request_id)
    assert state() == "in_review"


@pytest.mark.parametrize("out", ["suspended", "closed"])
def test_whoever_was_suspended_since_is_not_approved(
    applicant: Person, verifier: Person, out: str
) -> None:
    request_id = world.claimed(applicant, verifier)
    Person.objects.filter(pk=applicant.pk).update(state=out)
    with pytest.raises(Refused):
        DECISIONS["approve"](world.actor(verifier), request_id)
    assert Grant.objects.filter(person=applicant).count() == 0


def test_a_letter_that_ended_while_it_waited_is_not_approved(
    applicant: Person, verifier: Person
) -> None:
    request_id = world.claimed(applicant, verifier)
    actor = world.actor(verifier)
    with clock.frozen(clock.now() + timedelta(days=400)), pytest.raises(LetterEnded):
        DECISIONS["approve"](actor, request_id)
    assert state() == "in_review"


def test_a_second_account_with_the_same_nik_is_not_approved(
    applicant: Person, verifier: Person
) -> None:
    request_id = world.claimed(applicant, verifier)
    Person.objects.filter(pk=applicant.pk).update(nik_lookup=verifier.nik_lookup)
    with pytest.raises(IdentityTaken):
        DECISIONS["approve"](world.actor(verifier), request_id)
    assert (state(), Grant.objects.filter(person=applicant).count()) == ("in_review", 0)


def test_a_withdrawn_request_is_not_decided(applicant: Person, verifier: Person) -> None:
    request_id = world.claimed(applicant, verifier)
    services.withdraw_request(actor=world.actor(applicant), request_id=request_id)
    with pytest.raises((NoSuchMove, Refused)):
        DECISIONS["approve"](world.actor(verifier), request_id)
    assert state() == "withdrawn"


@pytest.mark.parametrize(
    ("code", "reason"),
    [("nonsense", REASON), ("other", "short"), ("other", " " * 50), ("other", "x" * 1001)],
)
def test_a_rejection_needs_a_code_and_a_usable_reason(
    applicant: Person, verifier: Person, code: str, reason: str
) -> None:
    request_id = world.claimed(applicant, verifier)
    with pytest.raises(BadDecision):
        services.reject_request(
            actor=world.actor(verifier), request_id=request_id, reason_code=code, reason=reason
        )
    assert state() == "in_review"


@pytest.mark.parametrize(
    "notes",
    [
        [],
        [services.CorrectionNote("nonsense", "unreadable")],
        [services.CorrectionNote("role", "nonsense")],
        [services.CorrectionNote("role", "other", "no")],
        [services.CorrectionNote("role", "unreadable", "x" * 501)],
        [services.CorrectionNote("role", "unreadable")] * 2,
    ],
    ids=["none", "field", "reason", "no note", "long note", "twice"],
)
def test_a_correction_needs_fields_and_reasons_from_the_tables(
    applicant: Person, verifier: Person, notes: list[services.CorrectionNote]
) -> None:
    request_id = world.claimed(applicant, verifier)
    with pytest.raises(BadDecision):
        services.ask_correction(actor=world.actor(verifier), request_id=request_id, notes=notes)
    assert (state(), Correction.objects.count()) == ("in_review", 0)


def test_a_verifier_is_approved_by_the_platform_and_the_grant_is_the_agencys(
    applicant: Person, admin: Person
) -> None:
    grant = Grant.objects.get(pk=world.approved(applicant, admin, role="verifikator"))
    assert (grant.agency_id, grant.unit_id) == ("T1", None)


def test_a_further_administrator_is_approved_by_another_one(
    applicant: Person, admin: Person
) -> None:
    grant = Grant.objects.get(pk=world.approved(applicant, admin, role="admin_platform"))
    assert (grant.agency_id, grant.role) == (None, "admin_platform")


def test_an_agency_verifier_does_not_approve_verifiers(applicant: Person, verifier: Person) -> None:
    request_id = world.submitted(applicant, role="verifikator")
    with pytest.raises(Refused):
        services.claim_request(actor=world.actor(verifier), request_id=request_id)
