"""What the played authorities know: worked out from the numbers asked, with special endings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from holidays import GOVERNMENT, PUBLIC, country_holidays

from gapura.kernel.texts import N_


@dataclass(frozen=True, slots=True)
class Ending:
    """What numbers or names that end like this stand for, so that each outcome can be tried."""

    digits: str
    says: str


NIK_ENDINGS = (
    Ending("0000", N_("The civil registry does not know this NIK.")),
    Ending("9999", N_("The name differs from the civil registry's.")),
    Ending("9998", N_("The birth date differs from the civil registry's.")),
    Ending("9997", N_("Name and birth date both differ from the civil registry's.")),
)
NIB_ENDINGS = (
    Ending("0000", N_("OSS does not know this NIB.")),
    Ending("9999", N_("The NIB was revoked.")),
    Ending("7777", N_("The NIB belongs to another owner.")),
    Ending("8888", N_("The company is on the national blacklist.")),
    Ending("6666", N_("The company's tax number is not active.")),
    Ending("6665", N_("The tax office does not know the company's tax number.")),
    Ending("6664", N_("The tax number is registered under another name.")),
    Ending("5555", N_("The company is not registered for VAT (PKP).")),
    Ending("4444", N_("The company's only line of business is restaurants (KBLI 56101).")),
)
# Old accounts of SiRUP are known by their names, so that each outcome can be tried.
SIRUP_NAMES = (
    Ending("salah", N_("The password is wrong, whatever it is.")),
    Ending("terpakai", N_("The account was linked before.")),
    Ending("baru", N_("The account was made after 1 August 2024.")),
)
# The eighth digit of a NIB tells the scale, the ninth the form of the company.
SCALES = ("micro",) * 4 + ("small",) * 3 + ("medium",) * 2 + ("large",)
FORMS = ("pt",) * 5 + ("cv", "cv", "ud", "koperasi", "perorangan")
_MICRO = frozenset({"ud", "perorangan"})
_TITLES = {"pt": "PT", "cv": "CV", "ud": "UD", "koperasi": "Koperasi", "perorangan": "PT"}
_FIRST = ("Cahaya", "Sinar", "Karya", "Mitra", "Bina", "Tunas", "Graha", "Sumber", "Citra", "Duta")
_SECOND = (
    "Nusantara", "Mandiri", "Sejahtera", "Abadi", "Persada", "Utama", "Lestari", "Makmur",
    "Sentosa", "Gemilang", "Pratama",
)  # fmt: skip
_REGIONS = ("31.71", "32.73", "33.74", "35.78", "73.71", "91.71", "51.71")
RESTAURANTS = ("56101",)
# Wholesale and retail of what offices buy, printing, catering, computing, cleaning.
TRADES = (
    "46100", "46411", "46412", "46491", "46511", "46512", "46521", "46591", "46599", "46610",
    "46699", "46900", "47411", "47591", "47611", "47630", "47721", "47739", "47911", "18111",
    "31001", "56210", "62019", "62090", "81210",
)  # fmt: skip


def identity(asked: Mapping[str, str]) -> dict[str, Any]:
    """Every NIK matches, except for the special endings."""
    ending = asked["nik"][-4:]
    if ending == "0000":
        return {"found": False}
    return {
        "found": True,
        "name_matches": ending not in {"9999", "9997"},
        "birth_date_matches": ending not in {"9998", "9997"},
    }


def business(asked: Mapping[str, str]) -> dict[str, Any]:
    """A company made up from its number, always the same."""
    nib = asked["nib"]
    ending = nib[-4:]
    if ending in {"0000", "9999"}:
        return {"status": "not_found" if ending == "0000" else "revoked"}
    form = FORMS[int(nib[8])]
    return {
        "status": "active",
        "name": company_name(nib),
        "form": form,
        "owner_matches": ending != "7777",
        "scale": "micro" if form in _MICRO else SCALES[int(nib[7])],
        "kblis": list(RESTAURANTS if ending == "4444" else TRADES),
        "region": _REGIONS[int(nib[:7]) % len(_REGIONS)],
        "npwp": npwp_of(nib),
    }


def company_name(nib: str) -> str:
    """Two words and the form."""
    number = int(nib[:9])
    first, second = _FIRST[number % len(_FIRST)], _SECOND[number % len(_SECOND)]
    return f"{_TITLES[FORMS[int(nib[8])]]} {first} {second}"


def npwp_of(nib: str) -> str:
    """A sound 16-digit tax number (Luhn over the first ten) that ends like the NIB."""
    body = f"0{nib[:8]}"
    doubled = [int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(reversed(body))]
    check = -sum(d - 9 if d > 9 else d for d in doubled) % 10
    return f"{body}{check}{nib[7:]}"


def tax(asked: Mapping[str, str]) -> dict[str, Any]:
    """Every tax number is active and fits the name, except for the special endings."""
    ending = asked["npwp"][-4:]
    if ending == "6665":
        return {"status": "not_found"}
    return {
        "status": "inactive" if ending == "6666" else "active",
        "name_matches": ending != "6664",
        "taxable": ending not in {"5555", "6666"},
    }


def blacklist(asked: Mapping[str, str]) -> dict[str, Any]:
    """Listed from the beginning of this year until the end of the next."""
    if asked["nib"][-4:] != "8888":
        return {"listed": False}
    year = date.today().year  # noqa: DTZ011 - the played authority's own calendar
    return {
        "listed": True,
        "since": f"{year}-01-01",
        "until": f"{year + 1}-12-31",
        "decision": f"KEP-{asked['nib'][:4]}/DH/{year}",
    }


def legacy_account(asked: Mapping[str, str]) -> dict[str, Any]:
    """Every password opens every account, except for the special endings of its name."""
    username = asked["username"].casefold()
    if username.endswith("salah") or asked["password"] == "salah":  # noqa: S105 - played
        return {"status": "wrong_credentials"}
    if username.endswith("terpakai"):
        return {"status": "already_linked"}
    digest = sha256(username.encode()).hexdigest()[:12].upper()
    day = "2025-03-01" if username.endswith("baru") else "2019-02-11"
    return {"status": "confirmed", "account": f"SRP-{digest}", "registered_on": day}


def holidays(year: int) -> dict[str, Any]:
    """The national calendar of one year."""
    found: dict[date, tuple[str, str]] = {}
    for category, kind in ((GOVERNMENT, "joint_leave"), (PUBLIC, "national")):
        days = country_holidays("ID", years=year, categories=category, language="id")
        found |= {day: (name, kind) for day, name in days.items()}
    rows = [
        {"day": day.isoformat(), "name": found[day][0], "kind": found[day][1], "region": ""}
        for day in sorted(found)
    ]
    return {"year": year, "days": rows}
