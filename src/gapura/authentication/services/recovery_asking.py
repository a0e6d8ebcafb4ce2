"""Asking for a way back: with the mailbox, or without it. The answer is the same for any name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.accounts.queries import free_text_problem, person_for_sign_in
from gapura.audit.events import Result
from gapura.audit.services import Subject, record
from gapura.authentication import events
from gapura.authentication.models import Recovery
from gapura.authentication.permissions import Can
from gapura.authentication.queries.recoveries import waits_for
from gapura.authentication.rules import (
    ASKED_ADDRESS,
    ASKED_NAME,
    OPENED_PERSON,
    RECOVERY_OPEN,
    STORY_MOST,
    Flow,
    Method,
    Step,
    address_key,
)
from gapura.authentication.services.known_devices import known_device
from gapura.authentication.services.proof import ask, person_of, person_or_nobody, prove
from gapura.authentication.services.recovery_ends import lapse_overdue
from gapura.authentication.services.recovery_notices import (
    stop_hash,
    tell_helpers,
    tell_owner,
    who_seconds,
    who_vouches,
)
from gapura.authentication.services.sessions import (
    SignIn,
    locked,
    may_enter,
    note,
    open_flow,
    this_browser,
)
from gapura.authentication.services.sign_in import typed_mark, typed_name
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.ids import uuid7
from gapura.kernel.jobs import enqueue
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.kernel.references import next_reference
from gapura.kernel.texts import N_
from gapura.kernel.throttle import TooMany

if TYPE_CHECKING:
    from gapura.accounts.models import Person

_BY_EMAIL = (Method.EMAIL_CODE,)
_STORY = N_("Tell in a few words what happened, so that those who help you know what to look at.")


def start_recovery(*, actor: Actor, login: str) -> SignIn:
    """Somebody who lost everything but the mailbox: a code proves it. The same for any name.

    :raises TooMany: over three times a day for one name from here, known or not, or ten an hour for
        all names; on a device that the person is known to use, over three times a day.
    """
    require(actor, Can.ASK_RECOVERY)
    typed = typed_name(login)
    mark = typed_mark(typed)
    person = _known(typed)
    device = known_device(person.id if person else None, actor)
    _limit(actor, mark, device)
    flow = Flow(Step.RECOVER_ASK, clock.now(), Method.EMAIL_CODE, _BY_EMAIL, mark)
    with transaction.atomic():
        token, row = open_flow(actor, person.id if person else None, flow, device)
        return ask(actor, row, flow, token)


def ask_recovery(*, actor: Actor, code: str) -> None:
    """The code by e-mail was right: whoever vouches for this person is told, and the owner.

    :raises FlowOver: nothing is waiting, or it took too long.
    :raises Problem: what is wrong with the code, as in `finish_sign_in`.
    """
    require(actor, Can.ASK_RECOVERY)
    with transaction.atomic(durable=True):
        row, flow = locked(actor, Step.RECOVER_ASK)
        person = person_or_nobody(row)
        problem = prove(actor, row, flow, person, code)
        if problem is None and person is not None:
            this_browser(actor).update(ended_at=clock.now(), end_reason="asked_for_help")
            _open(actor, person, mailbox=True, story="")
            return
    if problem is not None:
        raise problem


def ask_after_reset(*, actor: Actor) -> None:
    """Somebody with a role proved the mailbox for a new password: that asks for the two people.

    :raises FlowOver: nothing like that was proved in this browser, or it is half an hour ago.
    """
    require(actor, Can.ASK_RECOVERY)
    with transaction.atomic():
        row, _ = locked(actor, Step.RESET_VOUCHED)
        person = person_of(row)
        this_browser(actor).update(ended_at=clock.now(), end_reason="asked_for_help")
        _open(actor, person, mailbox=True, story="")


def ask_without_mailbox(*, actor: Actor, login: str, story: str) -> None:
    """Somebody who lost the mailbox too tells what happened (up to 600 characters).

    A job opens it, so that this costs the same for every name.

    :raises FieldProblems: the story is empty, too long, or holds signs that nobody sees.
    :raises TooMany: as in `start_recovery`.
    """
    require(actor, Can.ASK_RECOVERY)
    story = " ".join(story.split())
    if problem := free_text_problem(story, STORY_MOST) or (None if story else _STORY):
        raise FieldProblems({"story": problem})
    typed = typed_name(login)
    person = _known(typed)
    device = known_device(person.id if person else None, actor)
    _limit(actor, typed_mark(typed), device)
    given = {"login": typed, "story": story, "ip": actor.ip or "", "own": device is not None}
    with transaction.atomic():
        enqueue("authentication.open_recovery", **given)


def open_asked(*, actor: Actor, login: str, story: str, own: bool = False) -> None:
    """Open what was asked for without a mailbox, for a name that exists; else only record it.

    So, too, what strangers ask for beyond three times a day; `own` is a device of the person's.
    """
    require(actor, Can.ASK_RECOVERY)
    person = _known(login)
    with transaction.atomic():
        if person is not None:
            if own or _may_open(person.id):
                _open(actor, person, mailbox=False, story=story)
                return
            facts = {"reference": "", "way": _kind(person), "mailbox": False}
            note(actor, events.RECOVERY_ASKED, person, done=False, **facts)
            return
        mark = typed_mark(login)
        subject, facts = Subject("name", mark), {"typed": mark}
        record(actor, events.RECOVERY_UNKNOWN, subject, facts=facts, result=Result.REFUSED)


def new_row(person: Person, kind: str, open_for: timedelta, **values: object) -> Recovery:
    """A row for this person; call it inside a savepoint.

    :raises IntegrityError: one of this sort is open.
    """
    row_id, now = uuid7(), clock.now()
    return Recovery.objects.create(
        id=row_id,
        reference=next_reference("PUL"),
        person=person,
        kind=kind,
        asked_at=now,
        ends_at=now + open_for,
        stop_hash=stop_hash(row_id),
        **values,
    )


def _open(actor: Actor, person: Person, *, mailbox: bool, story: str) -> None:
    kind = _kind(person)
    agency = person.agency if kind == "vouched" else ""
    evidence = {"mailbox": mailbox, "ip": actor.ip}
    lapse_overdue(person.id)
    try:
        with transaction.atomic():
            row = new_row(
                person,
                kind,
                timedelta(days=waits_for(kind).ask_days),
                agency=agency,
                story=story,
                evidence=evidence,
            )
    except IntegrityError:
        # One is open: asking again changes nothing, except that the mailbox may now be proven.
        if mailbox:
            _now_proven(person.id)
        return
    reference = row.reference
    note(actor, events.RECOVERY_ASKED, person, reference=reference, way=kind, mailbox=mailbox)
    tell_owner(row, "recovery_asked")
    tell_helpers(row, "recovery_to_vouch", who_vouches(kind, agency))


def _now_proven(person: UUID) -> None:
    row = Recovery.objects.select_for_update().filter(person=person, state="asked").first()
    if row is not None and not row.evidence.get("mailbox"):
        row.evidence = {**row.evidence, "mailbox": True}
        row.save(update_fields=["evidence"])


def _may_open(person: UUID) -> bool:
    """Only what is opened counts: asking again while one is open changes nothing."""
    if Recovery.objects.filter(person=person, state__in=RECOVERY_OPEN).exclude(kind="mailbox"):
        return True
    try:
        throttle.count(OPENED_PERSON, str(person))
    except TooMany:
        return False
    return True


def _kind(person: Person) -> str:
    """The agency vouches where it has two people who can do it; else the helpdesk does."""
    if not person.agency:
        return "operator"
    vouchers = {*who_vouches("vouched", person.agency)} - {person.id}
    seconds = {*who_seconds("vouched", person.agency)} - {person.id}
    return "vouched" if vouchers and len(vouchers | seconds) > 1 else "operator"


def _known(typed: str) -> Person | None:
    person = person_for_sign_in(typed)
    known = person is not None and may_enter(person) and person.state != "registered"
    return person if known else None


def _limit(actor: Actor, mark: str, device: UUID | None) -> None:
    """A known device counts against itself: strangers who ask do not keep its owner from asking."""
    if device is not None:
        throttle.count(ASKED_NAME, f"{mark}|{device}")
        return
    here = address_key(actor.ip)
    throttle.count_all((ASKED_NAME, f"{mark}|{here}"), (ASKED_ADDRESS, here))
