"""Suppliers' companies: entered by the platform, or founded by their owner; their papers."""

import re
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction

from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.encryption import lookup
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations import events
from gapura.organizations.errors import (
    CodeTaken,
    CompanyMalformed,
    CompanyThere,
    NothingLookedUp,
    PaperMissing,
)
from gapura.organizations.facts import CompanyFacts
from gapura.organizations.models import (
    Company,
    CompanyApplication,
    CompanyDocument,
    CompanyKbli,
    Region,
)
from gapura.organizations.permissions import Can
from gapura.organizations.queries import company_of_nib
from gapura.organizations.rules import (
    FACTS_MINUTES,
    address_problem,
    is_nib,
    is_plain_line,
    papers_needed,
    tidy_line,
)

_CODE = re.compile(r"[A-Z0-9][A-Z0-9.-]{1,19}", re.ASCII)
_NOTHING = CompanyFacts()


def register_company(
    *,
    actor: Actor,
    name: str,
    code: str = "",
    nib: str = "",
    facts: CompanyFacts = _NOTHING,
    address: str = "",
) -> Company:
    """Enter a company by the platform or the system, without asking any authority.

    Without a `code` it gets the next C000001. `facts` is what is known of it; its name is `name`.

    :raises CompanyMalformed: no usable code, business number or name.
    :raises CodeTaken: the code is in use.
    :raises CompanyThere: the business number is in use.
    """
    require(actor, Can.REGISTER_COMPANY)
    name = tidy_line(name)
    sound = (not code or _CODE.fullmatch(code)) and (not nib or is_nib(nib))
    if not sound or not is_plain_line(name, 2, 200):
        raise CompanyMalformed()
    with transaction.atomic():
        return _enter(actor, code or _next_code(), name, nib, facts, address)


def found_company(*, actor: Actor, address: str) -> str:
    """The owner registers the company that the authorities named; answers its code.

    It rests on the actor's last question, which must have fitted less than an hour ago, and on the
    papers that were added to it.

    :raises NothingLookedUp: there is no such question.
    :raises Refused: it did not fit, or the identity is not verified.
    :raises FieldProblems: `address`, or a kind of paper that is missing.
    :raises CompanyThere: somebody registered it in the meantime.
    """
    address = tidy_line(address)
    with transaction.atomic():
        row = CompanyApplication.objects.select_for_update().filter(pk=actor.who).first()
        if row is None or row.checked_at <= clock.now() - timedelta(minutes=FACTS_MINUTES):
            raise NothingLookedUp()
        require(actor, Can.FOUND_COMPANY, row)
        facts = CompanyFacts.from_text(row.facts)
        _check_complete(row, facts, address)
        company = _enter(actor, _next_code(), facts.name, row.nib, facts, address, row.papers)
        row.delete()
    return company.code


def _check_complete(row: CompanyApplication, facts: CompanyFacts, address: str) -> None:
    lacking = [kind for kind in papers_needed(facts.form) if kind not in row.papers]
    problems: dict[str, Problem | str] = {kind: PaperMissing() for kind in lacking}
    if (wrong := address_problem(address)) is not None:
        problems["address"] = wrong
    if problems:
        raise FieldProblems(problems)


def _next_code() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('organizations_company_code')")
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - a sequence always answers
    return f"C{row[0]:06d}"


def _enter(
    actor: Actor,
    code: str,
    name: str,
    nib: str,
    facts: CompanyFacts,
    address: str,
    papers: dict[str, str] | None = None,
) -> Company:
    columns = _columns(actor, nib, facts) | {"name": name, "address": address}
    try:
        with transaction.atomic():
            row = Company.objects.create(code=code, **columns)
    except IntegrityError as error:
        if nib and (there := company_of_nib(nib)):
            raise CompanyThere(there) from error
        raise CodeTaken() from error
    CompanyKbli.objects.bulk_create(CompanyKbli(company=row, kbli=each) for each in facts.kblis)
    _add_papers(actor, row, papers or {})
    told: dict[str, Any] = {"name": name, "nib": nib, "form": facts.form, "scale": facts.scale}
    told |= {"documents": papers, "result_hashes": facts.hashes}
    given = {key: value for key, value in told.items() if value}
    audit.record(actor, events.COMPANY_REGISTERED, Subject("company", code, code), facts=given)
    return row


def _add_papers(actor: Actor, company: Company, papers: dict[str, str]) -> None:
    CompanyDocument.objects.bulk_create(
        CompanyDocument(
            company=company, kind=kind, document_id=each, added_by=actor.who, added_at=clock.now()
        )
        for kind, each in papers.items()
    )


def _columns(actor: Actor, nib: str, facts: CompanyFacts) -> dict[str, Any]:
    region = facts.region if Region.objects.filter(pk=facts.region).exists() else None
    return {
        "nib": nib,
        "npwp": facts.npwp or None,
        "npwp_lookup": lookup(facts.npwp, "company.npwp") if facts.npwp else None,
        "form": facts.form,
        "scale": facts.scale,
        "taxable": facts.taxable,
        "region_id": region,
        "registered_by": actor.person,
        "registered_at": clock.now(),
        "checked_at": clock.now() if facts.sources else None,
    }
