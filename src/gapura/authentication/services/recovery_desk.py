"""Vouching for somebody, agreeing to it, refusing: two people, face to face, with their reasons."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import (
    bare_nik,
    born,
    canonical_email,
    email_problem,
    free_text_problem,
    holder_of,
)
from gapura.authentication import events
from gapura.authentication.errors import BadVouch, NothingWaits, RegistrySilent
from gapura.authentication.models import Recovery
from gapura.authentication.permissions import Can
from gapura.authentication.queries.recoveries import visible_recovery, waits_for
from gapura.authentication.rules import (
    REASON_LEAST,
    REASON_MOST,
    REGISTRY_PERSON,
    SLIP_LENGTH,
    SLIP_SIGNS,
    VOUCH_CHECKLIST,
    grouped_slip,
)
from gapura.authentication.services.recovery_ends import stop_mailbox_wait
from gapura.authentication.services.recovery_notices import tell_helpers, tell_owner, who_seconds
from gapura.authentication.services.sessions import note
from gapura.authentication.states import RECOVERY
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.encryption import lookup
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem
from gapura.kernel.texts import N_
from gapura.outside.errors import AuthorityDown
from gapura.outside.services import About, check_identity

_NIK_DIFFERS = N_("This is not the NIK of the account. Read it from the card once more.")
_EVERY_POINT = N_("Vouch only when every point holds. Otherwise refuse, and say why.")
_REASON = N_("Write 10 to 300 characters: how you know, and which paper you saw.")
_BORN = N_("Enter the date of birth from the card. It has to fit the NIK of the account.")
REGISTRY_DIFFERS = N_("The civil registry does not know this person so. Do not vouch.")
_ADDRESS = N_("This address cannot be used. Ask the person for another one.")
_MAILBOX_WORKS = N_("The person has proven to read mail at the old address, so it stays.")


@dataclass(frozen=True, slots=True)
class Vouch:
    """What the voucher saw: the points of the checklist, the NIK on the card, why, a new address.

    `born` is the date of birth on the card; only the helpdesk asks the registry with it.
    """

    checked: Sequence[str]
    nik: str
    reason: str
    new_email: str = ""
    born: date | None = None


def vouch_recovery(*, actor: Actor, recovery_id: UUID, given: Vouch) -> str:
    """Vouch for the person who stands before you; answers the code of the slip, shown only now.

    Not inside a transaction: for the helpdesk the civil registry is asked.

    :raises NoSuchRecovery: not there, or another agency's.
    :raises Refused: one's own account, another role, or an e-mail code only.
    :raises BadVouch: what is missing or does not fit, by field.
    :raises RegistrySilent: the registry does not answer.
    :raises NothingWaits: its time is over. :raises NoSuchMove: somebody was first.
    :raises TooMany: more than five questions to the registry an hour about one person.
    """
    row = visible_recovery(actor, recovery_id)
    require(actor, Can.VOUCH_RECOVERY, row)
    address = _sound(row, given)
    proof = _registry(row, given)
    with transaction.atomic():
        row = visible_recovery(actor, recovery_id, lock=True)
        require(actor, Can.VOUCH_RECOVERY, row)
        _still_open(row)
        seen = {"checked": sorted(given.checked), "reason": _tidy(given.reason), **proof}
        code = _take_up(actor, row, seen, address)
        stop_mailbox_wait(actor, row.person_id)
        tell_owner(row, "recovery_vouched")
        tell_helpers(row, "recovery_to_second", who_seconds(row.kind, row.agency))
    return grouped_slip(code)


def _take_up(actor: Actor, row: Recovery, seen: dict[str, Any], address: str) -> str:
    """Write down who vouched for what; answers the code of the slip."""
    code = "".join(secrets.choice(SLIP_SIGNS) for _ in range(SLIP_LENGTH))
    move(
        RECOVERY,
        row,
        "vouch",
        vouched_by_id=actor.who,
        vouched_at=clock.now(),
        evidence={**row.evidence, **seen},
        new_email=address,
        slip_hash=slip_hash(row.id, code),
    )
    facts = {**seen, "reference": row.reference, "way": row.kind, "new_address": bool(address)}
    note(actor, events.RECOVERY_VOUCHED, row.person, done=True, **facts)
    return code


def second_recovery(*, actor: Actor, recovery_id: UUID, reason: str) -> Recovery:
    """Agree to what a colleague vouched for; from now on it waits, and the owner can stop it.

    :raises NoSuchRecovery, Refused, NothingWaits, NoSuchMove: as in `vouch_recovery`.
    :raises BadVouch: no reason of 10 to 300 characters.
    """
    with transaction.atomic():
        row = visible_recovery(actor, recovery_id, lock=True)
        require(actor, Can.SECOND_RECOVERY, row)
        _still_open(row)
        reason = _sound_reason(reason)
        _begin_wait(actor, row, reason)
        tell_owner(row, "recovery_seconded")
    return row


def _begin_wait(actor: Actor, row: Recovery, reason: str) -> None:
    """Two people stand for it: from now on the dated rule's hours run."""
    waits, now = waits_for(row.kind), clock.now()
    ready = now + timedelta(hours=waits.wait_hours)
    move(
        RECOVERY,
        row,
        "second",
        seconded_by_id=actor.who,
        seconded_at=now,
        ready_at=ready,
        ends_at=ready + timedelta(days=waits.life_days),
        evidence={**row.evidence, "second_reason": reason},
    )
    facts = {"reference": row.reference, "reason": reason, "ready_at": ready.isoformat()}
    note(actor, events.RECOVERY_SECONDED, row.person, done=True, **facts)


def refuse_recovery(*, actor: Actor, recovery_id: UUID, reason: str) -> None:
    """This is not the person, or nothing proves it; the owner of the account is told.

    :raises NoSuchRecovery, Refused, NothingWaits, NoSuchMove, BadVouch: as in `second_recovery`.
    """
    with transaction.atomic():
        row = visible_recovery(actor, recovery_id, lock=True)
        require(actor, Can.REFUSE_RECOVERY, row)
        _still_open(row)
        reason = _sound_reason(reason)
        move(RECOVERY, row, "refuse", ended_at=clock.now(), end_reason=reason)
        note(actor, events.RECOVERY_REFUSED, row.person, reference=row.reference, reason=reason)
        tell_owner(row, "recovery_refused", can_stop=False)


def slip_hash(recovery_id: UUID, code: str) -> bytes:
    """What is kept of the code on the slip: it fits this way back only."""
    return lookup(f"{recovery_id}:{code}", "recovery_slip")


def _still_open(row: Recovery) -> None:
    """Decided by the date, not by whether a job has been by."""
    if row.ends_at <= clock.now():
        raise NothingWaits()


def _sound(row: Recovery, given: Vouch) -> str:
    """The new address in its canonical form, or an empty text.

    :raises BadVouch: with every problem by field.
    """
    problems: dict[str, Problem | str] = {}
    if not hmac.compare_digest(bare_nik(given.nik[:64]).encode(), row.person.nik.encode()):
        problems["nik"] = _NIK_DIFFERS
    if set(given.checked) != set(VOUCH_CHECKLIST[row.kind]):
        problems["checked"] = _EVERY_POINT
    if problem := _reason_problem(given.reason):
        problems["reason"] = problem
    if row.kind == "operator" and (given.born is None or given.born != born(row.person)):
        problems["born"] = _BORN
    address, typed = "", given.new_email.strip()
    if typed:
        problem = _address_problem(row, typed)
        problems |= {"new_email": problem} if problem else {}
        address = "" if problem else canonical_email(typed)
    if problems:
        raise BadVouch(problems)
    return address


def _address_problem(row: Recovery, typed: str) -> Problem | str | None:
    if row.evidence.get("mailbox"):
        return _MAILBOX_WORKS
    if (problem := email_problem(typed)) is not None:
        return problem
    # Two people stand for it, and they are told nothing of whose it is.
    return _ADDRESS if holder_of(canonical_email(typed)) else None


def _registry(row: Recovery, given: Vouch) -> Mapping[str, Any]:
    """What proves the identity anew: the helpdesk asks the registry, an agency knows its people."""
    if row.kind != "operator" or given.born is None:
        return {"registry": "", "result_hash": ""}
    throttle.count(REGISTRY_PERSON, str(row.person_id))
    try:
        answer = check_identity(
            subject=About("person", str(row.person_id)),
            nik=bare_nik(given.nik),
            name=row.person.name,
            birth_date=given.born,
        )
    except AuthorityDown as down:
        raise RegistrySilent() from down
    if not (answer.found and all(answer.fields.values())):
        raise BadVouch({"born": REGISTRY_DIFFERS})
    return {"registry": answer.proof.reference, "result_hash": answer.proof.result_hash}


def _sound_reason(text: str) -> str:
    if problem := _reason_problem(text):
        raise BadVouch({"reason": problem})
    return _tidy(text)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _reason_problem(text: str) -> Problem | str | None:
    text = _tidy(text)
    if not REASON_LEAST <= len(text) <= REASON_MOST:
        return _REASON
    return free_text_problem(text, REASON_MOST)
