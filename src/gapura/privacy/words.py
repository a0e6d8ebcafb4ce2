"""What columns are called for people; one that has no word is told by its own name."""

from gapura.kernel.texts import N_, said

COLUMNS = {
    "accepted_at": N_("Accepted at"),
    "agency": N_("Agency"),
    "amount": N_("Amount"),
    "approved_at": N_("Approved at"),
    "asked_at": N_("Asked at"),
    "created_at": N_("Created at"),
    "decided_at": N_("Decided at"),
    "email": N_("E-mail address"),
    "ended_at": N_("Ended at"),
    "ip": N_("Address in the network"),
    "kind": N_("Kind"),
    "language": N_("Language"),
    "last_seen_at": N_("Last seen at"),
    "name": N_("Name"),
    "nik": N_("NIK"),
    "nip": N_("NIP"),
    "note": N_("Note"),
    "number": N_("Number"),
    "phone": N_("Telephone number"),
    "position": N_("Position"),
    "reason": N_("Reason"),
    "reference": N_("Number"),
    "role": N_("Role"),
    "sent_at": N_("Sent at"),
    "signed_in_at": N_("Signed in at"),
    "state": N_("State"),
    "text": N_("Text"),
    "unit": N_("Unit"),
    "user_agent": N_("Browser"),
    "username": N_("Username"),
    "when": N_("When"),
    "what": N_("What"),
    "who": N_("Who"),
}


def label(column: str) -> str:
    """The word for a column, by the last step of its path."""
    last = column.rpartition("__")[2]
    return said(COLUMNS[last]) if last in COLUMNS else last.replace("_", " ").capitalize()
