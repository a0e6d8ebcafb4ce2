"""Verifying one's own account again, and saying that something about oneself has changed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.accounts import events
from gapura.accounts.choices import CHANGES, MATCHES, UNAVAILABLE
from gapura.accounts.errors import CampaignDetails, NikDate, NothingToVerify
from gapura.accounts.models import AccountRule, Campaign, CampaignLine, Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries import (
    IdentityCheck,
    ProofView,
    born,
    person_by_id,
    recipient,
    registry_proof,
)
from gapura.accounts.queries.campaigns import reverification_waits
from gapura.accounts.rules.proofs import ASKED_BY_PERSON
from gapura.accounts.services.campaign_rows import READ_ONLY, moment_held, settle
from gapura.accounts.services.campaigns import begin, note_drafted
from gapura.accounts.services.case_ends import overtake_case
from gapura.accounts.services.proofs import proof_row, supersede
from gapura.accounts.services.rows import locked, record, sound_reason
from gapura.accounts.states_of_campaigns import DRAFT, RUNNING
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_
from gapura.notifications.services import notify
from gapura.outside.errors import AuthorityDown
from gapura.outside.services import About, IdentityAnswer
from gapura.outside.services import check_identity as ask_registry


def reverify(*, actor: Actor) -> ProofView:
    """Ask the civil registry about the actor's data anew; its word ends every open campaign.

    Call it outside any transaction. A registry that is down, or not connected, changes nothing: a
    document compared by a human being is the other way.

    :raises Refused: the identity is not verified, or nobody proved to be there just now.
    :raises NothingToVerify: no campaign waits.
    :raises TooMany: more than three questions an hour; one without an answer does not count.
    """
    row = person_by_id(actor.who)
    require(actor, Can.REVERIFY, IdentityCheck(row))
    if not reverification_waits(row.id):
        raise NothingToVerify()
    birth = born(row)
    if birth is None:
        raise NikDate()
    throttle.count(ASKED_BY_PERSON, str(row.id))
    try:
        answer = ask_registry(
            subject=About("person", str(row.id)), nik=row.nik, name=row.name, birth_date=birth
        )
    except AuthorityDown:
        throttle.give_back(ASKED_BY_PERSON, str(row.id))
        return ProofView(outcome=UNAVAILABLE)
    return _keep(actor, row, answer)


def _keep(actor: Actor, asked: Person, answer: IdentityAnswer) -> ProofView:
    with transaction.atomic():
        person = locked(asked.id)
        require(actor, Can.REVERIFY, IdentityCheck(person))
        if (person.nik, person.name) != (asked.nik, asked.name):
            return registry_proof(person.id)
        supersede(person, "registry")
        row = proof_row(person, answer)
        told = ("outcome", "reference", "result_hash")
        facts: dict[str, Any] = {name: getattr(row, name) for name in told}
        if row.outcome == MATCHES:
            now = clock.now()
            person.verified_at, person.profile_confirmed_at = now, now
            person.save(update_fields=["verified_at", "profile_confirmed_at"])
            facts["campaigns"] = settle(person.id)
            record(actor, events.REVERIFIED, person, facts=facts)
            overtake_case(actor, person)
        else:
            record(actor, events.IDENTITY_CHECKED, person, facts={**facts, "fields": row.fields})
            template = "accounts/mail/identity_differs.txt"
            values = {"outcome": row.outcome}
            notify(recipient(person), template, values, link="/account/reverification")
    return registry_proof(person.id)


def report_change(*, actor: Actor, change: str, reason: str) -> UUID:
    """The person says that name, NIK or employment is no longer what was verified.

    The account works on for the days of the dated rule `change_days`; until then the new data is to
    be verified, afterwards only reading is left. Said twice, the first one counts. Answers the
    campaign of this one person.

    :raises CampaignDetails: no known change.
    :raises ReasonTooShort, TextTooLong, TextUnsafe: the reason.
    """
    if change not in CHANGES:
        raise CampaignDetails({"change": N_("Choose what has changed.")})
    reason = sound_reason(reason)
    with transaction.atomic():
        person = locked(actor.who)
        require(actor, Can.REPORT_CHANGE, IdentityCheck(person))
        waiting = CampaignLine.objects.filter(person=person, done_at__isnull=True)
        waiting = waiting.filter(campaign__kind="change", campaign__state=RUNNING)
        known: UUID | None = waiting.values_list("campaign_id", flat=True).first()
        return known or _begin_change(actor, person, change, reason)


def _begin_change(actor: Actor, person: Person, change: str, reason: str) -> UUID:
    rule, today = _change_rule(), clock.today()
    due_on = today + timedelta(days=rule.value["due"])
    row = Campaign.objects.create(
        kind="change",
        title=CHANGES[change],
        reason=CHANGES[change],
        basis=rule.basis,
        audience="person",
        consequence=READ_ONLY,
        held_from=moment_held(READ_ONLY, due_on, rule.value["grace"]),
        state=DRAFT,
        made_at=clock.now(),
        starts_on=today,
        due_on=due_on,
        grace_days=rule.value["grace"],
    )
    system = system_actor("reverification")
    note_drafted(system, row)
    begin(system, row, Person.objects.filter(pk=person.pk))
    facts = {"change": change, "due_on": due_on, "held_from": row.held_from, "reason": reason}
    record(actor, events.CHANGE_REPORTED, person, facts=facts | {"campaign": str(row.id)})
    return row.id


def _change_rule() -> AccountRule:
    rule = AccountRule.row_at("change_days", clock.today())
    if rule is None:
        raise LookupError("no rule 'change_days'")
    return rule
