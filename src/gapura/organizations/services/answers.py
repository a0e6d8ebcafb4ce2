"""What the authorities say of a company, kept as it changes: A, B and A again are three rows."""

import json
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.encryption import lookup
from gapura.kernel.permissions import require
from gapura.organizations import events
from gapura.organizations.company_errors import AskedLately
from gapura.organizations.errors import NoSuchCompany
from gapura.organizations.models import Company, CompanyAnswer, PlaceRule
from gapura.organizations.permissions import Can
from gapura.organizations.services.differences import Answered


def note_answer(
    *, actor: Actor, company: str, said: Mapping[str, str], answer: Answered, number: str = ""
) -> bool:
    """Keep what an authority said of a company just now; true when it said something else before.

    Numbers stand masked in `said`; `number` is one in clear, of which only a keyed hash is kept.

    :raises NoSuchCompany: unknown code.
    :raises Refused: a person tried.
    """
    require(actor, Can.NOTE_DIFFERENCE)
    digest = _digest(said, number)
    with transaction.atomic():
        if not Company.objects.select_for_update().filter(pk=company).exists():
            raise NoSuchCompany()
        rows = CompanyAnswer.objects.filter(company=company, authority=answer.authority)
        present = rows.filter(ended_at__isnull=True).first()
        now = clock.now()
        proof = {"reference": answer.reference, "result_hash": answer.result_hash}
        if present is not None and present.digest == digest:
            rows.filter(pk=present.pk).update(last_at=now, times=F("times") + 1, **proof)
            return False
        rows.filter(ended_at__isnull=True).update(ended_at=now)
        CompanyAnswer.objects.create(
            company_id=company, authority=answer.authority, said=dict(said), digest=digest,
            first_at=now, last_at=now, **proof,
        )  # fmt: skip
        if present is not None:
            _record(actor, company, answer, digest)
    return present is not None


def _digest(said: Mapping[str, str], number: str) -> str:
    return lookup(json.dumps([dict(said), number], sort_keys=True), "company.answer").hex()


def _record(actor: Actor, company: str, answer: Answered, digest: str) -> None:
    facts = {
        "authority": answer.authority,
        "reference": answer.reference,
        "result_hash": answer.result_hash,
        "digest": digest,
    }
    subject = Subject("company", company, company)
    audit.record(actor, events.ANSWER_CHANGED, subject, facts=facts)


def take_turn(*, actor: Actor) -> str:
    """The actor's company may have the authorities asked now; answers its code.

    Each company has a turn in a while (`registry_again_minutes`), also when two ask at once.

    :raises Refused: not the company's administrator, or not signed in strongly.
    :raises AskedLately: it had its turn.
    """
    require(actor, Can.ASK_AGAIN)
    code = actor.grant.company if actor.grant else ""
    minutes = int(PlaceRule.value_at("registry_again_minutes", clock.today()))
    before = clock.now() - timedelta(minutes=minutes)
    free = Company.objects.filter(pk=code).exclude(asked_again_at__gt=before)
    if not free.update(asked_again_at=clock.now()):
        raise AskedLately(minutes * 60, minutes=minutes)
    return code
