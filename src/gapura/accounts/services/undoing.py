"""A changed mailbox or telephone stays open for a while: the one before can take it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.accounts import events
from gapura.accounts.choices import EMAIL, PHONE
from gapura.accounts.models import AccountRule, ContactChange, Person, PhoneCode
from gapura.accounts.permissions import Can
from gapura.accounts.queries.undoing import change_row, open_changes
from gapura.accounts.rules.undoing import KEEP_HOURS
from gapura.accounts.services.holds import lift_hold, place_hold
from gapura.accounts.services.rows import contact_mark, locked, marks_of, phone_columns, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

HOLD = "contact_changed"
_RULE = "contact_undo_hours"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a link took back. `taken`: the address before is another account's by now.

    `dropped` are the e-mail addresses that no longer count; `since` is when the contact before was
    replaced first, so when somebody else may have come in.
    """

    person: UUID
    kinds: tuple[str, ...]
    dropped: tuple[str, ...]
    taken: bool
    since: datetime


def keep_open(actor: Actor, person: Person, kind: str, old: str, new: str) -> ContactChange | None:
    """Note a change of the locked person; None when there is nothing to go back to.

    Where an earlier change is still open, this one goes back to where that one goes. Back at that
    contact by themselves, nothing stays open. While it is open nothing binding is done.
    """
    earlier = open_changes(person.id, kind)
    origin = earlier[0].old if earlier else old
    if _same(kind, origin, new):
        _end(actor, earlier, "returned")
        return None
    if not origin:
        return None
    now = clock.now()
    hours = int(AccountRule.value_at(_RULE, clock.today(), kind))
    row = ContactChange.objects.create(
        person=person,
        kind=kind,
        old=origin,
        new=new,
        changed_at=now,
        undo_until=now + timedelta(hours=hours),
    )
    source = _source(row)
    place_hold(actor=actor, person_id=person.id, kind=HOLD, source=source, ends_at=row.undo_until)
    return row


def settle(actor: Actor, person: Person, kind: str) -> None:
    """Two people looked at the person and decided on the contact: what was open is settled."""
    _end(actor, open_changes(person.id, kind), "settled")


def restore_contact(*, actor: Actor, token: str) -> Restored:
    """Put the contact before back; the link is all that is asked, and it works once.

    The link of a mailbox takes back what happened to the telephone since then, too, also a first
    number: whoever changed the one could change the other. Not the other way round: messages to
    telephones are the weaker proof (NIST SP 800-63B-4, restricted), so a number that its own link
    puts back has to be proven anew before it counts. Sessions, password and factors are the
    caller's.

    :raises UndoOver: used, too old, or never sent.
    """
    require(actor, Can.UNDO_CONTACT)
    with transaction.atomic():
        person = locked(change_row(token).person_id)
        row = change_row(token, lock=True)
        since = open_changes(person.id, row.kind)[0].changed_at
        others = [one for one in open_changes(person.id) if _goes_with(one, row, since)]
        dropped = tuple({one.new for one in others if one.kind == EMAIL})
        origins = {one.kind: one.old for one in reversed(others)}
        if row.kind == EMAIL and _proven_since(person, since):
            origins.setdefault(PHONE, "")
        taken = False
        for kind, old in sorted(origins.items()):
            if kind == EMAIL:
                taken = not _back_to_mailbox(actor, person, old)
            else:
                _back_to_phone(actor, person, old, proven=row.kind == EMAIL)
        _end(actor, (row,), "undone")
        _end(actor, (one for one in others if one.pk != row.pk), "overtaken")
        return Restored(person.id, tuple(sorted(origins)), dropped, taken, since)


def forget_changes(*, actor: Actor) -> int:
    """Delete changes that are over, with the contacts in them; answers how many."""
    require(actor, Can.PRUNE)
    until = clock.now() - timedelta(hours=KEEP_HOURS)
    gone, _ = ContactChange.objects.filter(undo_until__lt=until).delete()
    return gone


def _goes_with(one: ContactChange, row: ContactChange, since: datetime) -> bool:
    return one.kind == row.kind or (row.kind == EMAIL and one.changed_at >= since)


def _proven_since(person: Person, since: datetime) -> bool:
    """The telephone, so perhaps by whoever changed the mailbox then."""
    return person.phone_verified_at is not None and person.phone_verified_at >= since


def _back_to_mailbox(actor: Actor, person: Person, old: str) -> bool:
    """False when somebody else has proven the address meanwhile: then the change stays."""
    were = person.email
    person.email, person.email_verified_at = old, clock.now()
    person.pending_email, person.pending_email_at = "", None
    columns = ["email", "email_verified_at", "pending_email", "pending_email_at"]
    try:
        with transaction.atomic():
            person.save(update_fields=columns)
    except IntegrityError:
        person.refresh_from_db()
        return False
    facts = {"contact_were": contact_mark(person.id, were), "contact": marks_of(person)["contact"]}
    before, after = {"email": were}, {"email": old}
    record(actor, events.CONTACT_RESTORED, person, facts=facts, before=before, after=after)
    return True


def _back_to_phone(actor: Actor, person: Person, old: str, *, proven: bool) -> None:
    were, since = person.phone, clock.now() if old and proven else None
    PhoneCode.objects.filter(person=person, used_at__isnull=True).delete()
    columns = phone_columns(old) | {"phone_verified_at": since}
    for column, value in columns.items():
        setattr(person, column, value)
    person.save(update_fields=list(columns))
    record(
        actor, events.PHONE_RESTORED, person, before={"phone": were}, after={"phone": old or None}
    )


def _end(actor: Actor, rows: Iterable[ContactChange], end: str) -> None:
    for row in rows:
        ContactChange.objects.filter(pk=row.pk, ended_at__isnull=True).update(
            ended_at=clock.now(), end=end
        )
        lift_hold(actor=actor, person_id=row.person_id, kind=HOLD, source=_source(row))


def _same(kind: str, one: str, other: str) -> bool:
    return one.lower() == other.lower() if kind == EMAIL else one == other


def _source(row: ContactChange) -> str:
    return f"contact:{row.pk}"
