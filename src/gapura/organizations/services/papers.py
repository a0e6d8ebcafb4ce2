"""Papers of the own company: added, replaced by newer ones, and what their days may be."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.documents.errors import NoSuchDocument
from gapura.documents.queries import get_document
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations import events
from gapura.organizations.company_errors import DayUnfit, PaperEnded, PaperNumberLong
from gapura.organizations.errors import NoSuchPaper, PaperMissing
from gapura.organizations.kinds import PAPERS
from gapura.organizations.models import Company, CompanyDocument
from gapura.organizations.permissions import Can
from gapura.organizations.rules import (
    LONGEST_NUMBER,
    YEARS,
    is_plain_line,
    tidy_line,
    years_from,
)


@dataclass(frozen=True, slots=True)
class PaperText:
    """What stands on a paper: its number and the days on which it counts, where it names them."""

    number: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


_PLAIN = PaperText()


def add_paper(*, actor: Actor, kind: str, document: UUID, text: PaperText = _PLAIN) -> None:
    """Add a paper to the actor's company, or put a newer one in the place of the present one.

    :raises Refused: not the company's administrator, or not signed in strongly.
    :raises NoSuchPaper: no such kind.
    :raises PaperMissing: the file is not there, or somebody else's.
    :raises FieldProblems: number, valid_from, valid_until.
    """
    require(actor, Can.UPDATE_COMPANY)
    code = actor.grant.company if actor.grant else ""
    check_paper(actor, kind, document)
    text = check_paper_text(text)
    with transaction.atomic():
        # Two at once wait for each other here: each kind has one present paper.
        Company.objects.select_for_update().get(pk=code)
        now = clock.now()
        present = CompanyDocument.objects.filter(company=code, kind=kind, replaced_at__isnull=True)
        if present.filter(document=document).exists():
            return
        old = present.values_list("document_id", flat=True).first()
        present.update(replaced_at=now, replaced_by=actor.person)
        CompanyDocument.objects.create(
            company_id=code, kind=kind, document_id=document, added_by=actor.who, added_at=now,
            number=text.number, valid_from=text.valid_from, valid_until=text.valid_until,
        )  # fmt: skip
        told = {"number": text.number, "valid_from": text.valid_from, "replaces": old}
        told["valid_until"] = text.valid_until
        facts = {"kind": kind, "document": document} | {k: v for k, v in told.items() if v}
        audit.record(actor, events.PAPER_ADDED, Subject("company", code, code), facts=facts)


def check_paper_text(text: PaperText) -> PaperText:
    """The same with its number tidied.

    :raises FieldProblems: number, valid_from, valid_until.
    """
    number, today = tidy_line(text.number), clock.today()
    found: dict[str, Problem | str] = {}
    if number and not is_plain_line(number, 1, LONGEST_NUMBER):
        found["number"] = PaperNumberLong()
    if text.valid_from is not None and text.valid_from > years_from(today, YEARS):
        found["valid_from"] = DayUnfit()
    if text.valid_until is not None:
        if text.valid_until < today:
            found["valid_until"] = PaperEnded()
        elif text.valid_from is not None and text.valid_until < text.valid_from:
            found["valid_until"] = DayUnfit()
    if found:
        raise FieldProblems(found)
    return PaperText(number, text.valid_from, text.valid_until)


def check_paper(actor: Actor, kind: str, document: UUID) -> None:
    """Only a known kind, and only the actor's own file: else ids of others' could be tried.

    :raises NoSuchPaper, PaperMissing: otherwise.
    """
    if kind not in PAPERS:
        raise NoSuchPaper()
    try:
        owner = get_document(document).uploaded_by
    except NoSuchDocument as error:
        raise PaperMissing() from error
    if owner != actor.person:
        raise PaperMissing()


def note_papers_reminded(*, actor: Actor, company: str) -> None:
    """Remember that a company was told of papers that end just now.

    :raises Refused: a person tried.
    """
    require(actor, Can.REMIND_PAPERS)
    rows = CompanyDocument.objects.filter(company=company, replaced_at__isnull=True)
    rows.filter(valid_until__isnull=False).update(reminded_at=clock.now())
