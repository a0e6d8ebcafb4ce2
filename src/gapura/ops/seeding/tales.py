"""What happens to the people of the sample data: one tale each, told as verbs at hours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType
from typing import Any

from gapura.ops.seeding.someone import Someone

Hours = tuple[float, float]
ROLES = MappingProxyType({"pp": 31, "ppk": 27, "bendahara": 17, "kpa": 11, "pa": 8, "apip": 6})
AT_UNITS = frozenset({"pp", "ppk", "bendahara", "kpa", "pa"})
BY_PLATFORM = frozenset({"admin_instansi", "verifikator"})
_DAY = 24.0
_SOON: Hours = (0.1, 0.6)
_MOVED = "Pindah tugas ke perangkat daerah lain."
# A second role that the law lets the same person hold at the same unit; an auditor holds none.
BESIDE = {"pp": "ppk", "ppk": "pp", "pa": "pp", "kpa": "pp", "bendahara": "pa"}


@dataclass(frozen=True, slots=True)
class Act:
    """One verb of doing.VERBS, so many hours after the tale begins; `who` it is about."""

    at: float
    verb: str
    who: str
    values: Mapping[str, Any]


@dataclass
class Teller:
    """Tells one tale: `acts` belong closely together, `later` ones come weeks after."""

    who: Someone
    rng: Random
    decider: str
    role: str = ""
    acts: list[Act] = field(default_factory=list)
    later: list[Act] = field(default_factory=list)
    at: float = 0.0

    def do(self, wait: Hours, verb: str, **values: Any) -> None:
        """The next thing, after a time between the two given (hours)."""
        self.at += self.rng.uniform(*wait)
        self.acts.append(Act(self.at, verb, self.who.username, values))

    def do_later(self, days: tuple[float, float], verb: str, **values: Any) -> None:
        """Something that follows so many days after the last thing."""
        at = self.at + self.rng.uniform(*days) * _DAY
        self.later.append(Act(at, verb, self.who.username, values))

    @property
    def judge(self) -> str:
        """Who decides on the role that is asked for."""
        return "admin" if self.role in BY_PLATFORM else self.decider


Tale = Callable[[Teller], None]


def _joins(t: Teller) -> None:
    t.do((0, 0), "register")
    t.do(_SOON, "confirm")


def _asks(t: Teller, **values: Any) -> None:
    _joins(t)
    unit = t.who.unit if t.role in AT_UNITS else ""
    t.do((0.5, 5), "ask", role=t.role, agency=t.who.agency, unit=unit, **values)


def _approved(t: Teller) -> None:
    t.do((3, 45), "claim", by=t.judge)
    t.do(_SOON, "approve", by=t.judge)


def _works(t: Teller, **values: Any) -> None:
    _asks(t, **values)
    _approved(t)
    t.do((1, 40), "activate")


def registers(t: Teller) -> None:
    """Has not looked into the mailbox yet."""
    t.do((0, 0), "register")


def looks_around(t: Teller) -> None:
    """Has an account and asks for nothing."""
    _joins(t)


def drafts(t: Teller) -> None:
    """Begins a request and leaves it."""
    _joins(t)
    t.do((0.5, 4), "draft", role=t.role, agency=t.who.agency)


def waits(t: Teller) -> None:
    """Waits for a verifier, with a letter of this very person."""
    _asks(t, personal=True)


def is_checked(t: Teller) -> None:
    """A colleague of the home agency's first verifier has taken it."""
    _asks(t, personal=True)
    t.do((1, 3), "claim", by="verifikator2")


def waits_above(t: Teller) -> None:
    """Nobody answered for three days."""
    _asks(t, personal=True)
    t.do((72.02, 72.02), "escalate")


def is_sent_back(t: Teller) -> None:
    """Has to correct the letter's details, or who they are."""
    _asks(t)
    t.do((3, 40), "claim", by=t.judge)
    t.do(_SOON, "send_back", by=t.judge, identity=t.rng.random() < 0.5)


def is_rejected(t: Teller) -> None:
    """Is told no, with a reason."""
    _asks(t)
    t.do((3, 40), "claim", by=t.judge)
    t.do(_SOON, "reject", by=t.judge)


def withdraws(t: Teller) -> None:
    """Takes the request back."""
    _asks(t)
    t.do((2, 30), "withdraw")


def hesitates(t: Teller) -> None:
    """Is approved and has not activated the role yet."""
    _asks(t)
    _approved(t)


def lets_lapse(t: Teller) -> None:
    """Never activates the role, so that it lapses after thirty days."""
    hesitates(t)
    t.do_later((30.1, 31), "lapse")


def works(t: Teller) -> None:
    """The ordinary tale: asks, is approved, works."""
    _works(t)


def verifies(t: Teller) -> None:
    """Checks the requests of an agency from the first day on."""
    t.role = "verifikator"
    _works(t)


def founds(company: str) -> Tale:
    """Speaks for a company of the catalog, entered by the platform."""

    def tale(t: Teller) -> None:
        _joins(t)
        t.do(_SOON, "found", company=company)

    return tale


def administers(t: Teller) -> None:
    """Helps the people of an agency."""
    t.role = "admin_instansi"
    _works(t)


def works_after_correction(t: Teller) -> None:
    """The letter was hard to read at first."""
    _asks(t)
    t.do((3, 30), "claim", by=t.judge)
    t.do(_SOON, "send_back", by=t.judge, identity=False)
    t.do((2, 30), "send_again")
    _approved(t)
    t.do((1, 20), "activate")


def works_after_escalation(t: Teller) -> None:
    """Nobody answered for three days; the platform did."""
    _asks(t)
    t.do((72.02, 72.02), "escalate")
    t.do((2, 24), "claim", by="admin")
    t.do(_SOON, "approve", by="admin")
    t.do((1, 20), "activate")


def holds_two_roles(t: Teller) -> None:
    """Works, and asks for a second role at the same unit."""
    _works(t)
    if not (other := BESIDE.get(t.role, "")):
        return
    t.role = other
    t.do((2, 30), "ask", role=other, agency=t.who.agency, unit=t.who.unit)
    _approved(t)
    t.do((1, 20), "activate")


def moves_away(t: Teller) -> None:
    """The role is ended by the verifier."""
    _works(t)
    t.do_later((20, 60), "revoke", by=t.judge, reason=_MOVED)


def is_suspended(t: Teller) -> None:
    """The role rests while something is looked into."""
    _works(t)
    why = "Menunggu hasil pemeriksaan Inspektorat."
    t.do_later((20, 60), "suspend", by=t.judge, reason=why)


def loses_the_letter(t: Teller) -> None:
    """The appointment letter is revoked; the role stops by itself."""
    _works(t)
    why = "Surat keputusan dicabut dan diganti dengan yang baru."
    t.do_later((20, 60), "revoke_letter", by=t.decider, reason=why)


def comes_to_the_end(t: Teller) -> None:
    """The letter's last day is over."""
    _works(t, days=45)


def account_is_suspended(t: Teller) -> None:
    """The platform has stopped the account."""
    _works(t)
    why = "Akun dipakai dari dua tempat yang berjauhan pada saat yang sama."
    t.do_later((20, 60), "suspend_person", by="admin", reason=why)


def must_prove_again(t: Teller) -> None:
    """Has to prove the identity again."""
    _works(t)
    why = "Data kepegawaian berubah setelah mutasi."
    t.do_later((20, 60), "require_proof", by="admin", reason=why)


def leaves(t: Teller) -> None:
    """Has closed the account on retiring."""
    _works(t)
    t.do_later((20, 60), "close", reason="Pensiun, akun tidak diperlukan lagi.")
