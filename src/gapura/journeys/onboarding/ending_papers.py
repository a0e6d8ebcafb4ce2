"""Companies hear in time which of their papers end."""

from django.db import transaction

from gapura.access.queries import holders
from gapura.accounts.queries import people_by_id, recipient
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.notifications.services import Message, notify_many
from gapura.organizations.permissions import Can
from gapura.organizations.queries import PAPERS, company, papers_ending
from gapura.organizations.services import note_papers_reminded

ADMIN = "admin_perusahaan"


def remind_of_papers(*, actor: Actor) -> int:
    """Tell the administrators of up to 200 companies; answers how many companies.

    Only the system does this.

    :raises Refused: a person tried.
    """
    require(actor, Can.REMIND_PAPERS)
    due = papers_ending()
    for code, papers in due:
        with transaction.atomic():
            note_papers_reminded(actor=actor, company=code)
            lines = [{"kind": PAPERS[kind], "until": until} for kind, until in papers]
            values = {"company": company(code).name, "lines": lines}
            people = people_by_id(set(holders(ADMIN, company=code))).values()
            notify_many(
                Message(recipient(row), "journeys/mail/papers_end.txt", values, link="/company")
                for row in people
            )
    return len(due)
