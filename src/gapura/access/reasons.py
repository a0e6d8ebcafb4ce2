"""The fields a verifier may send back and the reasons for corrections and rejections, as tables."""

from gapura.kernel.texts import N_

# Fields of the read-back page that can be sent back; those of `identity.` belong to the profile.
CORRECTABLE: dict[str, str] = {
    "role": N_("Role"),
    "place": N_("Agency and unit"),
    "standing": N_("How the office is held, and for whom"),
    "rank": N_("Rank (golongan or pangkat)"),
    "unit_npwp": N_("Tax number of the unit (NPWP)"),
    "unit_address": N_("Address of the unit"),
    "division": N_("Division or section"),
    "legacy_username": N_("Username on the platform of before"),
    "deputy": N_("Deputy named in the letter"),
    "letter.number": N_("Letter number"),
    "letter.signed_on": N_("Date of the letter"),
    "letter.signer": N_("Signer of the letter"),
    "letter.valid": N_("Validity of the appointment"),
    "letter.document": N_("Scan of the letter"),
    "identity.name": N_("Name"),
    "identity.nik": N_("NIK"),
    "identity.nip": N_("NIP or NRP"),
}

CORRECTION_REASONS: dict[str, str] = {
    "differs_from_letter": N_("It is not the same as in the letter"),
    "unreadable": N_("It cannot be read"),
    "incomplete": N_("Something is missing"),
    "wrong_document": N_("This is another document"),
    "not_signed": N_("The letter is not signed or stamped"),
    "differs_from_records": N_("It is not the same as in the agency's records"),
    "other": N_("Another reason, see the note"),
}

REJECTION_REASONS: dict[str, str] = {
    "not_appointed": N_("The letter does not appoint this person to this role"),
    "not_our_officer": N_("The person does not serve in this agency"),
    "letter_not_genuine": N_("The letter could not be confirmed with its signer"),
    "letter_ended": N_("The letter is no longer valid"),
    "role_conflict": N_("The role may not be held together with another role of this person"),
    "other": N_("Another reason, see the explanation"),
}

# What a verifier confirms before approving.
CHECKLIST: dict[str, str] = {
    "name": N_("The letter names this person"),
    "role": N_("The letter appoints to this role"),
    "place": N_("Agency and unit are the same as in the letter"),
    "dates": N_("Number, date and validity are the same as in the letter"),
    "signer": N_("The signer may appoint, and the letter is signed"),
}
# Besides, where the civil registry has not confirmed the identity.
IDENTITY_DOCUMENT = "identity_document"
DOCUMENT_CHECK: dict[str, str] = {
    IDENTITY_DOCUMENT: N_("I compared the identity document"),
}
ALL_CHECKS: dict[str, str] = {**CHECKLIST, **DOCUMENT_CHECK}

IDENTITY = "identity."

# The lines of a request's timeline.
MOMENTS: dict[str, str] = {
    "drafted": N_("Prepared"),
    "submitted": N_("Submitted"),
    "resubmitted": N_("Submitted again"),
    "correction_asked": N_("Sent back for correction"),
    "escalated": N_("Not answered in time; moved one level up"),
    "claimed": N_("Taken to be checked"),
    "approved": N_("Approved"),
    "rejected": N_("Rejected"),
    "withdrawn": N_("Withdrawn"),
    "activated": N_("Activated"),
}
