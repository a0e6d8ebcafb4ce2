"""What this room writes into the activity log about agencies, units, companies and letters."""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_
from gapura.organizations.kinds import (
    ANSWERING_WORDS,
    COMPARED_FIELDS,
    CONFIRMED,
    FORMS,
    OUTCOMES,
    PAPERS,
    PLACE_CHANGES,
    SCALES,
    SETTLED,
    STANDINGS,
    STAY_OR_END,
)

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
    optional=("deed", "successor"),
)
UNIT_CLOSED = Event(
    "organizations.unit.closed",
    N_("%(actor)s closed the unit %(subject)s from %(closed_on)s"),
    needs=("closed_on", "reason"),
    optional=("deed",),
)
UNIT_DESCRIBED = Event(
    "organizations.unit.described",
    N_("The tax number or address of the unit %(subject)s was told with a request"),
    needs=("told",),
    words={"told": {"npwp": N_("Tax number (NPWP)"), "address": N_("Address")}},
)
UNIT_CONFIRMED = Event(
    "organizations.unit.confirmed",
    N_("%(actor)s confirmed what is kept of the unit %(subject)s"),
    needs=("changed",),
    words={"changed": CONFIRMED},
)
UNIT_RENAMED = Event(
    "organizations.unit.renamed",
    N_("%(actor)s decided that the unit %(subject)s is called %(name)s from %(from_day)s"),
    needs=("name", "from_day", "deed", "reason"),
)
AGENCY_RENAMED = Event(
    "organizations.agency.renamed",
    N_("%(actor)s decided that the agency %(subject)s is called %(name)s from %(from_day)s"),
    needs=("name", "from_day", "deed", "reason"),
)
UNIT_MOVED = Event(
    "organizations.unit.moved",
    N_("%(actor)s decided that the unit %(subject)s gets another place in the tree"),
    needs=("from_day", "deed", "reason"),
    optional=("parent",),
)
UNIT_MERGED = Event(
    "organizations.unit.merged",
    N_("%(actor)s decided that the unit %(subject)s goes into %(successor)s from %(from_day)s"),
    needs=("successor", "from_day", "grants", "deed", "reason"),
    words={"grants": STAY_OR_END},
)
CHANGE_APPLIED = Event(
    "organizations.change.applied",
    N_("A decided change of %(subject)s took effect: %(kind)s"),
    needs=("kind", "from_day"),
    words={"kind": PLACE_CHANGES},
)
CHANGE_CANCELED = Event(
    "organizations.change.canceled",
    N_("%(actor)s canceled a change of %(subject)s before its day: %(kind)s"),
    needs=("kind", "from_day", "reason"),
    words={"kind": PLACE_CHANGES},
)
BRANCH_OPENED = Event(
    "organizations.branch.opened",
    N_("%(actor)s added branch %(number)s to the company %(subject)s"),
    needs=("number", "name", "since"),
    readers=Readers.PERSON,
)
BRANCH_CHANGED = Event(
    "organizations.branch.changed",
    N_("%(actor)s changed branch %(number)s of the company %(subject)s"),
    needs=("number",),
    readers=Readers.PERSON,
)
BRANCH_CLOSED = Event(
    "organizations.branch.closed",
    N_("%(actor)s closed branch %(number)s of the company %(subject)s after %(until)s"),
    needs=("number", "until"),
    readers=Readers.PERSON,
)
ANSWER_CHANGED = Event(
    "organizations.answer.changed",
    N_("An authority says something else of the company %(subject)s than before: %(authority)s"),
    needs=("authority", "reference", "result_hash", "digest"),
    readers=Readers.PLATFORM,
    words={"authority": ANSWERING_WORDS},
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
    optional=("number", "valid_from", "valid_until", "replaces"),
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
LETTER_ERASED = Event(
    "organizations.letter.erased",
    N_("%(actor)s erased a copy of letter %(subject)s on which nothing rests"),
)
LETTER_REGISTERED = Event(
    "organizations.letter.registered",
    N_("%(actor)s entered appointment letter %(subject)s, number %(number)s"),
    needs=("number", "signed_on", "valid_from", "valid_until", "document"),
    optional=("signer_position", "digest"),
    personal=("signer_name",),
)
LETTER_REVOKED = Event(
    "organizations.letter.revoked",
    N_("%(actor)s revoked appointment letter %(subject)s: %(reason)s"),
    needs=("reason",),
)
LETTER_ENTERED = Event(
    "organizations.letter.entered",
    N_("%(actor)s entered letter %(subject)s into the register"),
    needs=("number", "signed_on", "signer_name", "valid_from", "valid_until", "document"),
    optional=("roles", "budget_year", "beyond_year", "replaces", "digest"),
)
LETTER_CHECKED = Event(
    "organizations.letter.checked",
    N_("%(actor)s checked letter %(subject)s and found it right"),
    needs=("officers",),
)
LETTER_REFUSED = Event(
    "organizations.letter.refused",
    N_("%(actor)s refused letter %(subject)s"),
    needs=("reason",),
    personal=("reason",),
)
LETTER_WITHDRAWN = Event(
    "organizations.letter.withdrawn",
    N_("%(actor)s withdrew letter %(subject)s before it was checked"),
)
LETTER_REPLACED = Event(
    "organizations.letter.replaced",
    N_("Letter %(subject)s was replaced by letter %(by)s"),
    needs=("by", "reason"),
    personal=("reason",),
)
DIFFERENCE_FOUND = Event(
    "organizations.difference.found",
    N_("An authority says something else of the company %(subject)s than we do: %(field)s"),
    needs=("field", "ours", "theirs", "authority", "reference", "result_hash"),
    readers=Readers.PLATFORM,
    words={"field": COMPARED_FIELDS},
)
DIFFERENCE_SETTLED = Event(
    "organizations.difference.settled",
    N_("A difference about the company %(subject)s is settled (%(field)s): %(settled)s"),
    needs=("field", "settled"),
    readers=Readers.PLATFORM,
    words={"field": COMPARED_FIELDS, "settled": SETTLED},
)
DIFFERENCE_ADOPTED = Event(
    "organizations.difference.adopted",
    N_("%(actor)s took over what an authority says of the company %(subject)s: %(field)s"),
    needs=("field", "authority", "result_hash"),
    readers=Readers.PERSON,
    words={"field": COMPARED_FIELDS},
)
LETTER_VIEWED = Event(
    "organizations.letter.viewed",
    N_("%(actor)s looked at letter %(subject)s"),
    needs=("document", "form"),
    words={"form": {"pictures": N_("Pictures of its pages"), "file": N_("The file itself")}},
)
