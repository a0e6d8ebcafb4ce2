"""The nightly look at the blacklist: what changed is recorded, and the company is told."""

import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from gapura.access.queries import holders
from gapura.accounts.queries import people_by_id, recipient
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem
from gapura.notifications.services import notify
from gapura.organizations import services as organizations
from gapura.organizations.permissions import Can
from gapura.organizations.queries import (
    companies_to_check,
    company,
    free_since,
    live_standing,
    numbers_of,
)
from gapura.organizations.services import Answered
from gapura.outside.errors import AuthorityDown
from gapura.outside.services import About, BlacklistAnswer, check_blacklist

log = logging.getLogger(__name__)

BLACKLISTED = "blacklisted"
# A company that was asked about today is left until tomorrow night.
EVERY = timedelta(hours=20)
BATCH = 100


def recheck_companies(*, actor: Actor) -> int:
    """Ask the blacklist about up to BATCH companies, the longest ago first; answers how many.

    It stops when the authority does not answer: what was recorded counts until it does. Only the
    system may do this. Not inside a transaction.
    """
    require(actor, Can.RECORD_STANDING)
    asked = 0
    for code in companies_to_check(clock.now() - EVERY, BATCH):
        try:
            ask_blacklist(actor, code)
        except AuthorityDown as down:
            log.warning("the blacklist does not answer (%s): %s companies asked", down.fault, asked)
            break
        except Problem:
            # One company whose answer nobody understands must not hold up all the others.
            log.exception("the blacklist's answer about %s could not be kept", code)
            organizations.note_checked(actor=actor, company=code)
        asked += 1
    return asked


def ask_blacklist(actor: Actor, code: str) -> None:
    """Ask about one company and follow the answer.

    :raises AuthorityDown: no answer; what was recorded counts on.
    """
    nib, npwp = numbers_of(code)
    answer = check_blacklist(subject=About("company", code), nib=nib, npwp=npwp)
    proof = answer.proof
    with transaction.atomic():
        organizations.note_checked(actor=actor, company=code)
        organizations.note_answer(
            actor=actor,
            company=code,
            said=_said(answer),
            answer=Answered(proof.authority, proof.reference, proof.result_hash),
        )
        _follow(actor, code, answer)


def _said(answer: BlacklistAnswer) -> dict[str, str]:
    if not answer.listed:
        return {"listed": "not_listed"}
    days = {"since": answer.since, "until": answer.until}
    told = {name: day.isoformat() for name, day in days.items() if day is not None}
    return {"listed": BLACKLISTED, "decision": answer.decision, **told}


def _follow(actor: Actor, code: str, answer: BlacklistAnswer) -> None:
    known = live_standing(code, BLACKLISTED)
    basis = _basis(answer)
    proof = {"basis": basis, "result_hash": answer.proof.result_hash}
    told = (basis, answer.until)
    if known is not None and (not answer.listed or (known.basis, known.until) != told):
        organizations.lift_standing(actor=actor, company=code, state=BLACKLISTED, **proof)
        if not answer.listed:
            _tell(code, "standing_lifted")
        known = None
    if answer.listed and known is None:
        _list(actor, code, answer, proof)


def _list(actor: Actor, code: str, answer: BlacklistAnswer, proof: Mapping[str, str]) -> None:
    """From its first day that is not recorded yet: what counted before stays in the history."""
    since = free_since(code, BLACKLISTED, answer.since or clock.today())
    if answer.until is not None and answer.until < since:
        return
    organizations.record_standing(
        actor=actor,
        company=code,
        state=BLACKLISTED,
        since=since,
        until=answer.until,
        source=answer.proof.authority,
        **proof,
    )
    if answer.until is None or answer.until >= clock.today():
        _tell(code, "blacklisted", decision=answer.decision, until=answer.until)


def _basis(answer: BlacklistAnswer) -> str:
    """The decision's number, where it is one that can be kept."""
    decision = " ".join(answer.decision.split())
    return decision if 3 <= len(decision) <= 300 else answer.proof.reference


def _tell(code: str, template: str, **values: object) -> None:
    name = company(code).name
    for person in people_by_id(_everybody(code)).values():
        context = {"company": name, **values}
        notify(recipient(person), f"journeys/mail/{template}.txt", context, link="/company")


def _everybody(code: str) -> set[UUID]:
    roles: Iterable[str] = ("admin_perusahaan", "staf_perusahaan")
    return {person for role in roles for person in holders(role, company=code)}
