"""The rows of the queue in words, worked out once a row: forty of them must stay cheap."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from gapura.access.queries import ROLES, QueueRow
from gapura.web.shell.display import left, moment, tr
from gapura.web.shell.states import REQUESTS


class QueueLine(NamedTuple):
    """One row as shown. `act` is what this verifier can do with it: take, go_on or nothing."""

    id: str
    reference: str
    applicant: str
    role: str
    place: str
    moved: str
    state: str
    color: str
    holder: str
    due: str
    due_at: str
    left: str
    act: str


class Words:
    """Role and state names in the active language, looked up once a page."""

    def __init__(self, *, me: UUID, now: datetime, zone: str) -> None:
        self.me, self.now, self.zone = me, now, zone
        self.roles = {code: tr(role.name) for code, role in ROLES.items()}
        self.states = {name: (tr(text), color) for name, (text, color) in REQUESTS.items()}
        self.mine = _("by you")

    def line(self, row: QueueRow) -> QueueLine:
        """One row in words."""
        state, color = self.states[row.state]
        return QueueLine(
            id=str(row.id),
            reference=row.reference,
            applicant=row.applicant,
            role=self.roles[row.role],
            place=row.unit_name or row.agency_name,
            moved=row.agency_name if row.escalated else "",
            state=state,
            color=color,
            holder=self._holder(row),
            due=moment(row.due_at, self.zone),
            due_at=row.due_at.isoformat(),
            left="" if row.late else left(row.due_at, self.now),
            act=self._act(row),
        )

    def _holder(self, row: QueueRow) -> str:
        if not row.claimed_by:
            return ""
        if row.claimed_by == self.me:
            return self.mine
        if row.claim_is_free:
            return _("%(name)s stopped; free to take") % {"name": row.claimed_by_name}
        return row.claimed_by_name

    def _act(self, row: QueueRow) -> str:
        if row.claimed_by == self.me:
            return "go_on"
        return "take" if row.claim_is_free else ""
