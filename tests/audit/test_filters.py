"""Looking for entries: by session, request, address, object, words and moments; both directions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils.translation import override

from gapura.audit.errors import BadLogFilter
from gapura.audit.queries import Filters, LogPage, Whose, explore
from gapura.audit.services import erase_personal
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.ids import uuid7
from tests.audit.conftest import Note


@pytest.fixture
def auditor(budi: Actor) -> Actor:
    return replace(budi, person=uuid7(), grant=ActiveGrant(uuid7(), "apip", "K01"))


def ids(page: LogPage) -> list[UUID]:
    return [row.id for row in page.rows]


def overseen(reader: Actor, **filters: Any) -> list[UUID]:
    return ids(explore(reader, Filters(**filters), Whose.OVERSEEN))


def test_by_session_request_and_object(note: Note, budi: Actor, auditor: Actor) -> None:
    other = replace(budi, session=uuid7(), request_id="r-2")
    first, second = note(1), note(1, actor=other)
    assert overseen(auditor, session=other.session) == second
    assert overseen(auditor, request="r-1") == first
    assert overseen(auditor, kind="thing", object_id="0") == [*second, *first]
    assert overseen(auditor, kind="thing", object_id="1") == []


def test_by_address_in_any_way_it_is_written(note: Note, budi: Actor, auditor: Actor) -> None:
    first = note(1)
    second = note(1, actor=replace(budi, ip="2001:db8::7"))
    assert overseen(auditor, address=" 203.0.113.7 ") == first
    assert overseen(auditor, address="::ffff:203.0.113.7") == first
    assert overseen(auditor, address="2001:0DB8:0:0::7") == second
    assert overseen(auditor, address="203.0.113.8") == []


def test_the_address_is_nowhere_in_clear_and_goes_with_erasure(
    note: Note, budi: Actor, auditor: Actor
) -> None:
    note(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(p)::text FROM audit_personal p")
        assert all("203.0.113.7" not in row[0] for row in cursor.fetchall())
    assert budi.person
    erase_personal(actor=system_actor("test"), person=budi.person, basis="Law 27/2022 article 8")
    assert overseen(auditor, address="203.0.113.7") == []


def test_by_words_of_label_username_fact_name_and_sentence(
    note: Note, budi: Actor, auditor: Actor
) -> None:
    first = note(1, facts={"thing": "Nota Dinas B-17/KP.02"})
    second = note(1, actor=replace(budi, username="rahma.dewi"))
    both = [*second, *first]
    expected = {
        "nota": first, "DIN": first, "b-17": first, "kp.02 nota": first, "rahma": second,
        "dewi AKS-2026": second, "AKS-2026-000000": both, "trial": both, "did": both,
        "did nota": first, "thing": [], "nothing": [], "nota rahma": [],
    }  # fmt: skip
    with override("en"):
        for text, found in expected.items():
            assert overseen(auditor, text=text) == found, text


@pytest.mark.parametrize(
    "text", ["'; DROP", "zq' | 'budi", "%s %(x)s", "\\' zq", "!budi & (zq", "zq <-> 'x':*"]
)
def test_signs_in_words_mean_nothing(note: Note, auditor: Actor, text: str) -> None:
    """Attack: speak to the database through the search."""
    note(1)
    assert overseen(auditor, text=text) == []


def test_personal_values_are_not_found_by_words(note: Note, auditor: Actor, siti: Actor) -> None:
    note(1, facts={"thing": "x", "email": "rahasia@contoh.go.id"}, person=siti.person)
    assert overseen(auditor, text="rahasia") == []
    assert overseen(auditor, text="Budi Santoso") == []


def test_by_moments_of_a_day(note: Note, auditor: Actor) -> None:
    jakarta = timezone(timedelta(hours=7))
    made = []
    for minute, second in ((9, 59), (10, 0), (10, 30), (11, 0)):
        with clock.frozen(datetime(2026, 3, 1, 3, minute, second, tzinfo=UTC)):
            made += note(1)
    ten = datetime(2026, 3, 1, 10, 10, tzinfo=jakarta)
    assert overseen(auditor, since=ten) == made[:0:-1]
    assert overseen(auditor, until=ten) == made[2::-1]
    assert overseen(auditor, since=ten, until=ten) == [made[2], made[1]]


def test_pages_lead_forth_and_back(note: Note, auditor: Actor) -> None:
    made = note(5)
    newest = explore(auditor, Filters(size=2), Whose.OVERSEEN)
    middle = explore(auditor, Filters(size=2, after=newest.next), Whose.OVERSEEN)
    back = explore(auditor, Filters(size=2, before=middle.previous), Whose.OVERSEEN)
    assert newest.previous is None
    assert (ids(middle), ids(back)) == ([made[2], made[1]], ids(newest))
    assert (back.previous, back.next) == (None, newest.next)


def test_the_oldest_first(note: Note, auditor: Actor) -> None:
    made = note(5)
    first = explore(auditor, Filters(size=2, oldest_first=True), Whose.OVERSEEN)
    then = explore(auditor, Filters(size=2, oldest_first=True, after=first.next), Whose.OVERSEEN)
    back = explore(
        auditor, Filters(size=2, oldest_first=True, before=then.previous), Whose.OVERSEEN
    )
    assert (ids(first), ids(then), ids(back)) == (made[:2], made[2:4], made[:2])
    assert (back.previous, back.next) == (None, made[1])


def test_ones_own_life_holds_an_entry_once(note: Note, budi: Actor) -> None:
    made = note(3, person=budi.person)
    page = explore(budi, Filters(size=2))
    assert ids(page) == [made[2], made[1]]
    assert ids(explore(budi, Filters(size=2, after=page.next))) == [made[0]]


@pytest.mark.parametrize(
    "filters",
    [
        {"address": "somewhere"},
        {"text": "…"},
        {"text": "x" * 201},
        {"request": "a\0"},
        {"since": datetime(2026, 3, 1)},
        {"before": uuid7(), "after": uuid7()},
    ],
)
def test_what_cannot_be_searched_for_is_refused(filters: dict[str, Any]) -> None:
    with pytest.raises(BadLogFilter):
        Filters(**filters)
