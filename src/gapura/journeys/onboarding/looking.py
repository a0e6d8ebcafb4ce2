"""Looking a business number up: one question to each authority, one outcome for the person."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from gapura.accounts.queries import person_by_id
from gapura.journeys.onboarding.identity import prove_identity
from gapura.kernel import throttle
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.organizations.errors import NibMalformed
from gapura.organizations.permissions import Can
from gapura.organizations.queries import (
    CompanyFacts,
    Source,
    bare_number,
    company,
    company_of_nib,
    is_nib,
)
from gapura.organizations.services import note_lookup
from gapura.outside.errors import AuthorityDown
from gapura.outside.services import (
    About,
    Proof,
    check_blacklist,
    check_business,
    check_tax_number,
)

# Whoever tries numbers learns little, and not many an hour.
LOOKS = throttle.Limit("company.look_up", 10, 3600)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended (a code of organizations.queries.OUTCOMES), and what may be told about it.

    Facts of the company are there only for its owner.
    """

    kind: str
    facts: CompanyFacts


def look_up(*, actor: Actor, nib: str) -> Outcome:
    """Ask OSS, the tax office and the blacklist about a business number, and keep the answer.

    `ok` opens the registration for an hour. Not inside a transaction.

    :raises FieldProblems: `nib` has no 13 digits.
    :raises TooMany: more than ten an hour.
    """
    require(actor, Can.LOOK_UP_COMPANY)
    nib = bare_number(nib.strip())
    if not is_nib(nib):
        raise FieldProblems({"nib": NibMalformed()})
    throttle.count(LOOKS, str(actor.who))
    actor = prove_identity(actor=actor)
    try:
        found = _found(actor, nib)
    except AuthorityDown as down:
        detail = {"authority": down.authority, "minutes": -(-down.retry_after // 60)}
        found = Outcome("unavailable", CompanyFacts(detail=detail))
    note_lookup(actor=actor, nib=nib, outcome=found.kind, facts=found.facts)
    return found


def _found(actor: Actor, nib: str) -> Outcome:
    if actor.state != "verified":
        return Outcome("identity_open", CompanyFacts(detail={"state": actor.state}))
    if code := company_of_nib(nib):
        detail = {"company": code, "name": company(code).name}
        return Outcome("already_registered", CompanyFacts(detail=detail))
    facts = CompanyFacts()
    for ask in _QUESTIONS:
        outcome = ask(actor, nib, facts)
        if outcome.kind != "ok":
            return outcome
        facts = outcome.facts
    return Outcome("ok", facts)


def _about(actor: Actor) -> About:
    """The company has no code yet: the record names who asked."""
    return About("company_owner", str(actor.who))


def _with(facts: CompanyFacts, proof: Proof) -> CompanyFacts:
    source = Source(proof.authority, proof.reference, proof.asked_at.isoformat(), proof.result_hash)
    return replace(facts, sources=(*facts.sources, source))


def _oss(actor: Actor, nib: str, facts: CompanyFacts) -> Outcome:
    nik = person_by_id(actor.who).nik
    answer = check_business(subject=_about(actor), nib=nib, owner_nik=nik)
    proven = _with(facts, answer.proof)
    if answer.status != "active":
        return Outcome("not_valid", replace(proven, detail={"status": answer.status}))
    if not answer.owner_matches:
        return Outcome("owner_differs", proven)
    return Outcome(
        "ok",
        replace(
            proven,
            name=answer.name,
            form=answer.form,
            scale=answer.scale,
            kblis=tuple(sorted(set(answer.kblis))),
            region=answer.region,
            npwp=answer.npwp,
        ),
    )


def _tax(actor: Actor, nib: str, facts: CompanyFacts) -> Outcome:
    answer = check_tax_number(subject=_about(actor), npwp=facts.npwp, name=facts.name)
    proven = replace(_with(facts, answer.proof), taxable=answer.taxable)
    if answer.status == "active" and answer.name_matches:
        return Outcome("ok", proven)
    detail = {"status": answer.status, "name_matches": answer.name_matches}
    return Outcome("tax_differs", replace(proven, detail=detail))


def _blacklist(actor: Actor, nib: str, facts: CompanyFacts) -> Outcome:
    answer = check_blacklist(subject=_about(actor), nib=nib, npwp=facts.npwp)
    proven = _with(facts, answer.proof)
    if not answer.listed:
        return Outcome("ok", proven)
    detail = {
        "decision": answer.decision,
        "since": answer.since.isoformat() if answer.since else "",
        "until": answer.until.isoformat() if answer.until else "",
    }
    return Outcome("blacklisted", replace(proven, detail=detail))


_QUESTIONS: tuple[Callable[[Actor, str, CompanyFacts], Outcome], ...] = (_oss, _tax, _blacklist)
