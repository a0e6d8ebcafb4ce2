"""What is held of a person, in words for the page: kinds of data, why, by which law, how long."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gapura.accounts.queries import masked
from gapura.kernel.actor import Actor
from gapura.kernel.holdings import Holding, all_holdings
from gapura.kernel.permissions import require
from gapura.kernel.texts import said
from gapura.privacy.errors import NoSuchHolding
from gapura.privacy.permissions import Can
from gapura.privacy.purposes import BASES, KEEPS, KINDS, ORIGINS, PURPOSES
from gapura.privacy.words import MASKED, label, shown

# A page shows the newest rows; the copy has them all.
NEWEST = 5
# NIK and NPWP have 15 or 16 digits, a NIP 18.
_NUMBER = re.compile(r"(?<!\w)\d{15,18}(?!\w)")


@dataclass(frozen=True, slots=True)
class HoldingView:
    """One class of data in the reader's language; `rows` are pairs of label and value."""

    name: str
    title: str
    purpose: str
    basis: str
    keeps: str
    origin: str
    count: int = 0
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind of data with its classes."""

    code: str
    title: str
    holdings: tuple[HoldingView, ...]


def kinds_held(actor: Actor) -> tuple[KindView, ...]:
    """All kinds with their classes, without rows: the record of processing. No query.

    :raises Refused: for nobody.
    """
    require(actor, Can.SEE_OWN)
    return tuple(_kind(code, [described(one) for one in _of(code)]) for code in KINDS)


def held(actor: Actor, kind: str, zone: str) -> KindView:
    """One kind with the newest rows of each class about the actor. Two queries a class.

    :raises NoSuchHolding: no such kind.
    :raises Refused: for nobody.
    """
    require(actor, Can.SEE_OWN)
    if kind not in KINDS:
        raise NoSuchHolding()
    return _kind(kind, [_filled(actor, one, zone) for one in _of(kind)])


def described(one: Holding) -> HoldingView:
    """A holding in words: what, why, by which law, how long, from where."""
    basis = BASES[one.basis]
    return HoldingView(
        name=one.name,
        title=said(one.title),
        purpose=said(PURPOSES[one.purpose]),
        basis=f"{said(basis.text)} ({basis.law})",
        keeps=said(KEEPS[one.keeps]),
        origin=said(ORIGINS[one.origin]),
    )


def _of(kind: str) -> list[Holding]:
    return [one for one in all_holdings() if one.kind == kind]


def _kind(code: str, holdings: list[HoldingView]) -> KindView:
    return KindView(code, said(KINDS[code]), tuple(holdings))


def _filled(actor: Actor, one: Holding, zone: str) -> HoldingView:
    rows = one.read.newest(actor.who, NEWEST)
    count = one.read.count(actor.who) if len(rows) == NEWEST else len(rows)
    told = described(one)
    return HoldingView(
        name=told.name,
        title=told.title,
        purpose=told.purpose,
        basis=told.basis,
        keeps=told.keeps,
        origin=told.origin,
        count=count,
        rows=tuple(_told(row, zone) for row in rows),
    )


def _masked(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row with the ends of its numbers only."""
    hidden = {name: masked(row[name]) for name in MASKED & row.keys() if row[name]}
    return {**row, **hidden} if hidden else row


def _told(row: Mapping[str, Any], zone: str) -> tuple[tuple[str, str], ...]:
    """A row for the screen; numbers of people inside longer texts lose their middle too."""
    shown_row = line(_masked(row), zone)
    return tuple((name, _NUMBER.sub(lambda n: masked(n[0]), text)) for name, text in shown_row)


def line(row: Mapping[str, Any], zone: str) -> tuple[tuple[str, str], ...]:
    """A row as people read it; what is empty is left out."""
    return tuple((label(name), text) for name, value in row.items() if (text := shown(value, zone)))
