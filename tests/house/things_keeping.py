"""For the walk: pairs of accounts in each state of interest, and links that take a change back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from gapura.accounts.models import ContactChange, Duplicate, Person
from gapura.accounts.rules.undoing import PAGE, undo_link
from gapura.kernel import clock

Things = dict[str, object]
REASON = "Nama dan tanggal lahir sama, satu orang."


def _pair(one: str, other: str, state: str, **values: Any) -> object:
    first, second = Person.objects.filter(username__in=[one, other]).order_by("id")
    now = clock.now()
    row = Duplicate.objects.create(
        first=first,
        second=second,
        state=state,
        score=100,
        evidence=["same_nik"],
        found_at=now,
        seen_at=now,
        **values,
    )
    return row.id


def _pairs() -> Things:
    now = clock.now()
    told = {
        "closing": Person.objects.get(username="warga"),
        "verdict_by": Person.objects.get(username="helpdesk"),
        "verdict_at": now,
        "reason": REASON,
        "object_until": now,
    }
    return {
        "ppk and pp, found": _pair("ppk", "pp", "found"),
        "warga and penyedia, announced": _pair("warga", "penyedia", "announced", **told),
        "staf and kpa, asked": _pair("staf", "kpa", "asked", asked_at=now),
    }


def _links() -> Things:
    now = clock.now()
    row = ContactChange.objects.create(
        person=Person.objects.get(username="warga"),
        kind="email",
        old="dulu@contoh.go.id",
        new="kini@contoh.go.id",
        changed_at=now,
        undo_until=now + timedelta(hours=72),
    )
    return {"of warga": undo_link(row.id).removeprefix(PAGE), "made up": "x" * 43}


MAKERS: dict[str, Callable[[], Things]] = {"duplicate_id": _pairs, "undo": _links}
FORMS: dict[str, dict[str, object]] = {
    "duplicate-differ": {"reason": REASON},
    "duplicate-announce": {"closing": "x", "reason": REASON},
    "duplicate-uphold": {"reason": REASON},
    "account-duplicate-answer": {"answer": "mine"},
    "account-duplicate-object": {"objection": "Akun itu milik istri saya."},
}
