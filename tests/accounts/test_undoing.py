"""A changed contact goes back with the link of the contact before: rules and chains."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from gapura.accounts.errors import UndoOver
from gapura.accounts.models import ContactChange, Person, PersonHold
from gapura.accounts.queries import change_for
from gapura.accounts.queries.undoing import open_changes
from gapura.accounts.rules.undoing import PAGE, change_in, undo_link
from gapura.accounts.services import forget_changes, recover_email, restore_contact
from gapura.accounts.services.rows import locked
from gapura.accounts.services.undoing import keep_open
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.encryption import lookup
from gapura.kernel.ids import uuid7
from tests.accounts.people import SYSTEM, confirmed

pytestmark = pytest.mark.django_db
NOBODY = Actor(ip="192.0.2.7")


def _moved(person: Person, new: str, kind: str = "email") -> ContactChange | None:
    """As the services do it: the row first, then the person."""
    with transaction.atomic():
        row = locked(person.id)
        old = row.email if kind == "email" else (row.phone or "")
        change = keep_open(SYSTEM, row, kind, old, new)
        if kind == "email":
            row.email = new
        else:
            row.phone, row.phone_verified_at = new or None, clock.now()
        row.save()
    return change


def _token(change: ContactChange | None) -> str:
    assert change is not None
    return undo_link(change.id).removeprefix(PAGE)


def _email(person: Person) -> str:
    return Person.objects.get(pk=person.pk).email


def test_the_link_of_the_address_before_puts_it_back_once() -> None:
    person = confirmed(email="a@contoh.go.id")
    token = _token(_moved(person, "b@contoh.go.id"))
    done = restore_contact(actor=NOBODY, token=token)
    assert (done.person, done.kinds, done.dropped) == (person.id, ("email",), ("b@contoh.go.id",))
    assert _email(person) == "a@contoh.go.id"
    with pytest.raises(UndoOver):
        restore_contact(actor=NOBODY, token=token)


def test_of_a_to_b_to_c_both_links_lead_back_to_a() -> None:
    """Attack: change the stolen account's address twice, so that the undo leads to the thief's."""
    person = confirmed(email="a@contoh.go.id")
    _moved(person, "b@contoh.go.id")
    second = _moved(person, "c@contoh.go.id")
    assert second is not None
    assert second.old == "a@contoh.go.id"
    restore_contact(actor=NOBODY, token=_token(second))
    assert _email(person) == "a@contoh.go.id"
    assert open_changes(person.id) == []
    assert set(ContactChange.objects.values_list("end", flat=True)) == {"undone", "overtaken"}


def test_back_at_the_address_before_by_oneself_nothing_stays_open() -> None:
    person = confirmed(email="a@contoh.go.id")
    first = _moved(person, "b@contoh.go.id")
    assert _moved(person, "A@contoh.go.id") is None
    assert open_changes(person.id) == []
    assert not PersonHold.objects.filter(lifted_at__isnull=True).exists()
    with pytest.raises(UndoOver):
        change_for(_token(first))


@pytest.mark.parametrize(("hours", "works"), [(71.99, True), (72, False), (72.02, False)])
def test_the_link_works_for_72_elapsed_hours(hours: float, works: bool) -> None:
    person = confirmed(email="a@contoh.go.id")
    token = _token(_moved(person, "b@contoh.go.id"))
    with clock.frozen(clock.now() + timedelta(hours=hours)):
        if works:
            assert restore_contact(actor=NOBODY, token=token).kinds == ("email",)
        else:
            with pytest.raises(UndoOver):
                restore_contact(actor=NOBODY, token=token)


def test_the_mailbox_takes_a_later_change_of_the_telephone_back_too() -> None:
    """Attack: change the mailbox, then the telephone, and keep the second as a way back in."""
    person = confirmed(email="a@contoh.go.id")
    Person.objects.filter(pk=person.pk).update(phone="+628111", phone_verified_at=clock.now())
    mailbox = _moved(person, "b@contoh.go.id")
    with clock.frozen(clock.now() + timedelta(hours=1)):
        _moved(person, "+628222", "phone")
        done = restore_contact(actor=NOBODY, token=_token(mailbox))
    assert done.kinds == ("email", "phone")
    found = Person.objects.get(pk=person.pk)
    assert (found.email, found.phone) == ("a@contoh.go.id", "+628111")
    assert bytes(found.phone_lookup or b"") == lookup("+628111", "phone")


def test_a_telephone_does_not_take_the_mailbox_back() -> None:
    """Attack: a copied SIM card; messages are the weaker proof."""
    person = confirmed(email="a@contoh.go.id")
    Person.objects.filter(pk=person.pk).update(phone="+628111", phone_verified_at=clock.now())
    phone = _moved(person, "+628222", "phone")
    with clock.frozen(clock.now() + timedelta(hours=1)):
        _moved(person, "b@contoh.go.id")
        assert restore_contact(actor=NOBODY, token=_token(phone)).kinds == ("phone",)
    assert _email(person) == "b@contoh.go.id"


def test_a_telephone_put_back_by_its_own_link_has_to_be_proven_anew() -> None:
    """Attack: with a copied SIM card make the old number a second factor again."""
    person = confirmed()
    Person.objects.filter(pk=person.pk).update(phone="+628111", phone_verified_at=clock.now())
    restore_contact(actor=NOBODY, token=_token(_moved(person, "+628222", "phone")))
    found = Person.objects.get(pk=person.pk)
    assert (found.phone, found.phone_verified_at) == ("+628111", None)


def test_the_mailbox_takes_a_first_telephone_away_that_came_since() -> None:
    """Attack: change the mailbox, then add a telephone where none was: nothing goes back to it."""
    person = confirmed(email="a@contoh.go.id")
    mailbox = _moved(person, "b@contoh.go.id")
    assert _moved(person, "+628222", "phone") is None
    assert restore_contact(actor=NOBODY, token=_token(mailbox)).kinds == ("email", "phone")
    found = Person.objects.get(pk=person.pk)
    assert (found.phone, found.phone_lookup, found.phone_verified_at) == (None, None, None)


def test_the_second_link_of_a_chain_reaches_back_to_the_first_change() -> None:
    """Attack: add a telephone between two changes of the mailbox."""
    person = confirmed(email="a@contoh.go.id")
    first = _moved(person, "b@contoh.go.id")
    assert first is not None
    _moved(person, "+628222", "phone")
    with clock.frozen(clock.now() + timedelta(hours=1)):
        done = restore_contact(actor=NOBODY, token=_token(_moved(person, "c@contoh.go.id")))
    assert (done.kinds, done.since) == (("email", "phone"), first.changed_at)
    assert Person.objects.get(pk=person.pk).phone is None


def test_a_telephone_that_was_proven_before_stays() -> None:
    person = confirmed(email="a@contoh.go.id")
    before = clock.now() - timedelta(hours=1)
    Person.objects.filter(pk=person.pk).update(phone="+628111", phone_verified_at=before)
    token = _token(_moved(person, "b@contoh.go.id"))
    assert restore_contact(actor=NOBODY, token=token).kinds == ("email",)
    assert Person.objects.get(pk=person.pk).phone_verified_at == before


def test_a_recovered_mailbox_settles_the_telephone_too() -> None:
    """Attack: the link that a thief's telephone got locks the owner out after the way back."""
    person = confirmed(email="a@contoh.go.id")
    Person.objects.filter(pk=person.pk).update(phone="+628111", phone_verified_at=clock.now())
    token = _token(_moved(person, "+628222", "phone"))
    recovery = system_actor("recovery")
    recover_email(actor=recovery, person_id=person.id, email="baru@contoh.go.id")
    with pytest.raises(UndoOver):
        restore_contact(actor=NOBODY, token=token)


def test_an_address_that_another_account_proved_meanwhile_stays_theirs() -> None:
    person = confirmed(email="a@contoh.go.id")
    token = _token(_moved(person, "b@contoh.go.id"))
    other = confirmed(email="a@contoh.go.id")
    assert restore_contact(actor=NOBODY, token=token).taken
    assert (_email(person), _email(other)) == ("b@contoh.go.id", "a@contoh.go.id")


def test_a_hold_stands_as_long_as_the_change_can_be_undone() -> None:
    person = confirmed(email="a@contoh.go.id")
    change = _moved(person, "b@contoh.go.id")
    hold = PersonHold.objects.get(person=person, lifted_at__isnull=True)
    assert change is not None
    assert (hold.kind, hold.ends_at) == ("contact_changed", change.undo_until)
    restore_contact(actor=NOBODY, token=_token(change))
    assert not PersonHold.objects.filter(lifted_at__isnull=True).exists()


@pytest.mark.parametrize("spoil", ["", "x", "x" * 43, "é" * 43])
def test_what_was_never_sent_is_no_link(spoil: str) -> None:
    assert change_in(spoil) is None


def test_a_guessed_link_for_a_known_row_is_refused() -> None:
    """Attack: somebody who can read the tables makes a link; the key is not in them."""
    one, other = uuid7(), uuid7()
    token = undo_link(one).removeprefix(PAGE)
    forged = undo_link(other).removeprefix(PAGE)[:20] + token[20:]
    assert (change_in(token), change_in(forged)) == (one, None)


def test_changes_that_are_over_are_forgotten_with_the_contacts_in_them() -> None:
    person = confirmed(email="a@contoh.go.id")
    _moved(person, "b@contoh.go.id")
    with clock.frozen(clock.now() + timedelta(hours=95)):
        assert forget_changes(actor=SYSTEM) == 0
    with clock.frozen(clock.now() + timedelta(hours=97)):
        assert forget_changes(actor=SYSTEM) == 1


def test_a_change_cannot_be_undone_before_it_happened() -> None:
    now = clock.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        _row(confirmed().id, now, now)


def _row(person: UUID, changed: datetime, until: datetime) -> ContactChange:
    return ContactChange.objects.create(
        person_id=person, kind="email", old="a", new="b", changed_at=changed, undo_until=until
    )
