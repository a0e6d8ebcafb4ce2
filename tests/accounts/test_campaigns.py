"""Campaigns of verifying again: begun once, told at the relay's pace, holding by their days."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from gapura.accounts.errors import (
    CampaignDetails,
    CampaignOver,
    NoDocumentNeeded,
    NoSuchCampaign,
    NothingToVerify,
)
from gapura.accounts.models import AccountRule, Campaign, CampaignLine, Person
from gapura.accounts.queries import (
    CHECKLIST,
    campaign_for,
    holds_on,
    own_reverifications,
    person_by_id,
    progress_of,
    subject_named,
)
from gapura.accounts.rules.campaigns import Stage, end_of, held_from, stage_at, stages
from gapura.accounts.services import (
    CampaignWish,
    ask_correction,
    cancel_campaign,
    claim_case,
    confirm_case,
    draft_campaign,
    end_campaigns,
    extend_campaign,
    refuse_case,
    report_change,
    reverify,
    send_document,
    start_campaign,
    tell_campaigns,
)
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Mail
from tests.accounts.people import SYSTEM, acting, colleague, confirmed, verified
from tests.documents.makers import jpg
from tests.simulator import Authorities

WHY = "The rules on who may sign changed in October."


def wish(**changes: Any) -> CampaignWish:
    today = clock.today()
    told: dict[str, Any] = {
        "title": "Verification of 2026",
        "reason": WHY,
        "basis": "Peraturan LKPP 2/2026",
        "audience": "all",
        "among": "",
        "consequence": "read_only",
        "starts_on": today,
        "due_on": today + timedelta(days=30),
        "grace_days": 7,
    }
    return CampaignWish(**{**told, **changes})


def admin() -> Actor:
    return acting(verified(), "admin_platform", acr=2)


def running(**changes: Any) -> Campaign:
    campaign = draft_campaign(actor=(by := admin()), wish=wish(**changes))
    start_campaign(actor=by, campaign_id=campaign)
    return Campaign.objects.get(pk=campaign)


def kinds(person: Person) -> list[str]:
    return [one.kind for one in holds_on(person.id)]


def told(name: str) -> int:
    return LogEvent.objects.filter(name=name).count()


def test_people_are_told_in_order_and_a_reminder_before_the_start_is_left_out() -> None:
    due = date(2026, 12, 31)
    begun = end_of(date(2026, 12, 20))
    when = stages(begun, due, held_from(due, 7), [14, 7, 1])
    assert [stage for _, stage in when] == [
        Stage.BEGUN, Stage.REMINDER, Stage.REMINDER, Stage.LATE, Stage.HELD
    ]  # fmt: skip
    assert stage_at(when, begun - timedelta(seconds=1)) == 0
    assert stage_at(when, held_from(due, 7)) == 5


@pytest.mark.parametrize("zone", list(clock.ZONES))
def test_nobody_is_held_before_the_last_day_is_over_in_their_own_zone(zone: str) -> None:
    last = date(2027, 1, 7)
    held = held_from(date(2026, 12, 31), 7)
    assert clock.legal_day(held, zone) > last


@pytest.mark.django_db
def test_only_the_verified_of_the_chosen_people_are_in_a_campaign() -> None:
    here = verified()
    there = verified(agency="K17", kind="pns")
    waiting = confirmed()
    campaign = running(audience="agency", among="K16")
    people = set(CampaignLine.objects.filter(campaign=campaign).values_list("person", flat=True))
    assert here.id in people
    assert not {there.id, waiting.id} & people
    assert campaign.people == len(people)


@pytest.mark.django_db
def test_a_campaign_started_twice_concerns_everybody_once() -> None:
    person, by = verified(), admin()
    campaign = draft_campaign(actor=by, wish=wish())
    start_campaign(actor=by, campaign_id=campaign)
    with pytest.raises(CampaignOver):
        start_campaign(actor=by, campaign_id=campaign)
    assert CampaignLine.objects.filter(person=person.id).count() == 1
    assert told("accounts.campaign.started") == 1


@pytest.mark.django_db
def test_until_the_grace_is_over_everything_works_and_then_only_reading_does() -> None:
    person = verified()
    campaign = running()
    assert campaign.held_from is not None
    assert kinds(person) == ["reverification_due"]
    with clock.frozen(campaign.held_from - timedelta(seconds=1)):
        assert kinds(person) == ["reverification_due"]
    with clock.frozen(campaign.held_from):
        assert kinds(person) == ["reverification"]
        subject = subject_named(person.username)
        assert subject is not None
        assert subject.holds == ("reverification",)


@pytest.mark.django_db
def test_a_campaign_that_only_reminds_never_holds_anybody() -> None:
    person = verified()
    campaign = running(consequence="remind")
    with clock.frozen(end_of(campaign.due_on) + timedelta(days=100)):
        assert kinds(person) == ["reverification_due"]


@pytest.mark.django_db
def test_extending_lets_the_held_write_again_and_canceling_ends_it() -> None:
    person, campaign, by = verified(), running(), admin()
    assert campaign.held_from is not None
    with clock.frozen(campaign.held_from):
        later = clock.today() + timedelta(days=20)
        extend_campaign(actor=by, campaign_id=campaign.id, due_on=later, grace_days=7, reason=WHY)
        assert kinds(person) == ["reverification_due"]
        cancel_campaign(actor=by, campaign_id=campaign.id, reason=WHY)
        assert kinds(person) == []
        with pytest.raises(CampaignOver):
            cancel_campaign(actor=by, campaign_id=campaign.id, reason=WHY)


@pytest.mark.django_db
def test_extending_with_fewer_grace_days_holds_nobody_earlier() -> None:
    campaign, by = running(grace_days=30), admin()
    later = campaign.due_on + timedelta(days=1)
    with pytest.raises(CampaignDetails) as found:
        extend_campaign(actor=by, campaign_id=campaign.id, due_on=later, grace_days=7, reason=WHY)
    assert set(found.value.fields) == {"grace_days"}
    assert Campaign.objects.get().held_from == campaign.held_from


@pytest.mark.django_db
def test_days_that_leave_people_no_time_are_not_taken() -> None:
    today = clock.today()
    with pytest.raises(CampaignDetails) as found:
        draft_campaign(
            actor=admin(),
            wish=wish(starts_on=today - timedelta(days=1), due_on=today, grace_days=0, title="x"),
        )
    assert set(found.value.fields) == {"starts_on", "due_on", "grace_days", "title"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["verifikator", "admin_instansi", "helpdesk"])
def test_an_officer_without_the_platforms_role_learns_nothing_of_campaigns(role: str) -> None:
    campaign = running()
    officer = colleague(role, "K16")
    with pytest.raises(NoSuchCampaign):
        campaign_for(officer, campaign.id)
    with pytest.raises(NoSuchCampaign):
        cancel_campaign(actor=officer, campaign_id=campaign.id, reason=WHY)
    with pytest.raises(Refused):
        draft_campaign(actor=officer, wish=wish())


@pytest.mark.django_db
def test_mails_wait_for_room_in_the_outbox_and_nobody_is_told_a_stage_twice() -> None:
    for _ in range(5):
        verified()
    campaign = running()
    Mail.objects.all().delete()
    AccountRule.objects.filter(key="campaign_mail").update(value={"batch": 2, "waiting_most": 3})
    assert [tell_campaigns(actor=SYSTEM) for _ in range(3)] == [2, 1, 0]
    Mail.objects.update(body=None)
    rest = campaign.people - 3
    AccountRule.objects.filter(key="campaign_mail").update(
        value={"batch": 99, "waiting_most": rest}
    )
    assert [tell_campaigns(actor=SYSTEM) for _ in range(2)] == [rest, 0]
    assert CampaignLine.objects.filter(campaign=campaign, told=1).count() == campaign.people
    with clock.frozen(end_of(campaign.due_on)):
        assert tell_campaigns(actor=SYSTEM) == 0, "the outbox is full"
        told_late = 0
        while told_late < campaign.people:
            Mail.objects.update(body=None)
            told_late += tell_campaigns(actor=SYSTEM)
    late = Mail.objects.filter(template="accounts/mail/reverify_late.txt")
    assert late.count() == campaign.people


@pytest.mark.django_db(transaction=True)
def test_the_registrys_word_ends_every_campaign_of_a_person(authorities: Authorities) -> None:
    person = verified()
    campaign = running(audience="agency", among="K16")
    me = acting(person, acr=2)
    assert [one.title for one in own_reverifications(me)] == [campaign.title]
    assert reverify(actor=me).confirmed
    assert own_reverifications(me) == []
    assert kinds(person) == []
    assert told("accounts.reverification.confirmed") == 1
    with pytest.raises(NothingToVerify):
        reverify(actor=me)
    CampaignLine.objects.filter(campaign=campaign).update(done_at=clock.now())
    assert end_campaigns(actor=SYSTEM) == 1
    assert progress_of(admin(), campaign.id).whole.open == 0


@pytest.mark.django_db(transaction=True)
def test_without_an_answer_of_the_registry_nothing_is_over() -> None:
    person = verified()
    running()
    assert reverify(actor=acting(person, acr=2)).outcome == "unavailable"
    assert kinds(person) == ["reverification_due"]


@pytest.mark.django_db
def test_an_open_browser_alone_does_not_vouch_for_its_owner() -> None:
    person = verified()
    running()
    with pytest.raises(Refused) as found:
        reverify(actor=replace(acting(person, acr=2), facts={}))
    assert {c.name for c in found.value.verdict.missing} == {"proved_recently"}


@pytest.mark.django_db
def test_a_change_one_reports_oneself_gives_days_and_then_holds() -> None:
    person = verified()
    me = acting(person)
    first = report_change(actor=me, change="name", reason="I married in October 2026.")
    assert report_change(actor=me, change="nik", reason="Another reason, later.") == first
    row = Campaign.objects.get(pk=first)
    assert (row.kind, row.people, row.state) == ("change", 1, "running")
    assert row.held_from is not None
    with clock.frozen(row.held_from):
        assert kinds(person) == ["reverification"]


@pytest.mark.django_db
def test_a_change_of_one_person_is_not_canceled_by_hand() -> None:
    campaign = report_change(actor=acting(verified()), change="name", reason="I married in May.")
    with pytest.raises(Refused) as found:
        cancel_campaign(actor=admin(), campaign_id=campaign, reason=WHY)
    assert {c.name for c in found.value.verdict.missing} == {"is_of_a_policy"}


def sent(person: Person) -> UUID:
    """The person's identity document waits for somebody to compare it."""
    return send_document(
        actor=acting(person),
        kind="ktp",
        name="ktp.jpg",
        content=jpg(width=600 + person.id.int % 200),
    )


@pytest.mark.django_db
def test_a_document_compared_by_somebody_else_ends_a_campaign_and_no_role_rests_meanwhile() -> None:
    person = verified(kind="citizen", nip="", agency="")
    running(audience="kind", among="citizen")
    case, helper = sent(person), acting(verified(), "helpdesk", acr=2)
    assert person_by_id(person.id).state == "verified"
    claim_case(actor=helper, case_id=case)
    confirm_case(actor=helper, case_id=case, nik=person.nik, checked=list(CHECKLIST))
    assert kinds(person) == []
    assert person_by_id(person.id).state == "verified"


@pytest.mark.django_db
def test_a_document_that_does_not_fit_takes_the_verification_away() -> None:
    person = verified(kind="citizen", nip="", agency="")
    running(audience="kind", among="citizen")
    case, helper = sent(person), acting(verified(), "helpdesk", acr=2)
    claim_case(actor=helper, case_id=case)
    refuse_case(actor=helper, case_id=case, reason_code="another_person", reason="Another face.")
    assert person_by_id(person.id).state == "needs_correction"
    assert kinds(person) == ["reverification_due"]


@pytest.mark.django_db
def test_without_a_campaign_nobody_decides_on_a_verified_identity_anew() -> None:
    """The attack: a verifier takes the roles of somebody at the own agency by asking to correct."""
    person, verifier = verified(), colleague("verifikator", "K16")
    with pytest.raises(NoSuchMove):
        ask_correction(actor=verifier, person_id=person.id, reason="I do not like this name.")
    with pytest.raises(NoDocumentNeeded):
        sent(person)
