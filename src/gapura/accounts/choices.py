"""Codes and their words: ways to reach a phone, sources and outcomes of an identity check."""

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
