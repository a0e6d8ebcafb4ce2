"""What goes on beside the tales: goods offered and chosen, questions, sign-ins, notices read."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

from gapura.ops.seeding.cast import CAST
from gapura.ops.seeding.goods import products
from gapura.ops.seeding.questions import QUESTIONS
from gapura.ops.seeding.rounds import Deed, days_before, fit

# The newest ones wait for the curator.
_UNLISTED = 8
_REVIEW = 60.0
_CHOSEN = (("ppk", "ppk", 9), ("pp", "pp", 7), ("ppk", "pp", 5))
_READ_BEFORE = (40, 12, 1.5)


def offers(rng: Random, sellers: Mapping[str, str], anchor: datetime) -> Iterator[Deed]:
    """Each product is uploaded by its company, and most are put into the catalog soon after."""
    goods, companies = products(), list(sellers)
    rng.shuffle(goods)
    for place, (category, name, price) in enumerate(goods):
        waits = place >= len(goods) - _UNLISTED
        newest, oldest = (0.2, 3) if waits else (14, 345)
        at = fit(anchor, _REVIEW, newest, oldest, rng)
        who = sellers[companies[place % len(companies)]]
        yield Deed(at, "offer", who, {"name": name, "category": category, "price": price})
        if not waits:
            later = at + timedelta(hours=rng.uniform(3, _REVIEW))
            yield Deed(later, "publish", "kurator", {"name": name})


def choices(rng: Random, deeds: Iterable[Deed], anchor: datetime) -> Iterator[Deed]:
    """The demo's own buyers fill the lists of their units from what is in the catalog by then."""
    before = days_before(anchor, 70)
    listed = [d.values["name"] for d in deeds if d.verb == "publish" and d.at < before]
    for who, role, many in _CHOSEN:
        for name in rng.sample(listed, min(many, len(listed))):
            at = days_before(anchor, rng.uniform(1, 60))
            values = {"name": name, "role": role, "quantity": rng.choice((1, 2, 5, 10, 12, 40))}
            yield Deed(at, "choose", who, values)


def questions(anchor: datetime) -> Iterator[Deed]:
    """Cases are opened, most are answered the same day, older ones closed."""
    for number, question in enumerate(QUESTIONS):
        at = fit(anchor, 30, question.days_ago, question.days_ago, Random(number))  # noqa: S311
        if not question.answer:
            at = days_before(anchor, question.days_ago)
        values = {"question": number}
        by = "admin_instansi" if question.agency == CAST[1].agency else "helpdesk"
        yield Deed(at, "ask_for_help", by, values)
        if question.answer:
            yield Deed(at + timedelta(hours=4), "answer", by, values)
        if question.closed:
            yield Deed(at + timedelta(hours=28), "close_case", by, values)


def sign_ins(
    rng: Random, who: str, since: datetime, until: datetime, days: tuple[float, float]
) -> Iterator[Deed]:
    """Somebody comes back every few days."""
    at = since + timedelta(hours=rng.uniform(1, 30))
    while at < until:
        yield Deed(at, "sign_in", who, {})
        at += timedelta(days=rng.uniform(*days))


def personas(rng: Random, anchor: datetime) -> Iterator[Deed]:
    """The demo's own people sign in often and read their notices, except the newest."""
    for persona in CAST:
        since = days_before(anchor, 363)
        yield from sign_ins(rng, persona.username, since, anchor, (2, 9))
        for days in _READ_BEFORE:
            yield Deed(days_before(anchor, days), "read_notices", persona.username, {})
