"""What a person tells about themself, tidied and checked field by field."""

import re
from collections.abc import Container
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Self

from gapura.accounts import errors
from gapura.accounts.rules.emails import canonical_email, email_problem
from gapura.accounts.rules.kinds import KINDS
from gapura.accounts.rules.names import free_text_problem, name_problem, tidy
from gapura.accounts.rules.nik import nik_facts, nik_problems, nik_warnings
from gapura.accounts.rules.nip import nip_problems, nip_warnings
from gapura.accounts.rules.numbers import bare
from gapura.accounts.rules.phones import phone_number, phone_problem
from gapura.accounts.rules.usernames import canonical_username, username_problem
from gapura.kernel.problems import Problem

_AGENCY = re.compile(r"[A-Z][0-9A-Z]{1,19}", re.ASCII)
# Nothing a person tells is longer; cut before any work is done on it.
_LONGEST_INPUT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who someone is: `kind` of KINDS, `nip` the staff number of that kind, `agency` a code."""

    kind: str
    name: str
    nik: str
    nip: str = ""
    agency: str = ""
    unit_text: str = ""

    def tidied(self) -> Self:
        """Numbers without the signs typed between, texts in NFC without blanks around."""
        cut = {f.name: getattr(self, f.name)[:_LONGEST_INPUT] for f in fields(self)}
        return replace(
            self,
            **cut
            | {
                "name": tidy(cut["name"]),
                "nik": bare(cut["nik"]),
                "nip": bare(cut["nip"]).upper(),
                "agency": cut["agency"].strip(),
                "unit_text": tidy(cut["unit_text"]),
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Details(Identity):
    """All that is asked at registration, besides the password."""

    username: str
    email: str
    phone: str = ""
    language: str = "id"

    def tidied(self) -> Self:
        """The same for the contacts; a telephone number in E.164 where it is one."""
        plain = Identity.tidied(self)
        return replace(
            plain,
            username=canonical_username(plain.username),
            email=canonical_email(plain.email),
            phone=phone_number(plain.phone) or plain.phone.strip(),
        )


def identity_problems(
    told: Identity, regions: Container[str], today: date
) -> dict[str, list[Problem]]:
    """What is wrong with a tidied identity, by field; `regions` are the codes valid today."""
    if told.kind not in KINDS:
        return {"kind": [errors.KindUnknown()]}
    found = {
        "name": _one(name_problem(told.name)),
        "nik": nik_problems(told.nik, regions, today),
        "nip": nip_problems(told.nip, told.kind, today),
        "agency": _one(_agency_problem(told)),
        "unit_text": _one(free_text_problem(told.unit_text)),
    }
    return {field: problems for field, problems in found.items() if problems}


def details_problems(
    told: Details, regions: Container[str], today: date
) -> dict[str, list[Problem]]:
    """The same for a whole tidied registration."""
    found = {
        "username": _one(username_problem(told.username)),
        "email": _one(email_problem(told.email)),
        "phone": _one(phone_problem(told.phone)),
        "language": _one(language_problem(told.language)),
    }
    wrong = {field: problems for field, problems in found.items() if problems}
    return identity_problems(told, regions, today) | wrong


def identity_warnings(told: Identity, regions: Container[str], today: date) -> list[Problem]:
    """What a verifier should compare in an identity without problems; nothing here blocks."""
    facts = nik_facts(told.nik, today)
    return nik_warnings(told.nik, regions, today) + nip_warnings(told.nip, told.kind, facts)


def language_problem(code: str) -> Problem | None:
    """Only the two languages everything is written in."""
    return None if code in ("id", "en") else errors.LanguageUnknown()


def _agency_problem(told: Identity) -> Problem | None:
    if not KINDS[told.kind].official:
        return errors.AgencyNotForCitizens() if told.agency else None
    return None if _AGENCY.fullmatch(told.agency) else errors.AgencyNeeded()


def _one(problem: Problem | None) -> list[Problem]:
    return [] if problem is None else [problem]
