"""What this room holds of people: mails to them, and what stands behind the bell."""

from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_
from gapura.notifications.models import Mail, Notice

# Bodies carry links and codes that open something for some hours; who has the mail has them.
MAILS = Holding(
    "notifications.mail",
    N_("Mails sent to you"),
    kind="messages",
    purpose="inform",
    basis="public",
    keeps="short",
    origin="system",
    read=Table(Mail, ("subject", "address", "language", "created_at", "sent_at", "dropped")),
)
NOTICES = Holding(
    "notifications.notice",
    N_("Notices behind the bell"),
    kind="messages",
    purpose="inform",
    basis="public",
    keeps="account",
    origin="system",
    read=Table(Notice, ("text", "created_at", "read_at")),
)
