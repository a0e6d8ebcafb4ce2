"""What this room holds of people: their questions and the answers to them."""

from gapura.helpdesk.models import Answer, Case
from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_

CASES = Holding(
    "helpdesk.case",
    N_("Your questions to the helpdesk"),
    kind="messages",
    purpose="help",
    basis="contract",
    keeps="account",
    read=Table(
        Case, ("reference", "topic", "name", "email", "text", "state", "created_at", "closed_at")
    ),
)
ANSWERS = Holding(
    "helpdesk.answer",
    N_("Answers to your questions"),
    kind="messages",
    purpose="help",
    basis="contract",
    keeps="account",
    origin="others",
    read=Table(Answer, ("case__reference", "text", "sent_at"), "case__person"),
)
