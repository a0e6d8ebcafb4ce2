"""What this room writes into the activity log about agencies, units, companies and letters."""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

REFERENCE_LOADED = Event(
    "organizations.reference.loaded",
    N_("Reference data was loaded: %(agencies)s agencies and %(units)s units are new"),
    needs=("regions", "agencies", "units"),
    readers=Readers.PLATFORM,
)
AGENCY_CLOSED = Event(
    "organizations.agency.closed",
    N_("%(actor)s closed the agency %(subject)s from %(closed_on)s"),
    needs=("closed_on", "reason"),
)
UNIT_CLOSED = Event(
    "organizations.unit.closed",
    N_("%(actor)s closed the unit %(subject)s from %(closed_on)s"),
    needs=("closed_on", "reason"),
)
COMPANY_REGISTERED = Event(
    "organizations.company.registered",
    N_("%(actor)s registered the company %(subject)s"),
    needs=("name",),
    readers=Readers.PLATFORM,
)
LETTER_REGISTERED = Event(
    "organizations.letter.registered",
    N_("%(actor)s entered appointment letter %(subject)s, number %(number)s"),
    needs=("number", "signed_on", "valid_from", "valid_until", "document"),
    optional=("signer_position",),
    personal=("signer_name",),
)
LETTER_REVOKED = Event(
    "organizations.letter.revoked",
    N_("%(actor)s revoked appointment letter %(subject)s: %(reason)s"),
    needs=("reason",),
)
