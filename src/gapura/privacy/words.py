"""What columns are called for people, and how their values are told; and as JSON."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from gapura.kernel.clock import ZONES
from gapura.kernel.texts import N_, said

# Numbers of which a page shows the end only: a screen is seen by others. The copy has them whole,
# behind a fresh proof.
MASKED = frozenset({"nik", "nip", "npwp", "unit_npwp", "phone", "old_phone", "old", "new"})
# No text on a page or paper is longer than this; the JSON file has it whole.
_LONGEST = 160

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


def shown(value: Any, zone: str) -> str:
    """A value for people: moments in their zone, no more than some words of each."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment(value, zone)
    text = value if isinstance(value, str) else as_json(value).decode().strip('"')
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " […]"


def moment(at: datetime, zone: str) -> str:
    """The minute in the person's zone."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {ZONES[zone]}"


def as_json(value: Any) -> bytes:
    """Pure ASCII, so that nothing in it is unseen; ids, days, amounts as texts, bytes as hex."""
    return json.dumps(value, default=_plain).encode()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)
