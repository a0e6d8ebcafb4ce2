"""What people ask for about their data, and what can be wrong with it; data, one row a topic."""

from gapura.kernel.texts import N_

ACCESS, CORRECTION, RESTRICTION = "access", "correction", "restriction"
KIND_WORDS = {
    ACCESS: N_("A copy of your data"),
    CORRECTION: N_("Correction of your data"),
    RESTRICTION: N_("Restriction of processing"),
}
FIELDS = {
    "name": N_("Name"),
    "nik": N_("NIK"),
    "nip": N_("NIP"),
    "employment": N_("Agency or unit"),
    "access": N_("Access and roles"),
    "order": N_("What is written about you in an order or a rating"),
    "other": N_("Something else"),
}
