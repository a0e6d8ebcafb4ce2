"""What a checker decides on an identity document: confirm, send back field by field, refuse."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from gapura.accounts import events
from gapura.accounts.choices import (
    CHECKLIST,
    CORRECTABLE,
    CORRECTION_REASONS,
    REFUSAL_REASONS,
)
from gapura.accounts.errors import CaseDecision, NikDiffers
from gapura.accounts.models import IdentityCase, Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries import recipient, registry_proof
from gapura.accounts.rules import bare
from gapura.accounts.rules.cases import NOTE_LIMIT, REASON_AT_LEAST, REASON_LIMIT, Correction
from gapura.accounts.services.case_ends import end_case
from gapura.accounts.services.cases import open_for
from gapura.accounts.services.identity import send_back, vouch
from gapura.accounts.services.proofs import note_document
from gapura.kernel.actor import Actor
from gapura.kernel.texts import N_
from gapura.notifications.services import notify

_TOO_SHORT = N_("Write at least 10 characters, so that the person knows what to do.")
_TOO_LONG = N_("Shorten this text.")
_EVERY_POINT = N_(
    "A document is confirmed when every point holds. Otherwise ask for a correction, or refuse it."
)


def confirm_case(*, actor: Actor, case_id: UUID, nik: str, checked: Sequence[str]) -> UUID:
    """The document shows this person: the identity is verified. `nik` is read from the document.

    Answers whose identity it is.

    :raises NoSuchCase, Refused, CaseDecided, CaseClaimed: see open_for.
    :raises CaseDecision: `nik` is another one, or not every point of CHECKLIST is there.
    :raises IdentityTaken: another verified account has the same NIK or NIP.
    """
    with transaction.atomic():
        row = open_for(actor, Can.CONFIRM_CASE, case_id)
        _check_comparison(row, nik, checked)
        registry = registry_proof(row.person_id).outcome
        facts = {"document": row.kind, "digest": row.sha256, "registry": registry}
        facts["checked"] = ", ".join(sorted(checked))
        note_document(actor, row.person, row.sha256)
        by = {"decided_by_id": actor.who}
        event = end_case(actor, row, "confirm", events.CASE_CONFIRMED, facts, **by)
        vouch(actor, row.person, row.agency)
        _tell(row.person, "document_confirmed", event)
        return row.person_id


def _check_comparison(row: IdentityCase, nik: str, checked: Sequence[str]) -> None:
    problems: dict[str, Any] = {}
    if bare(nik) != row.person.nik:
        problems["nik"] = NikDiffers()
    if set(checked) != set(CHECKLIST):
        problems["checked"] = _EVERY_POINT
    if problems:
        raise CaseDecision(problems)


def send_back_case(*, actor: Actor, case_id: UUID, corrections: Sequence[Correction]) -> None:
    """Ask the person to correct, field by field, and to send another document with it.

    :raises NoSuchCase, Refused, CaseDecided, CaseClaimed: see open_for.
    :raises CaseDecision: no field, an unknown field or reason, a note missing or too long.
    """
    _check_corrections(corrections)
    kept = [{"field": c.field, "reason": c.reason, "note": c.note.strip()} for c in corrections]
    with transaction.atomic():
        row = open_for(actor, Can.SEND_BACK_CASE, case_id)
        facts = {
            "corrections": [{"field": c["field"], "reason": c["reason"]} for c in kept],
            "notes": "; ".join(c["note"] for c in kept if c["note"]),
        }
        by = {"decided_by_id": actor.who, "corrections": kept}
        event = end_case(actor, row, "send_back", events.CASE_SENT_BACK, facts, **by)
        with override(row.person.language):
            why = "; ".join(
                f"{gettext(CORRECTABLE[c['field']])}: {gettext(CORRECTION_REASONS[c['reason']])}"
                for c in kept
            )
        send_back(actor, row.person, why, row.agency)
        _tell(row.person, "document_sent_back", event, corrections=_lines(kept))


def _lines(kept: list[dict[str, str]]) -> list[dict[str, str]]:
    return [
        {
            "field": CORRECTABLE[c["field"]],
            "reason": CORRECTION_REASONS[c["reason"]],
            "note": c["note"],
        }
        for c in kept
    ]


def _check_corrections(corrections: Sequence[Correction]) -> None:
    problems: dict[str, Any] = {}
    if not corrections or len({c.field for c in corrections}) != len(corrections):
        problems["corrections"] = N_("Choose at least one field that has to be corrected.")
    for each in corrections:
        if problem := _problem(each):
            problems[each.field] = problem
    if problems:
        raise CaseDecision(problems)


def _problem(each: Correction) -> str:
    if each.field not in CORRECTABLE:
        return N_("This field cannot be sent back.")
    if each.reason not in CORRECTION_REASONS:
        return N_("Choose a reason.")
    if each.reason == "other" and len(each.note.strip()) < REASON_AT_LEAST:
        return _TOO_SHORT
    return _TOO_LONG if len(each.note) > NOTE_LIMIT else ""


def refuse_case(*, actor: Actor, case_id: UUID, reason_code: str, reason: str) -> None:
    """Refuse the document, with a code of REFUSAL_REASONS and an explanation.

    :raises NoSuchCase, Refused, CaseDecided, CaseClaimed: see open_for.
    :raises CaseDecision: unknown code, or an explanation under 10 or over 1,000 characters.
    """
    reason = reason.strip()
    problems: dict[str, Any] = {}
    if reason_code not in REFUSAL_REASONS:
        problems["reason_code"] = N_("Choose a reason.")
    if not REASON_AT_LEAST <= len(reason) <= REASON_LIMIT:
        problems["reason"] = _TOO_SHORT if len(reason) < REASON_AT_LEAST else _TOO_LONG
    if problems:
        raise CaseDecision(problems)
    with transaction.atomic():
        row = open_for(actor, Can.REFUSE_CASE, case_id)
        facts = {"reason_code": reason_code, "reason": reason}
        by = {"decided_by_id": actor.who, **facts}
        event = end_case(actor, row, "refuse", events.CASE_REFUSED, facts, **by)
        with override(row.person.language):
            why = gettext(REFUSAL_REASONS[reason_code])
        send_back(actor, row.person, why, row.agency)
        why_id = REFUSAL_REASONS[reason_code]
        _tell(row.person, "document_refused", event, reason=why_id, explanation=reason)


def _tell(person: Person, template: str, event: UUID, **values: Any) -> None:
    link = "/account/identity"
    notify(recipient(person), f"accounts/mail/{template}.txt", values, link=link, event=event)
