"""What a rule is made of: a sentence, the numbers in it with their units, and what it looks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from gapura.audit.queries import Amount, Shape
from gapura.kernel.texts import N_

# Who may be told of alerts: the platform, and the overseers of the agency an alert is about.
TOLD_ROLES = ("admin_platform", "admin_instansi", "apip")


class Unit(StrEnum):
    """What a parameter counts."""

    TIMES = "times"
    ACCOUNTS = "accounts"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    OCLOCK = "oclock"


UNITS = {
    Unit.TIMES: N_("times"),
    Unit.ACCOUNTS: N_("accounts"),
    Unit.MINUTES: N_("minutes"),
    Unit.HOURS: N_("hours"),
    Unit.DAYS: N_("days"),
    Unit.OCLOCK: N_("o'clock"),
}
_LENGTHS = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(days=1),
}


class Measure(StrEnum):
    """What a parameter is for."""

    LEAST = "least"
    DIFFERENT = "different"
    WITHIN = "within"
    FROM = "from"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of a rule: what for, in which unit, its value at first and its bounds."""

    name: Measure
    label: str
    unit: Unit
    default: int
    least: int
    most: int


class Facts(StrEnum):
    """States of the house that no single entry tells; looked at each minute."""

    LAST_ADMIN = "last_admin"
    LOG_HEALTH = "log_health"
    SHARED_DEVICE = "shared_device"


class Sift(StrEnum):
    """A second look at what a shape found, at what the log itself does not hold."""

    AT_NIGHT = "at_night"
    NEW_NETWORK = "new_network"
    SAME_SUPPLIER = "same_supplier"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `sentence` names its parameters; `blind` says what it cannot see.

    It looks for a `shape` in the log, sifted where `sift` says so, or at `facts`. `tells` are the
    roles told at first: those of the agency that it is about, and the platform's.
    """

    code: str
    title: str
    sentence: str
    parameters: tuple[Parameter, ...]
    tells: tuple[str, ...]
    shape: Shape | None = None
    facts: Facts | None = None
    sift: Sift | None = None
    blind: str = ""

    @property
    def defaults(self) -> dict[str, int]:
        """The parameters as they are until somebody sets them."""
        return {parameter.name.value: parameter.default for parameter in self.parameters}


def amount_of(rule: Rule, values: Mapping[str, int]) -> Amount:
    """The parameters as the log is asked for them."""
    units = {parameter.name: parameter.unit for parameter in rule.parameters}
    within = timedelta()
    if Measure.WITHIN in units:
        within = values[Measure.WITHIN] * _LENGTHS[units[Measure.WITHIN]]
    return Amount(within, values.get(Measure.LEAST, 1), values.get(Measure.DIFFERENT, 1))
