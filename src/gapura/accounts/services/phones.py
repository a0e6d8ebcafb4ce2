"""A telephone number: proven by a code that a message brings, removed, and the old one told."""

import hmac
import secrets
import unicodedata
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from gapura.accounts import events
from gapura.accounts.choices import CHANNELS, PHONE
from gapura.accounts.errors import (
    ChannelUnknown,
    NoPhoneWaiting,
    PhoneCodeDead,
    PhoneCodeOver,
    PhoneCodeWrong,
    PhoneMalformed,
    PhoneUnchanged,
)
from gapura.accounts.models import Person, PhoneCode
from gapura.accounts.permissions import Can
from gapura.accounts.queries import IdentityCheck, person_by_id
from gapura.accounts.rules import phone_number
from gapura.accounts.rules.phones import (
    CODE_DIGITS,
    CODE_LIFE,
    CODE_TRIES,
    KEEP_CODES,
    MESSAGES_DAY,
    MESSAGES_NUMBER,
    MESSAGES_PERSON,
)
from gapura.accounts.services.phone_notices import (
    farewell,
    hashed,
    tell_old_numbers,
    tell_owner,
)
from gapura.accounts.services.rows import locked, phone_columns, record
from gapura.accounts.services.undoing import keep_open
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.kernel.throttle import Limit
from gapura.outside.errors import AuthorityDown
from gapura.outside.services import send_message

_LONGEST_TYPED = 32


def begin_phone(*, actor: Actor, phone: str, channel: str) -> None:
    """Send a code to a number (as people type it) by `channel`: `sms` or `whatsapp`.

    An empty number means the one that the person gave before and has not confirmed yet.
    The present number counts until the code is confirmed. A code sent before stops working. Call it
    outside any transaction: the gateway may take seconds.

    :raises FieldProblems: it is no number, or the present and confirmed one; an unknown channel.
    :raises Refused: without a fresh proof, or not by the app or passkey that the person has.
    :raises TooMany: three messages in ten minutes, ten in a day, or six an hour to one number; one
        that never left us does not count.
    :raises AuthorityDown: the gateway did not take it. A code that arrives all the same works.
    """
    person = person_by_id(actor.who)
    require(actor, Can.CHANGE_PHONE, IdentityCheck(person))
    number = _sound(person, phone, channel)
    limits = _limits(person, number)
    for limit, key in limits:
        throttle.count(limit, key)
    row, code = _issue(actor, number, channel)
    with override(person.language):
        text = gettext(
            "Gapura: %(code)s is your code to confirm this number. It works for %(minutes)s "
            "minutes. We never ask for it: tell it to nobody."
        ) % {"code": code, "minutes": int(CODE_LIFE.total_seconds() // 60)}
    try:
        send_message(phone=number, channel=channel, text=text, key=f"phone-code-{row}")
    except AuthorityDown as down:
        # What left us may still make the phone ring, so it counts; what never left does not.
        for limit, key in [] if down.asked else limits:
            throttle.give_back(limit, key)
        raise


def _limits(person: Person, number: str) -> list[tuple[Limit, str]]:
    mine = str(person.id)
    return [(MESSAGES_PERSON, mine), (MESSAGES_DAY, mine), (MESSAGES_NUMBER, number)]


def resend_phone(*, actor: Actor) -> None:
    """Send a new code to the number that waits, by the same channel.

    :raises NoPhoneWaiting: none waits.
    :raises Problem: as in `begin_phone`.
    """
    row = PhoneCode.objects.filter(person=actor.who, used_at__isnull=True).first()
    if row is None:
        raise NoPhoneWaiting()
    begin_phone(actor=actor, phone=row.phone, channel=row.channel)


def confirm_phone(*, actor: Actor, code: str) -> Person:
    """With the right code the number is the person's; the mailbox and the old number are told.

    :raises FieldProblems: `code` is wrong, expired, or was tried five times; the try is counted.
    :raises NoPhoneWaiting: no number waits.
    :raises Refused: without a fresh proof, or not by the app or passkey that the person has.
    """
    with transaction.atomic(durable=True):
        person = locked(actor.who)
        require(actor, Can.CHANGE_PHONE, IdentityCheck(person))
        row = PhoneCode.objects.filter(person=person, used_at__isnull=True).first()
        if row is None:
            raise NoPhoneWaiting()
        problem = _attempt(row, code)
        if problem is None:
            return _take_over(actor, person, row)
    raise FieldProblems({"code": problem})


def remove_phone(*, actor: Actor) -> Person:
    """Forget the number and any that waits; mailbox and number are told. Twice does nothing more.

    :raises Refused: without a fresh proof, or not by the app or passkey that the person has.
    """
    with transaction.atomic():
        person = locked(actor.who)
        require(actor, Can.CHANGE_PHONE, IdentityCheck(person))
        PhoneCode.objects.filter(person=person, used_at__isnull=True).delete()
        was_proven = person.phone_verified_at is not None
        if old := person.phone:
            _set_phone(person, None)
            record(actor, events.PHONE_REMOVED, person, before={"phone": old})
            change = keep_open(actor, person, PHONE, old if was_proven else "", "")
            tell_owner(actor, person, change)
            if was_proven:
                tell_old_numbers(person, farewell(person, old), old, change)
    return person


def forget_phone_codes(*, actor: Actor) -> int:
    """Delete codes past their keeping time, with the numbers in them; answers how many."""
    require(actor, Can.PRUNE)
    gone, _ = PhoneCode.objects.filter(created_at__lt=clock.now() - KEEP_CODES).delete()
    return gone


def _sound(person: Person, phone: str, channel: str) -> str:
    """The number in E.164; empty stands for the one that was given before and never confirmed.

    :raises FieldProblems: with every problem by field.
    """
    unproven = person.phone if person.phone_verified_at is None else None
    number = phone_number(phone) if phone.strip() else unproven
    problems: dict[str, Problem | str] = {}
    if number is None:
        problems["phone"] = PhoneMalformed()
    elif number == person.phone and person.phone_verified_at is not None:
        problems["phone"] = PhoneUnchanged()
    if channel not in CHANNELS:
        problems["channel"] = ChannelUnknown()
    if number is None or problems:
        raise FieldProblems(problems)
    return number


def _issue(actor: Actor, number: str, channel: str) -> tuple[UUID, str]:
    """A new code in place of any that waits: its row's id, and the digits."""
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    now = clock.now()
    with transaction.atomic():
        person = locked(actor.who)
        PhoneCode.objects.filter(person=person, used_at__isnull=True).delete()
        row = PhoneCode.objects.create(
            person=person,
            phone=number,
            channel=channel,
            hash=hashed(person.id, number, code),
            created_at=now,
            expires_at=now + CODE_LIFE,
        )
        facts = {"channel": channel}
        record(actor, events.PHONE_CODE_SENT, person, facts=facts, after={"phone": number})
    return row.pk, code


def _attempt(row: PhoneCode, typed: str) -> Problem | None:
    """One try, counted before the code is looked at; the person's row is locked."""
    if clock.now() >= row.expires_at:
        return PhoneCodeOver()
    if row.attempts >= CODE_TRIES:
        return PhoneCodeDead()
    row.attempts += 1
    row.save(update_fields=["attempts"])
    if hmac.compare_digest(bytes(row.hash), hashed(row.person_id, row.phone, _plain(typed))):
        return None
    left = CODE_TRIES - row.attempts
    return PhoneCodeWrong(left=left) if left else PhoneCodeDead()


def _take_over(actor: Actor, person: Person, row: PhoneCode) -> Person:
    now, old = clock.now(), person.phone
    was_proven = bool(old) and old != row.phone and person.phone_verified_at is not None
    row.used_at, row.old_phone = now, old if was_proven else None
    row.save(update_fields=["used_at", "old_phone"])
    _set_phone(person, row.phone)
    facts, before = {"channel": row.channel}, {"phone": old}
    record(
        actor, events.PHONE_VERIFIED, person, facts=facts, before=before, after={"phone": row.phone}
    )
    settled = old if was_proven and old else ""
    change = keep_open(actor, person, PHONE, settled, row.phone)
    tell_owner(actor, person, change)
    if settled or change is not None:
        tell_old_numbers(person, row, settled, change)
    return person


def _set_phone(person: Person, phone: str | None) -> None:
    """A number that was proven just now, or none."""
    columns = phone_columns(phone) | {"phone_verified_at": clock.now() if phone else None}
    for column, value in columns.items():
        setattr(person, column, value)
    person.save(update_fields=list(columns))


def _plain(typed: str) -> str:
    """People paste spaces and dashes along; anything else makes the code a wrong one."""
    plain = unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED])
    return "".join(sign for sign in plain if not sign.isspace() and sign != "-")
