"""The nightly look at the blacklist: what changed is recorded, and the company is told."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from gapura.access.queries import holders
from gapura.accounts.queries import people_by_id, recipient
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.notifications.services import notify
from gapura.organizations import services as organizations
from gapura.organizations.permissions import Can
from gapura.organizations.queries import (
    companies_to_check,
    company,
    live_standing,
    numbers_of,
)
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
        nib, npwp = numbers_of(code)
        try:
            answer = check_blacklist(subject=About("company", code), nib=nib, npwp=npwp)
        except AuthorityDown as down:
            log.warning("the blacklist does not answer (%s): %s companies asked", down.fault, asked)
            break
        with transaction.atomic():
            organizations.note_checked(actor=actor, company=code)
            _follow(actor, code, answer)
        asked += 1
    return asked


def _follow(actor: Actor, code: str, answer: BlacklistAnswer) -> None:
    known = live_standing(code, BLACKLISTED)
    told = (answer.decision, answer.until)
    basis = answer.decision or answer.proof.reference
    proof = {"basis": basis, "result_hash": answer.proof.result_hash}
    if known is not None and (not answer.listed or (known.basis, known.until) != told):
        organizations.lift_standing(actor=actor, company=code, state=BLACKLISTED, **proof)
        if not answer.listed:
            _tell(code, "standing_lifted")
        known = None
    if answer.listed and known is None:
        organizations.record_standing(
            actor=actor,
            company=code,
            state=BLACKLISTED,
            since=answer.since or clock.today(),
            until=answer.until,
            source=answer.proof.authority,
            **proof,
        )
        _tell(code, "blacklisted", decision=answer.decision, until=answer.until)


def _tell(code: str, template: str, **values: object) -> None:
    name = company(code).name
    for person in people_by_id(_everybody(code)).values():
        context = {"company": name, **values}
        notify(recipient(person), f"journeys/mail/{template}.txt", context, link="/company")


def _everybody(code: str) -> set[UUID]:
    roles: Iterable[str] = ("admin_perusahaan", "staf_perusahaan")
    return {person for role in roles for person in holders(role, company=code)}
