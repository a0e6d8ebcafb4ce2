"""The owner registers a company: papers, facts of the authorities, and the first role there."""

from collections.abc import Mapping

from django.db import transaction

from gapura.access import services as access
from gapura.documents.services import receive
from gapura.journeys.onboarding.identity import prove_identity
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations import services as organizations
from gapura.organizations.permissions import Can
from gapura.organizations.services import PaperText, check_paper_text

PURPOSE = "company"
File = tuple[str, bytes]
_PLAIN = PaperText()


def keep_papers(*, actor: Actor, files: Mapping[str, File]) -> dict[str, Problem]:
    """Take in the files (name and content by kind) that are good; answers what is wrong by kind.

    What is taken stays with the person's question, so that it need not be chosen again.

    :raises NothingLookedUp, Refused: there is no fitting question to put them to.
    """
    refused: dict[str, Problem] = {}
    for kind, (name, content) in files.items():
        try:
            document = receive(actor=actor, name=name, content=content, purpose=PURPOSE)
        except Problem as problem:
            refused[kind] = problem
            continue
        organizations.keep_paper(actor=actor, kind=kind, document=document)
    return refused


def register_company(*, actor: Actor, address: str, files: Mapping[str, File] | None = None) -> str:
    """Make the company that the actor's last question was about; answers its code.

    `files` are taken in as `keep_papers` does, beside those that are there already.

    The actor's role as its administrator is ready then, and works once it is activated under a
    second factor. Not inside a transaction.

    :raises NothingLookedUp: no question, or its answer is older than an hour.
    :raises Refused: the answer did not fit.
    :raises FieldProblems: `address`, or kinds of papers that are missing or not taken.
    :raises CompanyThere: somebody registered it in the meantime.
    """
    actor = prove_identity(actor=actor)
    organizations.keep_address(actor=actor, address=address)
    refused = keep_papers(actor=actor, files=files or {})
    if refused:
        raise FieldProblems(refused)
    with transaction.atomic():
        code = organizations.found_company(actor=actor, address=address)
        access.admit_founder(actor=actor, company=code)
    return code


def add_paper(
    *, actor: Actor, kind: str, name: str, content: bytes, text: PaperText = _PLAIN
) -> None:
    """Add a paper to the actor's company, or a newer one in the place of the present one.

    :raises Refused: not the company's administrator, or not signed in strongly.
    :raises NoSuchPaper: no such kind.
    :raises FileRefused, QuotaReached, GateBusy, TooMany: the file is not taken.
    :raises FieldProblems: its number or its days do not fit.
    """
    require(actor, Can.UPDATE_COMPANY)
    check_paper_text(text)
    document = receive(actor=actor, name=name, content=content, purpose=PURPOSE)
    organizations.add_paper(actor=actor, kind=kind, document=document, text=text)
