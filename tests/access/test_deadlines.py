"""What the clock does: escalation after 3x24 hours, lapse of what nobody activated."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils.translation import override

from gapura.access import services
from gapura.access.errors import ActivationTooLate
from gapura.access.models import AccessRequest, AccessRule, Grant
from gapura.access.queries import active_grants
from gapura.access.services import escalate_overdue, lapse_unactivated
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.audit.queries import event_detail
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import Missing
from gapura.notifications.models import Mail
from tests.access import world

SECOND = timedelta(seconds=1)


def due() -> AccessRequest:
    """The only request."""
    return AccessRequest.objects.get()


def deadline() -> datetime:
    """When the only request is due."""
    found = due().due_at
    assert found is not None
    return found


@pytest.mark.parametrize("taken", [False, True], ids=["waiting", "claimed"])
def test_a_request_goes_up_at_the_very_second_and_not_before(
    applicant: Person, verifier: Person, taken: bool
) -> None:
    world.claimed(applicant, verifier) if taken else world.submitted(applicant)
    end = deadline()
    with clock.frozen(end - SECOND):
        assert escalate_overdue(actor=world.SYSTEM) == 0
    with clock.frozen(end):
        assert escalate_overdue(actor=world.SYSTEM) == 1
        assert escalate_overdue(actor=world.SYSTEM) == 0
    row = due()
    assert (row.state, row.level, row.claimed_by) == ("submitted", "platform", None)
    assert row.due_at == end + timedelta(hours=72)


def test_applicant_verifiers_and_administrators_are_told(
    applicant: Person, verifier: Person, colleague: Person, admin: Person
) -> None:
    world.submitted(applicant)
    with clock.frozen(deadline() + SECOND):
        escalate_overdue(actor=world.SYSTEM)
    told = Mail.objects.filter(template__contains="escalated").values_list("person", "template")
    assert set(told) == {
        (applicant.id, "access/mail/request_escalated.txt"),
        (verifier.id, "access/mail/request_escalated_agency.txt"),
        (colleague.id, "access/mail/request_escalated_agency.txt"),
        (admin.id, "access/mail/request_escalated_platform.txt"),
    }
    body = Mail.objects.get(person=admin.id, template__contains="escalated").body
    assert body is not None
    assert due().reference in body


def test_after_that_the_platform_decides_and_the_agency_no_longer(
    applicant: Person, verifier: Person, admin: Person
) -> None:
    request_id = world.submitted(applicant)
    with clock.frozen(deadline()):
        escalate_overdue(actor=world.SYSTEM)
        with pytest.raises(Refused):
            services.claim_request(actor=world.actor(verifier), request_id=request_id)
        services.claim_request(actor=world.actor(admin), request_id=request_id)
        world.approve(admin, request_id)
    assert due().state == "approved"


def test_what_waits_at_the_top_stays_there(applicant: Person, admin: Person) -> None:
    world.submitted(applicant, role="verifikator")
    with clock.frozen(deadline() + timedelta(days=9)):
        assert escalate_overdue(actor=world.SYSTEM) == 0


def test_each_escalation_is_in_the_log(applicant: Person, verifier: Person) -> None:
    world.submitted(applicant)
    with clock.frozen(deadline()):
        escalate_overdue(actor=world.SYSTEM)
    entry = LogEvent.objects.get(name="access.request.escalated")
    assert (entry.subject_id, entry.agency) == (str(due().id), "T1")


def test_the_agencys_auditor_reads_of_an_escalation_what_became_of_it(
    applicant: Person, verifier: Person
) -> None:
    world.submitted(applicant)
    with clock.frozen(deadline()):
        escalate_overdue(actor=world.SYSTEM)
    entry = LogEvent.objects.get(name="access.request.escalated")
    auditor = ActiveGrant(uuid7(), "apip", "T1")
    watching = Actor(person=uuid7(), username="apip", acr=2, grant=auditor, grants=(auditor,))
    with override("en"):
        seen = event_detail(watching, entry.pk)
    assert seen.facts["due_at"] < seen.facts["new_due_at"]
    assert "went one level up" in seen.row.sentence
    elsewhere = replace(watching, grant=replace(auditor, agency="T2"))
    with pytest.raises(Missing):
        event_detail(elsewhere, entry.pk)


def test_a_request_at_the_applicant_does_not_go_up(applicant: Person, verifier: Person) -> None:
    request_id = world.claimed(applicant, verifier)
    notes = [services.CorrectionNote("role", "unreadable")]
    services.ask_correction(actor=world.actor(verifier), request_id=request_id, notes=notes)
    with clock.frozen(clock.now() + timedelta(days=30)):
        assert escalate_overdue(actor=world.SYSTEM) == 0


def test_the_deadline_is_the_dated_rule_and_not_a_constant(applicant: Person) -> None:
    AccessRule.objects.filter(key="request_deadline_hours").update(valid_to=clock.today())
    AccessRule.objects.create(
        key="request_deadline_hours", value=24, basis="test", valid_from=clock.today()
    )
    world.submitted(applicant)
    submitted = due().submitted_at
    assert submitted is not None
    assert deadline() - submitted == timedelta(hours=24)


@pytest.mark.parametrize("act", [escalate_overdue, lapse_unactivated])
def test_no_person_plays_the_clock(admin: Person, act: Callable[..., int]) -> None:
    with pytest.raises(Refused):
        act(actor=world.actor(admin))


def test_thirty_days_less_a_second_is_in_time(applicant: Person, verifier: Person) -> None:
    grant = Grant.objects.get(pk=world.approved(applicant, verifier))
    end = grant.approved_at + timedelta(days=30)
    me = world.actor(applicant)
    with clock.frozen(end - SECOND):
        services.activate_grant(actor=me, grant_id=grant.id)
        assert active_grants(applicant.id, clock.now()) != ()


def test_after_thirty_days_activation_is_too_late_even_before_the_tidying(
    applicant: Person, verifier: Person
) -> None:
    grant = Grant.objects.get(pk=world.approved(applicant, verifier))
    end = grant.approved_at + timedelta(days=30)
    me = world.actor(applicant)
    with clock.frozen(end):
        with pytest.raises(ActivationTooLate):
            services.activate_grant(actor=me, grant_id=grant.id)
        assert lapse_unactivated(actor=world.SYSTEM) == 1
        assert lapse_unactivated(actor=world.SYSTEM) == 0
    grant.refresh_from_db()
    assert (grant.state, grant.end_reason) == ("revoked", "It was not activated in time.")
    assert Mail.objects.filter(template="access/mail/grant_lapsed.txt").count() == 1


def test_a_lapsed_grant_leaves_room_for_a_new_request(applicant: Person, verifier: Person) -> None:
    grant = Grant.objects.get(pk=world.approved(applicant, verifier))
    with clock.frozen(grant.approved_at + timedelta(days=31)):
        lapse_unactivated(actor=world.SYSTEM)
        world.active(applicant, verifier)
