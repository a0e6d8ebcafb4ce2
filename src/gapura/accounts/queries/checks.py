"""What is wrong with what people tell about themselves, before anything is written."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from gapura.accounts import rules
from gapura.accounts.errors import UsernameReserved, UsernameTaken
from gapura.accounts.models import Person
from gapura.accounts.permissions import Can
from gapura.accounts.rules import Details, Identity
from gapura.accounts.states import REGISTERED
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer to a form: problems by field (they block), and warnings (they do not)."""

    problems: Mapping[str, list[Problem]]
    warnings: list[Problem]


@lru_cache
def regions() -> Mapping[str, str]:
    """Province and regency names by code (`32`, `32.01`), after Kepmendagri 300.2.2-2430/2025."""
    source = files("gapura.accounts").joinpath("reference", "regions.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return MappingProxyType({row["code"]: row["name"] for row in rows})


def check_identity(told: Identity) -> Checked:
    """Problems and warnings of an identity as typed."""
    return _checked(told, rules.identity_problems(told.tidied(), regions(), clock.today()))


def check_details(told: Details, actor: Actor) -> Checked:
    """Problems and warnings of a registration as typed; asks whether the username is free."""
    tidied = told.tidied()
    problems = rules.details_problems(tidied, regions(), clock.today())
    if "username" not in problems and (problem := username_conflict(tidied, actor)):
        problems["username"] = [problem]
    return _checked(told, problems)


def _checked(told: Identity, problems: dict[str, list[Problem]]) -> Checked:
    sound = not problems.keys() & {"kind", "nik", "nip"}
    today = clock.today()
    warnings = rules.identity_warnings(told.tidied(), regions(), today) if sound else []
    return Checked(problems, warnings)


def username_conflict(told: Details, actor: Actor) -> Problem | None:
    """Reserved or taken. An unconfirmed registration gives way to the same person's next try."""
    if rules.is_reserved(told.username) and not may(actor, Can.TAKE_RESERVED_NAME):
        return UsernameReserved()
    taken = Person.objects.filter(username=told.username).first()
    if taken is None or is_same_try(taken, told):
        return None
    return UsernameTaken()


def is_same_try(person: Person, told: Details) -> bool:
    """An unconfirmed registration of the same username with the same address."""
    same = (person.username, person.email.lower()) == (told.username, told.email.lower())
    return same and person.state == REGISTERED
