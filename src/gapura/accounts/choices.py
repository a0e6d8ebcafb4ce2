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
