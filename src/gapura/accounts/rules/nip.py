"""Staff numbers: NIP of PNS, NI PPPK, and NRP of the armed forces and the police."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from gapura.accounts import errors
from gapura.accounts.rules.kinds import KINDS
from gapura.accounts.rules.nik import NikFacts
from gapura.accounts.rules.numbers import day_of, digits_problem
from gapura.kernel.problems import Problem

LENGTH = 18
_SEXES = MappingProxyType({"1": "m", "2": "f"})
_NRP = re.compile(r"(?=.*[0-9])[0-9A-Z]{5,20}", re.ASCII)
_POLICE_NRP = re.compile(r"[0-9]{8}", re.ASCII)
# Ages at which service usually begins: PP 11/2017 art. 23 (18 to 35, for some 40); PP 49/2018
# art. 16 (from 20 until a year before retirement, which is at 65 at the latest).
_AGES = MappingProxyType({"pns": (18, 40), "pppk": (20, 64)})


def _birth(nip: str) -> date | None:
    return day_of(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))


def _looks_pns(nip: str) -> bool:
    return 1 <= int(nip[12:14]) <= 12


def _looks_pppk(nip: str) -> bool:
    return nip[12] == "2" and nip[13] != "0"


def _eighteen(nip: str, kind: str, today: date) -> list[Problem]:
    wrong = digits_problem(nip, LENGTH, KINDS[kind].number)
    if wrong is not None:
        return [wrong]
    fits, other, swapped = {
        "pns": (_looks_pns, _looks_pppk, errors.NipIsPppk),
        "pppk": (_looks_pppk, _looks_pns, errors.NipIsPns),
    }[kind]
    found: list[Problem] = []
    birth = _birth(nip)
    if birth is None or birth > today or birth.year < 1900:
        found.append(errors.NipDate())
    if not fits(nip):
        found.append(swapped() if other(nip) else errors.NipStart())
    elif not 1950 <= int(nip[8:12]) <= today.year + 1:
        found.append(errors.NipStart())
    if nip[14] not in _SEXES:
        found.append(errors.NipSex())
    if nip[15:] == "000":
        found.append(errors.NipSerial())
    return found


def _nrp(nrp: str, _kind: str, _today: date) -> list[Problem]:
    return [] if _NRP.fullmatch(nrp) else [errors.NrpMalformed()]


_CHECKS: Mapping[str, Callable[[str, str, date], list[Problem]]] = MappingProxyType(
    {"pns": _eighteen, "pppk": _eighteen, "tni_polri": _nrp}
)


def nip_problems(nip: str, kind: str, today: date) -> list[Problem]:
    """What makes it no number for this `kind` (a code of KINDS); `nip` without spaces."""
    check = _CHECKS.get(kind)
    if check is None:
        return [errors.NipNotForCitizens()] if nip else []
    if not nip:
        return [errors.NipNeeded(number=KINDS[kind].number)]
    return check(nip, kind, today)


def nip_warnings(nip: str, kind: str, nik: NikFacts) -> list[Problem]:
    """Where a sound number and a sound NIK contradict each other; a verifier compares."""
    if kind == "tni_polri":
        return _nrp_warnings(nip, nik)
    birth = _birth(nip) if nip and kind in _AGES else None
    if birth is None:
        return []
    number = KINDS[kind].number
    found: list[Problem] = []
    if birth not in nik.births:
        found.append(errors.BirthDatesDiffer(number=number))
    if _SEXES[nip[14]] != nik.sex:
        found.append(errors.SexesDiffer(number=number))
    age = int(nip[8:12]) - birth.year
    least, most = _AGES[kind]
    if not least <= age <= most:
        found.append(errors.StartUnlikely(age=age))
    return found


def _nrp_warnings(nrp: str, nik: NikFacts) -> list[Problem]:
    """Police numbers begin with year and month of birth; the services' own ones need not."""
    starts = {f"{birth:%y%m}" for birth in nik.births}
    if _POLICE_NRP.fullmatch(nrp) and nrp[:4] not in starts:
        return [errors.NrpDateUnlikely()]
    return []
