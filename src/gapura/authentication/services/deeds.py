"""A code from the app or a passkey for one deed: bound to the document's hash, used once."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import person_by_id
from gapura.authentication import events
from gapura.authentication.errors import DeedMismatch, DeedOver, DeedUsed, MethodNotOffered
from gapura.authentication.methods import totp
from gapura.authentication.models import DeedProof, Session
from gapura.authentication.permissions import Can
from gapura.authentication.queries import factors_of
from gapura.authentication.rules import DEED_LIFE, Method
from gapura.authentication.services import limits
from gapura.authentication.services.passkey_proof import check_passkey, options_for_deed
from gapura.authentication.services.sessions import note, own_session, this_browser
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem

_DIGEST = re.compile(r"[0-9a-f]{64}")
_DEED = re.compile(r"[a-z_.]{1,60}")
_LONGEST_TYPED = 32


@dataclass(frozen=True, slots=True)
class Deed:
    """A confirmed deed: hand it to the service that carries it out, which calls `use_deed`.

    `method` and `confirmed_at` belong to the signature; `digest` is the document's SHA-256.
    """

    id: UUID
    method: str
    confirmed_at: datetime
    digest: str
    deed: str


def ask_deed(*, actor: Actor, digest: str, deed: str) -> dict[str, Any]:
    """Options for the passkey that confirms one deed; `digest` and `deed` as in `confirm_deed`.

    :raises Refused: not signed in, or no strong factor yet.
    :raises NoSuchSession: the sign-in ended meanwhile.
    :raises TooMany: too many from this address.
    :raises ValueError: the digest or the deed's name is malformed.
    """
    _check_names(digest, deed)
    require(actor, Can.CONFIRM_DEED, factors_of(actor))
    return options_for_deed(actor, digest, deed)


def confirm_deed(
    *, actor: Actor, code: str = "", digest: str, deed: str, passkey: str = ""
) -> Deed:
    """Take the app's code or the passkey's answer given in a deed's own form, for five minutes.

    `digest` is the SHA-256 of the document's bytes (64 lowercase hexadecimal digits), `deed` the
    name of the act (lowercase letters, `_` and `.`, for example `purchasing.order.sign`).
    `passkey` is the answer to the options of `ask_deed`, which is good for this deed alone.
    Call it outside any transaction, right before the service: the proof is spent either way, and
    neither a wrong try nor the proof may be undone by what follows.

    Backup codes and codes by e-mail do not bind to documents (NIST SP 800-63B-4, AAL2).

    :raises Refused: not signed in, or no strong factor yet (with the link to add one).
    :raises FieldProblems: what was given is wrong or was used before; it is counted and recorded.
    :raises TooMany: ten wrong codes in five minutes, or fifty in a day, from this browser; or too
        many from all browsers that are new.
    :raises NoSuchSession: the sign-in ended meanwhile.
    :raises ValueError: the digest or the deed's name is malformed.
    """
    _check_names(digest, deed)
    require(actor, Can.CONFIRM_DEED, factors_of(actor))
    with transaction.atomic(durable=True):
        session = own_session(actor)
        method = Method.PASSKEY if passkey else Method.TOTP
        problem = _prove(actor, session, method, passkey or code, digest, deed)
        if problem is None:
            return _keep(actor, session, method, digest, deed)
    raise FieldProblems({"passkey" if passkey else "code": problem})


def use_deed(*, actor: Actor, deed_id: UUID, digest: str, deed: str = "") -> Deed:
    """Spend a confirmed deed inside the transaction that carries it out.

    The conditional UPDATE lets one of two parallel acts through; if the caller rolls back, the
    proof is unused again and lives out its five minutes. With `deed`, the name must fit too.

    :raises DeedUsed: it was carried out before.
    :raises DeedOver: it is older than five minutes.
    :raises DeedMismatch: another document, deed, person or browser.
    :raises RuntimeError: called outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a deed is spent in the transaction that carries it out")
    now = clock.now()
    mine = DeedProof.objects.filter(
        pk=deed_id, person=actor.person, session=actor.session, digest=digest
    )
    # A subquery and no join: a join would move the whole condition into a subquery, which a second
    # transaction does not look at again after it has waited for the first.
    live = this_browser(actor)
    open_ones = mine.filter(
        used_at__isnull=True, confirmed_at__gt=now - DEED_LIFE, session__in=live.values("pk")
    )
    if deed:
        open_ones = open_ones.filter(deed=deed)
    if not open_ones.update(used_at=now):
        raise _why(mine.first(), now)
    return _view(mine.get())


def _check_names(digest: str, deed: str) -> None:
    if not (_DIGEST.fullmatch(digest) and _DEED.fullmatch(deed)):
        raise ValueError("a deed needs a SHA-256 in hexadecimal and a plain name")


def _by_app(person: UUID, code: str) -> Problem | None:
    app = totp.confirmed(person)
    typed = "".join(code[:_LONGEST_TYPED].split())
    return totp.check(app, typed) if app else MethodNotOffered()


def _by_passkey(
    actor: Actor, session: Session, answer: str, digest: str, deed: str
) -> Problem | None:
    person = person_by_id(actor.who)
    return check_passkey(actor, session.id, person, answer, "deed", digest=digest, deed=deed)


def _prove(
    actor: Actor, session: Session, method: Method, given: str, digest: str, deed: str
) -> Problem | None:
    """One try, counted with those at sign-in; the caller commits before it raises the problem.

    Counted for this browser: who guesses elsewhere does not keep the owner from signing here.
    """
    key = limits.codes_of(actor.person, session.device_id or session.id)
    limits.check_code(key)
    if method is Method.PASSKEY:
        problem = _by_passkey(actor, session, given, digest, deed)
    else:
        problem = _by_app(actor.who, given)
    if problem is not None:
        limits.count_code(actor, key)
        person, reason = person_by_id(actor.who), type(problem).__name__
        note(
            actor,
            events.DEED_REFUSED,
            person,
            done=False,
            digest=digest,
            deed=deed,
            reason=reason,
        )
    return problem


def _keep(actor: Actor, session: Session, method: Method, digest: str, deed: str) -> Deed:
    row = DeedProof.objects.create(
        session=session,
        person_id=actor.who,
        digest=digest,
        deed=deed,
        method=method.value,
        confirmed_at=clock.now(),
    )
    person = person_by_id(actor.who)
    note(actor, events.DEED_CONFIRMED, person, digest=digest, deed=deed, method=row.method)
    return _view(row)


def _why(row: DeedProof | None, now: datetime) -> Problem:
    if row is None:
        return DeedMismatch()
    if row.used_at is not None:
        return DeedUsed()
    if now - row.confirmed_at >= DEED_LIFE:
        return DeedOver(minutes=int(DEED_LIFE.total_seconds() // 60))
    return DeedMismatch()


def _view(row: DeedProof) -> Deed:
    return Deed(row.id, row.method, row.confirmed_at, row.digest, row.deed)
