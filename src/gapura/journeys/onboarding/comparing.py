"""The nightly look at OSS and the tax office: what differs is noted, and the company is told.

Nothing is cut because an authority is silent, or because a field differs; only a license that OSS
says it revoked is recorded as the company's standing.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from gapura.access.queries import holders, last_successor
from gapura.accounts.queries import masked, people_by_id, person_by_id, recipient
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem
from gapura.notifications.services import notify
from gapura.organizations import services as organizations
from gapura.organizations.permissions import Can
from gapura.organizations.queries import (
    ADOPTABLE,
    COMPARED_FIELDS,
    KeptFacts,
    companies_to_compare,
    company,
    kept_facts,
    live_standing,
)
from gapura.organizations.services import Answered
from gapura.outside.errors import AuthorityDown, BadQuestion
from gapura.outside.services import About, BusinessAnswer, Proof, check_business, check_tax_number

log = logging.getLogger(__name__)

# A company that was asked about today is left until tomorrow night.
EVERY = timedelta(hours=20)
# A run is a minute: so many questions a minute leave the line free for people who wait.
BATCH = 30
REVOKED, OSS, TAX = "revoked", "oss", "tax"
_ADMIN = "admin_perusahaan"
Found = Mapping[str, tuple[str, str]]


def compare_companies(*, actor: Actor) -> int:
    """Ask each authority about up to BATCH companies, the longest ago first; answers how many.

    An authority that does not answer ends its own round only. Only the system may do this. Not
    inside a transaction.
    """
    require(actor, Can.NOTE_DIFFERENCE)
    return sum(_round(actor, authority) for authority in _QUESTIONS)


def _round(actor: Actor, authority: str) -> int:
    asked = 0
    for code in companies_to_compare(authority, clock.now() - EVERY, BATCH):
        try:
            ask_authority(actor, authority, code)
        except AuthorityDown as down:
            log.warning("%s does not answer (%s): %s asked", authority, down.fault, asked)
            break
        except BadQuestion:
            # Nothing that can be asked with: an old entry. It must not hold up the others.
            organizations.skip_comparison(actor=actor, company=code, authority=authority)
        except Problem:
            log.exception("the answer of %s about %s could not be kept", authority, code)
            organizations.skip_comparison(actor=actor, company=code, authority=authority)
        asked += 1
    return asked


def ask_authority(actor: Actor, authority: str, code: str) -> None:
    """Ask OSS or the tax office about one company, and note what differs.

    :raises AuthorityDown, BadQuestion: no answer, or nothing that can be asked with.
    """
    _QUESTIONS[authority](actor, code, kept_facts(code))


def _ask_oss(actor: Actor, code: str, kept: KeptFacts) -> None:
    owner = last_successor(code) or kept.registered_by
    asker = owner or next(iter(holders(_ADMIN, company=code)), None)
    if asker is None:
        raise BadQuestion()
    nik = person_by_id(asker).nik
    answer = check_business(subject=About("company", code), nib=kept.nib, owner_nik=nik)
    with transaction.atomic():
        _follow_licence(actor, code, answer)
        is_owner = owner is not None
        said = _said_of_business(answer, is_owner=is_owner)
        _keep(actor, code, said, answer.proof, answer.npwp)
        found = _business(kept, answer, is_owner=is_owner)
        _note(actor, code, found, answer.proof)


def _business(kept: KeptFacts, answer: BusinessAnswer, *, is_owner: bool) -> Found:
    if answer.status != "active":
        return {"licence": ("active", answer.status)}
    theirs = {
        "name": answer.name,
        "form": answer.form,
        "scale": answer.scale,
        "kblis": ", ".join(sorted(set(answer.kblis))),
        "region": answer.region,
    }
    found = {
        field: (getattr(kept, field), value)
        for field, value in theirs.items()
        if getattr(kept, field) != value
    }
    if answer.npwp != kept.npwp:
        found["npwp"] = (masked(kept.npwp), masked(answer.npwp))
    if is_owner and not answer.owner_matches:
        found["owner"] = ("as_registered", "another")
    return found


def _said_of_business(answer: BusinessAnswer, *, is_owner: bool) -> dict[str, str]:
    """The answer as it is kept; of a license that is not active there is nothing else to say."""
    if answer.status != "active":
        return {"licence": answer.status}
    said = {
        "licence": "active",
        "name": answer.name,
        "form": answer.form,
        "scale": answer.scale,
        "kblis": ", ".join(sorted(set(answer.kblis))),
        "region": answer.region,
        "npwp": masked(answer.npwp),
    }
    if is_owner:
        said["owner"] = "as_registered" if answer.owner_matches else "another"
    return said


def _keep(actor: Actor, code: str, said: dict[str, str], proof: Proof, number: str = "") -> None:
    told = Answered(proof.authority, proof.reference, proof.result_hash)
    organizations.note_answer(actor=actor, company=code, said=said, answer=told, number=number)


def _follow_licence(actor: Actor, code: str, answer: BusinessAnswer) -> None:
    known = live_standing(code, REVOKED)
    proof = {"basis": answer.proof.reference, "result_hash": answer.proof.result_hash}
    if answer.status == REVOKED and known is None:
        today = clock.today()
        organizations.record_standing(
            actor=actor, company=code, state=REVOKED, since=today, until=None, source=OSS, **proof
        )
        _tell(code, "licence_revoked")
    # What a person recorded is lifted by a person.
    if answer.status == "active" and known is not None and known.source == OSS:
        organizations.lift_standing(actor=actor, company=code, state=REVOKED, **proof)
        _tell(code, "licence_valid")


def _ask_tax(actor: Actor, code: str, kept: KeptFacts) -> None:
    answer = check_tax_number(subject=About("company", code), npwp=kept.npwp, name=kept.name)
    found: dict[str, tuple[str, str]] = {}
    if answer.status != "active":
        found["tax_status"] = ("active", answer.status)
    else:
        if not answer.name_matches:
            found["tax_name"] = (kept.name, "another")
        if answer.taxable != kept.taxable:
            found["taxable"] = (_word(kept.taxable), _word(answer.taxable))
    said = {"tax_status": answer.status}
    if answer.status == "active":
        said["tax_name"] = kept.name if answer.name_matches else "another"
        said["taxable"] = _word(answer.taxable)
    with transaction.atomic():
        _keep(actor, code, said, answer.proof)
        _note(actor, code, found, answer.proof)


def _word(flag: bool) -> str:
    return "yes" if flag else "no"


def _note(actor: Actor, code: str, found: Found, proof: Proof) -> None:
    told = Answered(proof.authority, proof.reference, proof.result_hash)
    new = organizations.note_differences(actor=actor, company=code, found=found, answer=told)
    if new:
        lines = [
            {"field": COMPARED_FIELDS[field], "adoptable": field in ADOPTABLE} for field in new
        ]
        _tell(code, "company_differs", authority=proof.authority, lines=lines)


def _tell(code: str, template: str, **values: object) -> None:
    """The company's administrators: they can mend it."""
    name = company(code).name
    whom: set[UUID] = set(holders(_ADMIN, company=code))
    for person in people_by_id(whom).values():
        context = {"company": name, **values}
        notify(recipient(person), f"journeys/mail/{template}.txt", context, link="/company")


_QUESTIONS: Mapping[str, Callable[[Actor, str, KeptFacts], None]] = {OSS: _ask_oss, TAX: _ask_tax}
