"""The year of the catalog: products come in, prices move, labels are claimed, versions reviewed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from gapura.ops.seeding.cast import COMPANY
from gapura.ops.seeding.goods import USUAL, Good, make_goods
from gapura.ops.seeding.rounds import Deed, days_before, fit

_BATCHES = 60
_CHOSEN = (("ppk", "ppk", 9), ("pp", "pp", 7), ("ppk", "pp", 5))
_REPRICED = 90
_OWN_CHANGED = 12
_RISES = (0.94, 0.97, 1.03, 1.05, 1.08)
# What becomes of new versions of the personas' company, and how many days ago at the latest.
_VERSIONS = (("review", 0.4), ("review", 1.5), ("approve", 30), ("approve", 80), ("return", 25))
_DRAFTS = (("draft", 0.5), ("draft", 5), ("submit", 0.3), ("submit", 2), ("return", 3))
_CLAIMS = (
    ("tkdn", "wait", 1.0), ("sni", "wait", 2.5), ("bmp", "verify", 60), ("sni", "refuse", 40),
    ("tkdn", "expire", 200),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offered:
    """A product that is in the catalog from `at` on."""

    at: datetime
    good: Good


class Market:
    """What the companies offer, and every deed around it."""

    def __init__(
        self, rng: Random, sellers: Mapping[str, str], anchor: datetime, share: float
    ) -> None:
        """`sellers` are usernames by company, `share` how much of the usual is made."""
        self._rng, self._sellers, self._anchor = rng, sellers, anchor
        self.goods = make_goods(tuple(sellers), round(USUAL * share))
        self._share = share
        # What keeps its price and stock, so that orders can count on it.
        self.steady: list[Offered] = []
        self._moving: set[int] = set()

    def deeds(self) -> Iterator[Deed]:
        """All of it, in no order."""
        offers = list(self._offers())
        yield from offers
        yield from self._repricings()
        own = [good for good in self.goods if good.company == COMPANY]
        listed = [good for good in own if good.state == "listed"][:_OWN_CHANGED]
        yield from self._versions(listed)
        yield from self._drafts(own[0])
        yield from self._claims(listed)
        yield from self._choices(listed[-1])
        yield from self._stops(listed[-1])
        changed = self._moving | {id(good) for good in listed}
        self.steady = [
            Offered(deed.at, good)
            for deed in offers
            for good in deed.values["goods"]
            if good.state == "listed" and id(good) not in changed
        ]

    def _offers(self) -> Iterator[Deed]:
        """Batches over the first eleven months; what waits for the curator came lately."""
        waiting = [good for good in self.goods if good.state in ("in_review", "draft")]
        settled = [good for good in self.goods if good.state not in ("in_review", "draft")]
        size = -(-len(settled) // _BATCHES)
        for number in range(_BATCHES):
            batch = settled[number * size : (number + 1) * size]
            if batch:
                days = 345 - number * 312 / _BATCHES
                yield self._offer(fit(self._anchor, 4, days, days, self._rng), batch)
        size = -(-len(waiting) // 5)
        for number, days in enumerate((12.5, 9, 6.5, 3, 1.2)):
            if batch := waiting[number * size : (number + 1) * size]:
                yield self._offer(days_before(self._anchor, days), batch)

    def _offer(self, at: datetime, batch: Sequence[Good]) -> Deed:
        return Deed(at, "offer", "penyedia", {"goods": tuple(batch), "sellers": self._sellers})

    def _repricings(self) -> Iterator[Deed]:
        listed = [good for good in self.goods if good.state == "listed"]
        for good in self._rng.sample(listed, min(len(listed), round(_REPRICED * self._share))):
            self._moving.add(id(good))
            price = int(good.price)
            for days in (self._rng.uniform(16, 29), self._rng.uniform(2, 13)):
                price = self._moved(price)
                at = days_before(self._anchor, days)
                yield self._deed(at, "reprice", good, price=price)
            at = days_before(self._anchor, self._rng.uniform(1, 14))
            yield self._deed(at, "restock", good, quantity=self._rng.choice((80, 150, 300)))

    def _moved(self, price: int) -> int:
        """A little dearer or cheaper, in steps of 500 rupiah."""
        moved = round(price * self._rng.choice(_RISES) / 500) * 500
        return moved if moved not in (0, price) else price + 500

    def _deed(self, at: datetime, verb: str, good: Good, /, **values: Any) -> Deed:
        who = self._sellers[good.company]
        return Deed(at, verb, who, {"company": good.company, "name": good.fields.name, **values})

    def _versions(self, listed: Sequence[Good]) -> Iterator[Deed]:
        """New versions of listed products: two wait, two are in the catalog, one was sent back."""
        for good, (end, days) in zip(listed, _VERSIONS, strict=False):
            at = days_before(self._anchor, days)
            text = f"{good.fields.description} Garansi toko 12 bulan, dapat diperpanjang."
            fields = replace(good.fields, description=text)
            yield self._deed(at, "revise", good, fields=fields)
            if end != "review":
                yield self._decide(at + timedelta(hours=3), f"{end}_product", good)

    def _drafts(self, model: Good) -> Iterator[Deed]:
        """New products, typed in by hand: drafts, waiting ones, and one that was sent back."""
        for number, (end, days) in enumerate(_DRAFTS, start=1):
            at = days_before(self._anchor, days)
            fields = replace(model.fields, name=f"{model.fields.name} edisi {number}")
            good = replace(model, fields=fields)
            yield self._deed(at, "draft_product", good, good=good)
            if end != "draft":
                yield self._deed(at + timedelta(minutes=20), "submit_product", good)
            if end == "return":
                yield self._decide(at + timedelta(hours=5), f"{end}_product", good)

    def _decide(self, at: datetime, verb: str, good: Good) -> Deed:
        values = {"company": good.company, "name": good.fields.name}
        return Deed(at, verb, "kurator", values)

    def _claims(self, listed: Sequence[Good]) -> Iterator[Deed]:
        """Labels in every state. The expired one was good for a hundred days."""
        local = [good for good in listed if good.fields.origin == "local" and not good.labels]
        local += [good for good in listed if good.fields.origin == "local" and good.labels]
        for number, (kind, end, days) in enumerate(_CLAIMS):
            good, at = local[number % len(local)], days_before(self._anchor, days)
            lasts = 100 if end == "expire" else 900
            yield self._deed(at, "claim_label", good, kind=kind, lasts=lasts)
            if end != "wait":
                decided = self._decide(at + timedelta(hours=6), "decide_claim", good)
                values = {**decided.values, "kind": kind, "verified": end != "refuse"}
                yield replace(decided, values=values)

    def _choices(self, stopped: Good) -> Iterator[Deed]:
        """The demo's own buyers fill their lists, half of it at the demo's own company.

        What is `stopped` for a time cannot be chosen in it.
        """
        steady = [good for good in self.goods if good.state == "listed" and good is not stopped]
        before = steady[: len(self.goods) // 2]
        own = [good for good in before if good.company == COMPANY]
        others = [good for good in before if good.company != COMPANY]
        for who, role, many in _CHOSEN:
            few = many // 2
            for good in self._rng.sample(own, few) + self._rng.sample(others, many - few):
                at = days_before(self._anchor, self._rng.uniform(1, 27))
                values = {
                    "company": good.company,
                    "name": good.fields.name,
                    "role": role,
                    "quantity": self._rng.choice((1, 2, 5, 10)),
                }
                yield Deed(at, "choose", who, values)

    def _stops(self, good: Good) -> Iterator[Deed]:
        """One product was withdrawn for a time and came back; it was frozen later, and let go."""
        steps = (
            ("withdraw_product", 24),
            ("relist", 22),
            ("approve_product", 21.5),
            ("freeze", 19),
        )
        for verb, days in (*steps, ("unfreeze", 17)):
            at = days_before(self._anchor, days)
            if verb in ("withdraw_product", "relist"):
                yield self._deed(at, verb, good)
            else:
                yield self._decide(at, verb, good)
