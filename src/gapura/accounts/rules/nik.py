"""The NIK: province, regency, district, day (+40 for women), month, year and serial."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from gapura.accounts import errors
from gapura.accounts.rules.numbers import day_of, digits_problem
from gapura.kernel.problems import Problem

LENGTH = 16
NAME = "NIK"
_WOMEN = 40
# East Timor's province code: people first registered there keep their number.
_FORMER_PROVINCES = frozenset({"54"})


@dataclass(frozen=True, slots=True)
class NikFacts:
    """What a sound NIK tells. The year has two digits, so up to two birth dates are possible."""

    region: str
    sex: str
    births: tuple[date, ...]


def nik_facts(nik: str, today: date) -> NikFacts:
    """Region (`32.01`), sex (`m` or `f`) and the possible birth dates not after `today`.

    `nik` is 16 digits. No possible date gives an empty tuple.
    """
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    sex = "f" if day > _WOMEN else "m"
    day -= _WOMEN if sex == "f" else 0
    found = (day_of(century + year, month, day) for century in (1900, 2000))
    births = tuple(birth for birth in found if birth is not None and birth <= today)
    return NikFacts(f"{nik[:2]}.{nik[2:4]}", sex, births)


def nik_problems(nik: str, regions: Container[str], today: date) -> list[Problem]:
    """What makes it no NIK at all; `nik` without spaces, `regions` the codes valid today.

    The regency is not looked up here: it is that of the first registration, and regions split.
    """
    wrong = digits_problem(nik, LENGTH, NAME)
    if wrong is not None:
        return [wrong]
    found: list[Problem] = []
    province = nik[:2]
    known = province in regions or province in _FORMER_PROVINCES
    if not known or "00" in (nik[2:4], nik[4:6]):
        found.append(errors.NikRegion())
    if not nik_facts(nik, today).births:
        found.append(errors.NikDate())
    if nik[12:] == "0000":
        found.append(errors.NikSerial())
    return found


def nik_warnings(nik: str, regions: Container[str], today: date) -> list[Problem]:
    """What a verifier should compare; for a NIK without problems."""
    region = nik_facts(nik, today).region
    return [] if region in regions else [errors.RegionUnlisted(region=region)]
