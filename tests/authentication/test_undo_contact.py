"""The undo link at work: sessions end, the account locks, ways back stop or go on."""

import re
from datetime import timedelta

import pytest

from gapura.accounts.errors import UndoOver
from gapura.accounts.models import Person
from gapura.accounts.queries import own_changes
from gapura.authentication import services
from gapura.authentication.marks import factors_mark
from gapura.authentication.methods import recovery_codes
from gapura.authentication.models import Passkey, Recovery
from gapura.authentication.queries.factors import factors
from gapura.authentication.queries.locks import lock_of
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.holds import binding
from gapura.notifications.models import Mail, Notice
from tests.authentication import keys
from tests.authentication.authenticator import Authenticator
from tests.authentication.world import Browser, events, later, mailed_code, person, with_app

pytestmark = pytest.mark.django_db
NEW, NEWER = "rara.lain@contoh.go.id", "rara.lagi@contoh.go.id"
NOBODY = Actor(ip="192.0.2.9")


def _signed_in(owner: Person) -> Browser:
    return Browser().sign_in(owner)


def _change(here: Browser, owner: Person, to: str) -> None:
    here.keep(services.begin_email_change(actor=here.actor, email=to))
    code = mailed_code(owner, "change_email")
    here.keep(services.finish_email_change(actor=here.actor, code=code))


def _changed_mails(address: str) -> list[str]:
    """Bodies, oldest first; the addresses are sealed, so they are compared here."""
    rows = Mail.objects.filter(template__endswith="/email_changed.txt").order_by("created_at", "id")
    return [row.body or "" for row in rows if row.address == address]


def _link(address: str) -> str:
    found = re.search(r"/login/undo/(\S+)", _changed_mails(address)[-1])
    assert found, address
    return found[1]


def test_the_owner_takes_the_address_back_signed_out_and_the_thief_is_outside() -> None:
    """Attack: at a browser left open, change the address and lock the owner out."""
    owner = person()
    thief = _signed_in(owner)
    _change(thief, owner, NEW)
    services.undo_contact(actor=NOBODY, token=_link(owner.email))
    assert Person.objects.get(pk=owner.pk).email == owner.email
    assert not thief.actor.signed_in
    lock = lock_of(owner.id)
    assert lock is not None
    assert lock.why == "not_me"
    told = {(m.address, m.template.split("/")[-1]) for m in Mail.objects.all()}
    assert (owner.email, "contact_restored.txt") in told
    assert (NEW, "contact_undone.txt") in told
    with pytest.raises(UndoOver):
        services.undo_contact(actor=NOBODY, token=_link(owner.email))


def test_only_the_settled_address_gets_links_along_a_chain() -> None:
    """Attack: the thief's mailbox must get no say over what the owner puts in its place."""
    owner = person()
    here = _signed_in(owner)
    _change(here, owner, NEW)
    first = _link(owner.email)
    _change(here, owner, NEWER)
    (to_thief,) = _changed_mails(NEW)
    assert "/login/undo/" not in to_thief
    assert _link(owner.email) != first
    assert set(Notice.objects.values_list("link", flat=True)) == {"/account/security"}
    services.undo_contact(actor=NOBODY, token=first)
    assert Person.objects.get(pk=owner.pk).email == owner.email


def test_whoever_changed_it_signs_and_approves_nothing_until_the_time_is_over() -> None:
    owner = person()
    here = _signed_in(owner)
    _change(here, owner, NEW)
    assert [one.kind for one in here.actor.holds] == ["contact_changed"]
    assert {"purchasing.order.sign", "access.request.approve"} & binding()
    assert [one.kind for one in own_changes(here.actor)] == ["email"]
    with clock.frozen(clock.now() + timedelta(hours=72, minutes=1)):
        there = _signed_in(owner)
        assert there.actor.holds == ()


def test_a_new_address_stops_every_way_back_that_runs() -> None:
    owner = person()
    _open_recovery(owner, "vouched")
    here = _signed_in(owner)
    _change(here, owner, NEW)
    row = Recovery.objects.get(person=owner)
    assert (row.state, row.end_reason) == ("stopped", "address")


def test_the_link_works_while_two_people_help_and_that_way_back_goes_on() -> None:
    owner = person()
    here = _signed_in(owner)
    _change(here, owner, NEW)
    _open_recovery(owner, "vouched")
    _open_recovery(owner, "mailbox")
    services.undo_contact(actor=NOBODY, token=_link(owner.email))
    states = dict(Recovery.objects.values_list("kind", "state"))
    assert states == {"vouched": "asked", "mailbox": "stopped"}


def test_it_is_in_the_log_with_the_fingerprints_of_both_addresses() -> None:
    owner = person()
    here = _signed_in(owner)
    _change(here, owner, NEW)
    services.undo_contact(actor=NOBODY, token=_link(owner.email))
    (changed,) = events("accounts.contact.changed", owner)
    (restored,) = events("accounts.contact.restored", owner)
    assert restored["contact_were"] == changed["contact"]
    assert restored["contact"] == changed["contact_were"]


def test_what_a_stranger_signs_in_with_goes_and_the_owners_passkey_stays() -> None:
    """Attack: add an app, a passkey and backup codes, and come back once the owner is inside."""
    owner, key = keys.owner()
    thief = _signed_in_with(owner, key)
    with later(minutes=1):
        _change(thief, owner, NEW)
        keys.add(thief, Authenticator(), "Ponsel")
        with_app(owner)
        recovery_codes.make(owner.id)
        services.undo_contact(actor=NOBODY, token=_link(owner.email))
    left = factors(owner.id)
    assert (left.has_totp, left.passkeys, left.recovery_codes_left) == (False, 1, 0)
    assert Passkey.objects.get(person=owner).name == "Laptop"
    (removed,) = events("authentication.passkey.removed", owner)
    assert removed["factors"] == factors_mark(owner.id)


def _signed_in_with(owner: Person, key: Authenticator) -> Browser:
    here = Browser()
    keys.sign_in(here, key)
    return here


def _open_recovery(owner: Person, kind: str) -> None:
    now = clock.now()
    Recovery.objects.create(
        person=owner,
        reference=f"PLH-{kind}",
        kind=kind,
        state="asked" if kind != "mailbox" else "waiting",
        asked_at=now,
        ready_at=now + timedelta(hours=24),
        ends_at=now + timedelta(days=7),
    )
