"""Linking the account that SiRUP had made for budget users, once and for all."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.access import events
from gapura.access.errors import LegacyAnother, LegacyTaken, LegacyTooNew, LegacyWrong
from gapura.access.forms import LINKED_ROLES, SIRUP
from gapura.access.models import AccessRequest, AccessRule, LegacyLink
from gapura.access.permissions import Can
from gapura.access.queries.requests import visible_request
from gapura.access.services.drafting import EDITABLE
from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import require
from gapura.outside.errors import BadQuestion
from gapura.outside.services import About, LegacyAnswer, check_legacy_account

# Nobody tries passwords of others through us: few by one person, few on one account.
BY_PERSON = throttle.Limit("access.legacy.person", 5, 3600)
ON_ACCOUNT = throttle.Limit("access.legacy.account", 5, 3600)


def link_legacy_account(*, actor: Actor, request_id: UUID, username: str, password: str) -> None:
    """Ask SiRUP about an old account, and link it to the person if the password opens it.

    Not inside a transaction. The password goes to SiRUP only; nothing of it is kept or logged.

    :raises NoSuchRequest, Refused, NoSuchMove: not an own draft of a role that has such accounts.
    :raises TooMany: more than five tries an hour, by the person or on the account.
    :raises AuthorityDown: SiRUP does not answer properly; nothing changed.
    :raises LegacyWrong: no such account with that password.
    :raises LegacyTaken: linked before, there or here.
    :raises LegacyTooNew: made on or after the day of rule `legacy_account_before`.
    :raises LegacyAnother: the person has linked another one.
    """
    row = visible_request(actor, request_id)
    require(actor, Can.LINK_LEGACY, row)
    if row.role not in LINKED_ROLES or row.state not in EDITABLE:
        raise NoSuchMove()
    throttle.count(BY_PERSON, str(actor.who))
    throttle.count(ON_ACCOUNT, username.strip().casefold()[:100])
    answer, registered_on = _ask(row, username.strip(), password)
    with transaction.atomic():
        _link(actor, username.strip(), answer, registered_on)


def _ask(row: AccessRequest, username: str, password: str) -> tuple[LegacyAnswer, date]:
    about = About("person", str(row.person_id))
    try:
        answer = check_legacy_account(subject=about, username=username, password=password)
    except BadQuestion:
        raise LegacyWrong() from None
    if answer.status == "wrong_credentials":
        raise LegacyWrong()
    if answer.status == "already_linked":
        raise LegacyTaken()
    before = date.fromisoformat(AccessRule.value_at("legacy_account_before", clock.today()))
    if answer.registered_on is None or answer.registered_on >= before:
        raise LegacyTooNew(day=before.isoformat())
    return answer, answer.registered_on


def _link(actor: Actor, username: str, answer: LegacyAnswer, registered_on: date) -> None:
    """Write the link. Linking the same account a second time changes nothing."""
    known = LegacyLink.objects.filter(platform=SIRUP, person=actor.who).first()
    if known is not None:
        if known.account == answer.account:
            return
        raise LegacyAnother()
    try:
        with transaction.atomic():
            row = LegacyLink.objects.create(
                platform=SIRUP,
                account=answer.account,
                username=username,
                person_id=actor.who,
                registered_on=registered_on,
                linked_at=clock.now(),
                proof=answer.proof.result_hash,
            )
    except IntegrityError as error:
        raise LegacyTaken() from error
    _note(actor, row)


def _note(actor: Actor, row: LegacyLink) -> None:
    subject = Subject("legacy_account", str(row.id), actor.username)
    facts = {"platform": SIRUP, "username": row.username, "result_hash": row.proof}
    audit.record(actor, events.LEGACY_LINKED, subject, facts=facts, person=actor.person)
