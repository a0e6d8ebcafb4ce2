"""What the dated rows of this room rest on: their texts in the database, for the translators."""

from gapura.kernel.texts import N_

CITATIONS = (
    N_(
        "INAPROC help centre 8167729525263 and 8176727583247: three working days, then the order "
        "ends by itself"
    ),
    N_("INAPROC help centre 9142244466447: petty cash and credit card below Rp200 million"),
    N_(
        "LKPP Regulation 2/2026 (secondary source): in the provinces of Papua e-purchasing by PP "
        "up to Rp1 billion"
    ),
    N_(
        "LKPP Regulation 2/2026 (secondary source); Perpres 16/2018 as changed by Perpres 46/2025: "
        "e-purchasing by PP up to Rp200 million"
    ),
    N_(
        "Presidential Regulation 16/2018 (as changed by 46/2025) article 20 paragraph 2 letter d: "
        "a purchase is not divided to avoid the method its value asks for; the period is a setting "
        "of this platform"
    ),
    N_(
        "Presidential Regulation 16/2018 article 6: procurement is open and fair to all; the "
        "number is a setting of this platform"
    ),
)
