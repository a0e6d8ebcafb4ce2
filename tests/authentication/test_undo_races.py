"""Two at once on a changed contact or on a pair of accounts: one gets through, the tables agree."""

from datetime import timedelta

import pytest
from django.db import transaction

from gapura.accounts import services as accounts
from gapura.accounts.errors import DuplicateDecided, UndoOver
from gapura.accounts.models import Duplicate, Person
from gapura.accounts.rules.undoing import PAGE, undo_link
from gapura.accounts.services import Restored
from gapura.accounts.services.rows import locked
from gapura.accounts.services.undoing import keep_open
from gapura.authentication import services
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.ids import uuid7
from tests.authentication.world import SYSTEM, at_once, events, person

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_open_the_link_at_once_one_takes_the_change_back() -> None:
    owner = person()
    with transaction.atomic():
        row = locked(owner.id)
        change = keep_open(SYSTEM, row, "email", row.email, "lain@contoh.go.id")
        row.email = "lain@contoh.go.id"
        row.save()
    assert change is not None
    token = undo_link(change.id).removeprefix(PAGE)
    done = at_once(2, lambda _: services.undo_contact(actor=Actor(ip="192.0.2.8"), token=token))
    assert {type(one) for one in done} == {Restored, UndoOver}
    assert len(events("accounts.contact.restored", owner)) == 1
    assert Person.objects.get(pk=owner.pk).email == owner.email


def test_an_objection_and_a_closing_at_once_are_one_of_the_two() -> None:
    """Attack: close the account in the moment in which its owner objects."""
    first, second = sorted((person(), person()), key=lambda one: one.id)
    now = clock.now()
    row = Duplicate.objects.create(
        first=first,
        second=second,
        state="announced",
        score=100,
        evidence=["same_nik"],
        found_at=now,
        seen_at=now,
        closing=second,
        verdict_by=person(),
        verdict_at=now - timedelta(hours=73),
        reason="Nama dan tanggal lahir sama.",
        object_until=now - timedelta(hours=1),
    )
    grant = ActiveGrant(id=uuid7(), role="admin_platform")
    admin = person()
    closer = Actor(person=admin.id, username=admin.username, acr=2, grant=grant, grants=(grant,))
    owner = Actor(person=second.id, username=second.username, acr=1)

    def act(number: int) -> str:
        if number:
            accounts.close_duplicate(actor=closer, duplicate_id=row.id)
            return "closed"
        accounts.object_duplicate(
            actor=owner, duplicate_id=row.id, objection="Akun itu milik istri saya."
        )
        return "objected"

    done = at_once(2, act)
    row.refresh_from_db()
    assert [row.state] == [one for one in done if isinstance(one, str)]
    assert [type(one) for one in done if not isinstance(one, str)] == [DuplicateDecided]
    closed = Person.objects.get(pk=second.pk).state == "closed"
    assert closed == (row.state == "closed")
