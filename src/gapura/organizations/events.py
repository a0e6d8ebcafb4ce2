"""What this room writes into the activity log about agencies, units, companies and letters."""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_
from gapura.organizations.kinds import FORMS, OUTCOMES, PAPERS, SCALES, STANDINGS

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
    optional=("nib", "form", "scale", "documents", "result_hashes"),
    readers=Readers.PLATFORM,
    words={"form": FORMS, "scale": SCALES},
)
COMPANY_LOOKED_UP = Event(
    "organizations.company.looked_up",
    N_("%(actor)s asked about the business number %(nib)s: %(outcome)s"),
    needs=("nib", "outcome"),
    optional=("result_hashes",),
    readers=Readers.PERSON,
    words={"outcome": OUTCOMES},
)
PAPER_ADDED = Event(
    "organizations.company.paper_added",
    N_("%(actor)s added a document to the company %(subject)s: %(kind)s"),
    needs=("kind", "document"),
    readers=Readers.PERSON,
    words={"kind": PAPERS},
)
STANDING_RECORDED = Event(
    "organizations.standing.recorded",
    N_("The company %(subject)s is recorded as: %(state)s, from %(since)s"),
    needs=("state", "since", "until", "basis"),
    optional=("result_hash",),
    readers=Readers.PLATFORM,
    words={"state": STANDINGS},
)
STANDING_LIFTED = Event(
    "organizations.standing.lifted",
    N_("The company %(subject)s is no longer recorded as: %(state)s"),
    needs=("state", "basis"),
    optional=("result_hash",),
    readers=Readers.PLATFORM,
    words={"state": STANDINGS},
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
