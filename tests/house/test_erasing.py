"""Everything held of a person has its way to be erased, or the law by which it stays."""

import re

from gapura.kernel.erasures import all_ways
from gapura.kernel.holdings import all_holdings


def test_each_thing_held_says_how_it_is_erased_and_nothing_else_does() -> None:
    """A table that is added later must not survive an erasure because nobody thought of it."""
    held = {one.name for one in all_holdings()}
    assert sorted(held - set(all_ways())) == []
    assert sorted(set(all_ways()) - held) == []


def test_whatever_stays_names_a_law_or_whose_it_is() -> None:
    """UU 27/2022 art. 15 and 43: a refusal in part is one only with its law."""
    kept = {name: way for name, way in all_ways().items() if isinstance(way, str)}
    assert len(kept) > 5
    told = re.compile(r"Law \d|Regulation \d|UU \d|belong to")
    assert [name for name, text in kept.items() if not told.search(text)] == []
