"""What happens to the people of the sample data: one tale each, told as verbs at hours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType
from typing import Any

from gapura.ops.seeding.someone import Someone

Hours = tuple[float, float]
ROLES: Mapping[str, int] = MappingProxyType(
    {"pp": 31, "ppk": 27, "bendahara": 17, "kpa": 11, "pa": 8, "apip": 6}
)
AT_UNITS = frozenset({"pp", "ppk", "bendahara", "kpa", "pa"})
BY_PLATFORM = frozenset({"admin_instansi", "verifikator"})
_DAY = 24.0
_SOON: Hours = (0.1, 0.6)
_MOVED = "Pindah tugas ke perangkat daerah lain."


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
    other = "pp" if t.role != "pp" else "ppk"
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


@dataclass(frozen=True, slots=True)
class Line:
    """How often a tale is told among 300 people, and when it ends.

    `ends` are hours before now of the tale's last act, one telling each; without them tales end
    between `newest` days ago and the beginning (or `oldest` days ago). `home`: at the agency
    of the demo's own verifiers; `citizens`: every second one holds no office.
    """

    tale: Tale
    share: int
    ends: tuple[float, ...] = ()
    newest: float = 14
    oldest: float = 349
    home: bool = False
    citizens: bool = False


LINES = (
    Line(registers, 0, (1, 3, 7, 12, 16, 19), citizens=True),
    Line(looks_around, 26, newest=0.5, citizens=True),
    Line(drafts, 14, newest=0.5, oldest=40),
    Line(waits, 0, (71.6, 71.2, 70, 67, 61, 49, 40, 31, 25, 18, 9, 5, 2), home=True),
    Line(waits, 0, (65, 47, 22, 6)),
    Line(is_checked, 0, (0.2, 3, 20), home=True),
    Line(waits_above, 0, (1, 2.5, 4)),
    # Their second three days are over as well: late at the top.
    Line(waits_above, 0, (98, 106)),
    Line(is_sent_back, 10, newest=0.5, oldest=30),
    Line(is_rejected, 16, newest=1),
    Line(withdraws, 7, newest=1),
    Line(hesitates, 14, newest=0.5, oldest=26),
    Line(lets_lapse, 6, newest=33),
    Line(administers, 4),
    Line(works_after_correction, 12),
    Line(works_after_escalation, 8),
    Line(holds_two_roles, 10),
    Line(moves_away, 9, newest=75),
    Line(is_suspended, 6, newest=75),
    Line(loses_the_letter, 5, newest=75),
    Line(comes_to_the_end, 9, newest=75),
    Line(account_is_suspended, 6, newest=75),
    Line(must_prove_again, 6, newest=75),
    Line(leaves, 6, newest=75),
)
