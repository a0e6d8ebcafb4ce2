"""What the dated rows of this room rest on: their texts in the database, for the translators."""

from gapura.kernel.texts import N_

CITATIONS = (
    N_("Peraturan LKPP 15/2018 art. 6(3) (as cited by secondary sources)"),
    N_("Peraturan LKPP 15/2018 art. 8(4) (as cited by secondary sources)"),
    N_("Peraturan LKPP 15/2018 art. 9(4) (as cited by secondary sources)"),
    N_("PP 45/2013 on carrying out the state budget, as amended (not read in the original)"),
    N_("Perpres 12/2021 art. 10(5): a KPA may act as PPK where the budget is regional (APBD)"),
    N_("Product policy after separation of duties, BSSN 4/2021 art. 27 functions 3 and 10"),
    N_("UU 30/2014 art. 14 and SE BKN 1/SE/I/2021: no strategic decisions on staff and budget"),
    N_("Perbendaharaan: power of attorney up to one month, substitute up to three (secondary)"),
    N_("INAPROC help centre 12966712756751: a request is reviewed within 3x24 hours (elapsed)"),
    N_("INAPROC help centre 10425060551567: PA and KPA registered in SiRUP before 1 August 2024"),
    N_("Regional budgets: appointed by a decree of each budget year (secondary sources)"),
    N_("State budget: PPK and PPSPM are not tied to the budget year (PMK, secondary sources)"),
    N_("Product policy: an agency releases who moves, or it is done"),
    N_("Product policy: an approved access that nobody activated lapses, so that none lies about"),
    N_("Product policy: as early as the first notice"),
    N_("Product policy: long for a week's leave, short enough that an old mail opens nothing"),
    N_("Product policy: nobody is surprised"),
    N_("Product policy: one verifier cannot decide on the other alone"),
    N_("Product policy: terms of standing in less than 14 days apart count as one chain"),
    N_("Product policy: the largest file of officers that is taken"),
    N_("Product policy: verifiers are reminded before 3x24 hours end"),
    N_("Product policy: three days in which all people of a company can object to a new head"),
    N_("Product policy: a new head who does not take over by then begins anew, with a new answer"),
    N_("Product policy: so many administrators are advised, so that one can be away or leave"),
    N_("Product policy: every access is looked through once a year (ISO/IEC 27001 A.5.18)"),
    N_("Product policy: a month to answer, two weeks for the level above, reminders before"),
    N_("Product policy: an agency decides itself to be stricter with what nobody confirms"),
    N_("Product policy: a yearly review that nobody opens begins by itself"),
)
