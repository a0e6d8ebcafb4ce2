"""The room's first dated rules, with their citations; later ones supersede them by new rows."""

from datetime import date

from django.db import migrations

_CEILING = "LKPP Regulation 2/2026 (secondary source); Perpres 16/2018 as changed by Perpres 46/2025: e-purchasing by PP up to Rp200 million"
_PAPUA = "LKPP Regulation 2/2026 (secondary source): in the provinces of Papua e-purchasing by PP up to Rp1 billion"
_PMK = "PMK 131/2024: PPN of 12 % on 11/12 of the price, for luxury goods on the full price, from 1 January 2025"
_DAYS = "INAPROC help centre 8167729525263 and 8176727583247: three working days, then the order ends by itself"

# key, scope, value, basis, valid from
FIRST = (
    ("pp_ceiling", "", 200_000_000, _CEILING, date(2020, 1, 1)),
    *(("pp_ceiling", str(code), 1_000_000_000, _PAPUA, date(2026, 9, 1)) for code in range(91, 97)),
    ("ppn_rate", "", "0.12", _PMK, date(2025, 1, 1)),
    ("ppn_share", "ppn", "11/12", _PMK, date(2025, 1, 1)),
    ("ppn_share", "ppn_luxury", "1", _PMK, date(2025, 1, 1)),
    (
        "ppn_rate",
        "",
        "0.11",
        "Law 7/2021 article 7: PPN of 11 % from 1 April 2022",
        date(2022, 4, 1),
    ),
    ("ppn_share", "ppn", "1", "Law 7/2021: PPN on the full price", date(2022, 4, 1)),
    ("ppn_share", "ppn_luxury", "1", "Law 7/2021: PPN on the full price", date(2022, 4, 1)),
    ("negotiation_days", "", 3, _DAYS, date(2020, 1, 1)),
    ("review_days", "", 3, _DAYS, date(2020, 1, 1)),
    ("signing_days", "", 3, _DAYS, date(2020, 1, 1)),
    ("response_days", "", 3, _DAYS, date(2020, 1, 1)),
    (
        "petty_cash_below",
        "",
        200_000_000,
        "INAPROC help centre 9142244466447: petty cash and credit card below Rp200 million",
        date(2020, 1, 1),
    ),
)


def rows(rule):
    """The first rows as instances of the model `rule`."""
    until = {"ppn_rate": date(2025, 1, 1), "ppn_share": date(2025, 1, 1)}
    return [
        rule(
            key=key,
            scope=scope,
            value=value,
            basis=basis,
            valid_from=since,
            valid_to=until.get(key) if since.year == 2022 else None,
        )
        for key, scope, value, basis, since in FIRST
    ]


def load(apps, schema_editor):
    rule = apps.get_model("purchasing", "PurchasingRule")
    rule.objects.bulk_create(rows(rule))


class Migration(migrations.Migration):
    dependencies = [("purchasing", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
