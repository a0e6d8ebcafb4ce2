"""Dated law of this room: roles that exclude each other, who may stand in, notices and limits.

Sources are secondary where they say so; a corrected reading is a new row, never an edit.
"""

from datetime import date

from django.db import migrations

SINCE = date(2018, 6, 8)
LKPP_15 = "Peraturan LKPP 15/2018 {} (as cited by secondary sources)"
OWN = "Product policy after separation of duties, BSSN 4/2021 art. 27 functions 3 and 10"

# code, role, other, reach, severity, exception, basis, valid_from
CONFLICTS = (
    ("ppk_ppspm", "ppk", "ppspm", "absolute", "block", "", LKPP_15.format("art. 6(3)"), SINCE),
    (
        "ppk_bendahara",
        "bendahara",
        "ppk",
        "absolute",
        "block",
        "",
        LKPP_15.format("art. 6(3)"),
        SINCE,
    ),
    ("pp_ppspm", "pp", "ppspm", "absolute", "block", "", LKPP_15.format("art. 8(4)"), SINCE),
    (
        "pp_bendahara",
        "bendahara",
        "pp",
        "absolute",
        "block",
        "",
        LKPP_15.format("art. 8(4)"),
        SINCE,
    ),
    ("pokja_ppspm", "pokja", "ppspm", "absolute", "block", "", LKPP_15.format("art. 9(4)"), SINCE),
    (
        "pokja_bendahara",
        "bendahara",
        "pokja",
        "absolute",
        "block",
        "",
        LKPP_15.format("art. 9(4)"),
        SINCE,
    ),
    ("ppk_pp", "pp", "ppk", "package", "warn", "", LKPP_15.format("art. 6(3)"), SINCE),
    ("ppk_pokja", "pokja", "ppk", "package", "warn", "", LKPP_15.format("art. 6(3)"), SINCE),
    (
        "bendahara_ppspm",
        "bendahara",
        "ppspm",
        "unit",
        "block",
        "",
        "PP 45/2013 on carrying out the state budget, as amended (not read in the original)",
        SINCE,
    ),
    (
        "kpa_bendahara",
        "bendahara",
        "kpa",
        "unit",
        "block",
        "",
        "PP 45/2013 on carrying out the state budget, as amended (not read in the original)",
        SINCE,
    ),
    (
        "kpa_ppk",
        "kpa",
        "ppk",
        "unit",
        "warn",
        "regional_budget",
        "Perpres 12/2021 art. 10(5): a KPA may act as PPK where the budget is regional (APBD)",
        SINCE,
    ),
    *(
        (f"apip_{role}", *sorted(("apip", role)), "agency", "block", "", OWN, SINCE)
        for role in ("pa", "kpa", "ppk", "pp", "pokja", "ppspm", "bendahara", "verifikator")
    ),
    *(
        (f"verifikator_{role}", *sorted(("verifikator", role)), "unit", "warn", "", OWN, SINCE)
        for role in ("ppk", "pp", "bendahara")
    ),
    *(
        (f"buyer_{role}_{side}", *sorted((role, side)), "absolute", "warn", "", OWN, SINCE)
        for role in ("pa", "kpa", "ppk", "pp", "pokja", "ppspm", "bendahara")
        for side in ("admin_perusahaan", "staf_perusahaan")
    ),
)

_NO_APPOINTING = [
    "organizations.letter.enter",
    "organizations.letter.revoke",
    "access.appointment.name",
    "access.import.carry_out",
]
_ACTING = "UU 30/2014 art. 14 and SE BKN 1/SE/I/2021: no strategic decisions on staff and budget"
_CASH = "Perbendaharaan: power of attorney up to one month, substitute up to three (secondary)"

# role, standing, days, extensions, without, basis
STANDINGS = (
    *(
        (role, kind, 92, 1, _NO_APPOINTING, _ACTING)
        for role in ("pa", "kpa", "kepala_unit")
        for kind in ("plh", "plt")
    ),
    ("bendahara", "proxy", 31, 0, [], _CASH),
    ("bendahara", "substitute", 92, 0, [], _CASH),
    (
        "verifikator",
        "delegate",
        92,
        1,
        ["access.grant.suspend", "access.grant.resume", "access.grant.revoke", *_NO_APPOINTING],
        OWN,
    ),
)

# key, scope, value, basis
NUMBERS = (
    ("expiry_notice_days", "", [60, 30, 14, 7, 1], "Product policy: nobody is surprised"),
    ("renewal_opens_days", "", 60, "Product policy: as early as the first notice"),
    ("reminder_hours", "", [24, 8], "Product policy: verifiers are reminded before 3x24 hours end"),
    ("verifiers_least", "", 2, "Product policy: one verifier cannot decide on the other alone"),
    (
        "budget_year_roles",
        "apbd",
        ["pa", "kpa", "ppk", "pp", "ppspm", "bendahara"],
        "Regional budgets: appointed by a decree of each budget year (secondary sources)",
    ),
    (
        "budget_year_roles",
        "apbn",
        [],
        "State budget: PPK and PPSPM are not tied to the budget year (PMK, secondary sources)",
    ),
    ("mutation_release_days", "", 7, "Product policy: an agency releases who moves, or it is done"),
    ("import_lines", "", 100_000, "Product policy: the largest file of officers that is taken"),
)


def load(apps, schema_editor):
    conflict = apps.get_model("access", "ConflictRule")
    conflict.objects.bulk_create(
        conflict(
            code=code,
            role=role,
            other=other,
            reach=reach,
            severity=severity,
            exception=exception,
            basis=basis,
            valid_from=since,
        )
        for code, role, other, reach, severity, exception, basis, since in CONFLICTS
    )
    standing = apps.get_model("access", "StandingRule")
    standing.objects.bulk_create(
        standing(
            role=role,
            standing=kind,
            days=days,
            extensions=extensions,
            without=without,
            basis=basis,
            valid_from=date(2020, 1, 1),
        )
        for role, kind, days, extensions, without, basis in STANDINGS
    )
    number = apps.get_model("access", "AccessRule")
    number.objects.bulk_create(
        number(key=key, scope=scope, value=value, basis=basis, valid_from=date(2020, 1, 1))
        for key, scope, value, basis in NUMBERS
    )


class Migration(migrations.Migration):
    dependencies = [("access", "0004_letters_conflicts_standings")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
