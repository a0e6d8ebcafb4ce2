"""The civil registry's word beside our own data, field by field: for its owner and the verifier."""

from dataclasses import dataclass
from datetime import datetime

from gapura.accounts.queries import FIELDS, STANDINGS, IdentityView
from gapura.web.shell.display import day


@dataclass(frozen=True, slots=True)
class Line:
    """One field: its name, what we have, and whether the registry has the same (None: not said)."""

    label: str
    ours: str
    matches: bool | None


@dataclass(frozen=True, slots=True)
class Panel:
    """What the registry said in one sentence and line by line, when, and under which reference."""

    outcome: str
    says: str
    lines: tuple[Line, ...]
    checked_at: datetime | None
    reference: str
    confirmed: bool


def panel(identity: IdentityView) -> Panel:
    """The registry's word about a person, as this actor may see the person."""
    proof = identity.proof
    ours = {"name": identity.name, "birth_date": day(identity.birth)}
    found = True if proof.fields else (False if proof.outcome == "not_found" else None)
    lines = (
        Line("NIK", identity.nik, found),
        *(Line(label, ours[code], proof.fields.get(code)) for code, label in FIELDS.items()),
    )
    return Panel(
        proof.outcome,
        STANDINGS[proof.outcome],
        lines,
        proof.checked_at,
        proof.reference,
        proof.confirmed,
    )
