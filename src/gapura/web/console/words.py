"""The words of the log's pages: kinds of acts, results, marks, and names of recorded fields."""

from collections.abc import Mapping

from gapura.accounts.queries import KINDS
from gapura.audit.events import event_named
from gapura.audit.queries import Standing
from gapura.kernel.texts import N_
from gapura.purchasing.queries import DELIVERY_NAMES, STATE_NAMES
from gapura.web.shell.states import CASES, GRANTS, IDENTITIES, PRODUCTS, PROFILE, REQUESTS, Words

# The start of event names, and what people call these acts.
ACTS = {
    "access.appointment.": N_("Officers named in letters"),
    "access.import.": N_("Files of officers"),
    "access.history.": N_("Questions about past holders"),
    "access.holder.": N_("Looks at somebody's access"),
    "access.legacy.": N_("Old accounts that were linked"),
    "access.register.": N_("Downloads of the register"),
    "access.filter.": N_("Kept filters"),
    "journeys.": N_("People who leave"),
    "authentication.": N_("Signing in and security"),
    "accounts.": N_("Accounts and identities"),
    "access.request.": N_("Access requests"),
    "access.grant.": N_("Roles given and ended"),
    "access.finding.": N_("Roles that exclude each other"),
    "access.delegation.": N_("Duties that were delegated"),
    "access.letter.": N_("Looks at appointment letters"),
    "access.invitation.": N_("Invitations to companies"),
    "access.join.": N_("Requests to join a company"),
    "organizations.": N_("Agencies, units and letters"),
    "catalog.": N_("Catalog"),
    "purchasing.": N_("Orders, deliveries and payments"),
    "journeys.calendar.": N_("Holiday calendar"),
    "helpdesk.": N_("Requests for help"),
    "audit.": N_("Looks into the log"),
    "web.": N_("Pages that were refused"),
    "ops.": N_("Work on the server"),
}

RESULTS: Words = {
    "done": (N_("Done"), "grey"),
    "refused": (N_("Refused"), "orange"),
    "failed": (N_("Failed"), "red"),
}

STANDINGS: Words = {
    Standing.PROVEN: (N_("Verified"), "teal"),
    Standing.WAITING: (N_("Waiting"), "grey"),
    Standing.ALTERED: (N_("Altered"), "red"),
    Standing.UNPROVEN: (N_("Cannot be verified now"), "orange"),
}

STANDING_MEANS = {
    Standing.PROVEN: N_("What you see here is what was written at that time. This was computed "
                        "just now from the entry itself up to the signed checkpoint."),
    Standing.WAITING: N_("The entry is younger than the newest checkpoint. The next one, within "
                         "minutes, covers it."),
    Standing.ALTERED: N_("The entry does not fit the signed checkpoint: somebody has changed it "
                         "after it was written. Tell the platform administrator at once."),
    Standing.UNPROVEN: N_("A part of the tree is missing or contradicts its checkpoint. Tell the "
                          "platform administrator at once."),
}  # fmt: skip

FIELDS = {
    "beyond_year": N_("After the budget year"),
    "what": N_("What"),
    "budget_year": N_("Budget year"),
    "by": N_("By which one"),
    "ceiling": N_("Limit of a PP"),
    "claims": N_("Requests in hand"),
    "day": N_("Day"),
    "days": N_("Days"),
    "delegations": N_("Delegations"),
    "expires_at": N_("Ends at"),
    "faulty": N_("Faulty lines"),
    "file_hash": N_("Fingerprint (SHA-256)"),
    "format": N_("Kind of file"),
    "found": N_("Found"),
    "grants": N_("Accesses"),
    "identities": N_("Identities"),
    "known": N_("As it was known on"),
    "lapsed": N_("Lapsed orders"),
    "letter": N_("Letter"),
    "month": N_("Month"),
    "named": N_("Officers named"),
    "networks": N_("Address ranges"),
    "officers": N_("Officers"),
    "orders": N_("Orders"),
    "platform": N_("The platform"),
    "query": N_("Filter"),
    "replaces": N_("Earlier letter"),
    "requests": N_("Requests"),
    "roles": N_("Roles"),
    "scopes": N_("What the token is for"),
    "told": N_("What was told"),
    "username": N_("Username"),
    "was_until": N_("Last day before"),
    "severity": N_("What the rule says"),
    "rests_on": N_("Rests on"),
    "rule": N_("Rule"),
    "other": N_("Other role"),
    "conflicts": N_("Rules that warned"),
    "accounts": N_("Accounts"),
    "acr": N_("Strength of the sign-in"),
    "added": N_("Days added"),
    "agencies": N_("Agencies"),
    "agency": N_("Agency"),
    "amount": N_("Amount"),
    "anchor": N_("Up to which day"),
    "authority": N_("Authority"),
    "basis": N_("Legal basis"),
    "category": N_("Category"),
    "channel": N_("Way of the message"),
    "checked": N_("What was checked"),
    "clauses": N_("Special clauses"),
    "closed_on": N_("Closed on"),
    "company": N_("Company"),
    "corrections": N_("Corrections asked for"),
    "count": N_("How many"),
    "courier": N_("Carried by"),
    "deed": N_("Act"),
    "deliver_by": N_("Delivery by"),
    "digest": N_("Fingerprint of the document (SHA-256)"),
    "document": N_("Document"),
    "documents": N_("Documents"),
    "due_at": N_("Deadline"),
    "email": N_("E-mail address"),
    "entries": N_("Entries"),
    "field": N_("Field"),
    "fields": N_("What was compared"),
    "filters": N_("Filters used"),
    "form": N_("As what it was shown"),
    "grant": N_("Grant"),
    "hash": N_("Fingerprint of the version (SHA-256)"),
    "kind": N_("Person type"),
    "label": N_("Label"),
    "language": N_("Language"),
    "late_days": N_("Days late"),
    "left": N_("Backup codes left"),
    "length": N_("Length in characters"),
    "level": N_("Where it waits"),
    "lines": N_("Lines"),
    "method": N_("Way of confirming"),
    "methods": N_("Ways to sign in"),
    "missing": N_("What was missing"),
    "name": N_("Name"),
    "new_device": N_("From a new device"),
    "new_due_at": N_("New deadline"),
    "nib": N_("Business number (NIB)"),
    "nik": N_("NIK"),
    "nip": N_("NIP or NRP"),
    "note": N_("Note"),
    "notes": N_("Notes"),
    "number": N_("Number"),
    "ours": N_("Kept here"),
    "outcome": N_("Answer"),
    "own_number": N_("Your unit's number of the record"),
    "paid_on": N_("Paid on"),
    "paper": N_("Number of the payment paper"),
    "part": N_("Part"),
    "parts": N_("Parts in all"),
    "passkey": N_("Passkey"),
    "backed_up": N_("Kept with other devices"),
    "old_name": N_("Name before"),
    "kept": N_("Counter kept here"),
    "came": N_("Counter that came"),
    "path": N_("Page"),
    "pending_email": N_("New e-mail address"),
    "permission": N_("Permission"),
    "phone": N_("Phone"),
    "place": N_("Unit"),
    "previous": N_("Value before"),
    "price": N_("Price"),
    "purpose": N_("Purpose"),
    "quantity": N_("Quantity"),
    "reason": N_("Reason"),
    "reason_code": N_("Kind of reason"),
    "reference": N_("Reference"),
    "way": N_("Way back"),
    "mailbox": N_("Mailbox proven"),
    "stopped_by": N_("Stopped how"),
    "tries": N_("Tries so far"),
    "ready_at": N_("Opens at"),
    "new_address": N_("A new e-mail address"),
    "regions": N_("Regions"),
    "registry": N_("The registry's word"),
    "removed": N_("Days removed"),
    "replaced": N_("Replaced another one"),
    "result_hash": N_("Fingerprint of the answer"),
    "result_hashes": N_("Fingerprints of the answers"),
    "role": N_("Role"),
    "round": N_("Round"),
    "rows": N_("Entries shown"),
    "scale": N_("Size of business"),
    "second_factor": N_("Second factor"),
    "sessions": N_("Sessions"),
    "sessions_ended": N_("Sessions ended"),
    "settled": N_("How it was settled"),
    "signed_on": N_("Signed on"),
    "signer_name": N_("Signer"),
    "signer_position": N_("Position of the signer"),
    "since": N_("Since"),
    "why": N_("Why"),
    "age_days": N_("Age in days"),
    "population": N_("For whom"),
    "profile": N_("Profile of the rule"),
    "state": N_("State"),
    "status": N_("Reply"),
    "step": N_("Step"),
    "theirs": N_("What the authority says"),
    "topic": N_("Topic"),
    "total": N_("Total with tax"),
    "tracking": N_("Tracking number"),
    "typed": N_("What was typed"),
    "unit": N_("Unit"),
    "unit_text": N_("Unit as typed"),
    "units": N_("Units"),
    "until": N_("Until"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid to"),
    "valid_until": N_("Valid until"),
    "value": N_("Value"),
    "version": N_("Version"),
}

YES, NO = N_("yes"), N_("no")
SYSTEM = N_("The system")
EMPTY = "\u2013"

# Whose states the events tell of, by the start of their names.
_STATES = {
    "access.grant.": GRANTS,
    "access.request.": REQUESTS,
    "accounts.": PROFILE,
    "accounts.identity_case.": IDENTITIES,
    "catalog.product.": PRODUCTS,
    "helpdesk.": CASES,
}
_CODES: Mapping[str, Mapping[str, str]] = {
    "kind": {code: kind.name for code, kind in KINDS.items()},
    "language": {"id": "Bahasa Indonesia", "en": "English"},
}


def words_of(event_name: str) -> dict[str, Mapping[str, str]]:
    """The message ids of an event's recorded codes, by field: what it says itself comes first."""
    event = event_named(event_name)
    states = {
        code: word
        for start, words in _STATES.items()
        if event_name.startswith(start)
        for code, (word, _color) in words.items()
    }
    if event_name.startswith("purchasing."):
        states = {**STATE_NAMES, **DELIVERY_NAMES}
    return {**_CODES, "state": states, **(event.words if event else {})}
