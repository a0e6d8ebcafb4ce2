"""Codes and their words: ways to reach a phone, identity checks, and the documents that prove."""

from gapura.kernel.texts import N_

CHANNELS = {"sms": N_("Text message (SMS)"), "whatsapp": N_("WhatsApp")}

REGISTRY, DOCUMENT = "registry", "document"
SOURCES = {REGISTRY: N_("Civil registry"), DOCUMENT: N_("Identity document")}

MATCHES, DIFFERS, NOT_FOUND, UNAVAILABLE = "matches", "differs", "not_found", "unavailable"
OUTCOMES = {
    MATCHES: N_("Confirmed"),
    DIFFERS: N_("Something differs"),
    NOT_FOUND: N_("This NIK is not in the registry"),
    UNAVAILABLE: N_("The registry did not answer"),
}
NOT_ASKED = "not_asked"
STANDINGS = {**OUTCOMES, NOT_ASKED: N_("The registry was not asked yet")}
# What the registry compares besides the NIK itself.
FIELDS = {"name": N_("Name"), "birth_date": N_("Date of birth")}

# Where a document waits: at the agency that knows the officer, else at the platform.
AT_AGENCY, AT_PLATFORM = "agency", "platform"
LEVELS = {AT_AGENCY: N_("The agency's verifier"), AT_PLATFORM: N_("The platform's helpdesk")}

DOCUMENTS = {
    "ktp": N_("Identity card (KTP-el)"),
    "certificate": N_("Certificate of the civil registry (surat keterangan, biodata)"),
    "passport": N_("Passport"),
}
# Fields a checker may send back; `document` is the scan itself.
CORRECTABLE = {
    "name": N_("Name"),
    "nik": N_("NIK"),
    "birth_date": N_("Date of birth"),
    "document": N_("Scan of the document"),
}
CORRECTION_REASONS = {
    "differs": N_("It is not the same as in the document"),
    "unreadable": N_("It cannot be read"),
    "incomplete": N_("Something is missing"),
    "wrong_document": N_("This is another document"),
    "expired": N_("The document is no longer valid"),
    "other": N_("Another reason, see the note"),
}
REFUSAL_REASONS = {
    "another_person": N_("The document belongs to another person"),
    "not_genuine": N_("The document could not be confirmed as genuine"),
    "altered": N_("The scan was altered"),
    "second_account": N_("This person has another account"),
    "other": N_("Another reason, see the explanation"),
}
# What a checker confirms of the document before the identity counts.
CHECKLIST = {
    "name": N_("The name is the same as in the document"),
    "birth_date": N_("The date of birth is the same as in the document"),
    "genuine": N_("The document is whole, valid, and shows no sign of change"),
}
# Why an account is on hold, by the kind of `kernel.holds`.
HOLDS = {
    "reverification": N_("it must be verified again first"),
    "contact_changed": N_("a new way of reaching the person can still be undone"),
    "restriction": N_("the person asked that processing pauses"),
}

EMAIL, PHONE = "email", "phone"
CONTACTS = {EMAIL: N_("E-mail address"), PHONE: N_("Telephone number")}
# How a change that could be undone came to rest before its time.
UNDO_ENDS = ("undone", "overtaken", "returned", "settled")

# What speaks for two accounts being one human. How much each weighs is a dated row.
EVIDENCE = {
    "same_nik": N_("The same NIK"),
    "same_nip": N_("The same NIP"),
    "same_name_birth": N_("The same name and the same date of birth"),
    "same_phone": N_("The same confirmed telephone number"),
    "similar_name": N_("A similar name"),
}
FOUND, ASKED, ANNOUNCED = "found", "asked", "announced"
OBJECTED, UPHELD = "objected", "upheld"
OPEN_DUPLICATE = (FOUND, ASKED, ANNOUNCED, OBJECTED, UPHELD)
DUPLICATE_STATES = (*OPEN_DUPLICATE, "different", "closed", "gone")
MINE, NOT_MINE = "mine", "not_mine"
ANSWERS = {
    MINE: N_("Yes, both accounts are mine"),
    NOT_MINE: N_("No, the other account is not mine"),
}
# Whom a campaign of verifying again concerns, and what follows for those who do not.
AUDIENCES = {
    "all": N_("Everybody whose identity is verified"),
    "kind": N_("One type of person"),
    "agency": N_("The people of one agency"),
    "role": N_("Those who hold a role"),
    "person": N_("One person"),
}
CONSEQUENCES = {
    "remind": N_("Reminders only"),
    "read_only": N_("After the grace days they can only read, until they have done it"),
}
CHANGES = {
    "name": N_("The name changed"),
    "nik": N_("The NIK changed"),
    "employment": N_("The agency or the employment changed"),
}
