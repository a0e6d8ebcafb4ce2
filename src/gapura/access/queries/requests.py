"""One request in full, the read-back of a draft, and a person's own list."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from gapura.access.drafts import from_json
from gapura.access.errors import NoSuchRequest
from gapura.access.locks import hold
from gapura.access.models import AccessRequest, Correction, Grant, Submission
from gapura.access.permissions import Can
from gapura.access.queries.places import PLACE_COLUMNS, place_in, place_of
from gapura.access.queries.views import (
    Applicant,
    CorrectionView,
    LetterView,
    Moment,
    OwnRequest,
    RequestView,
    SubmissionView,
)
from gapura.access.rules import is_overdue
from gapura.access.states import REQUEST
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.claims import claim_is_free
from gapura.kernel.permissions import Refused, decide, may, require
from gapura.kernel.prepared import Prepared, PreparedRow

_PEOPLE = ("person", "claimed_by", "decided_by")
_PLACES = ("agency", "unit", "company")
_BESIDES = ("letter", "grant", "principal", "leaves", "follows")
# Sealed numbers are opened only where they are shown.
SEALED = (
    *(f"{who}__{n}" for who in (*_PEOPLE, "principal") for n in ("nik", "nip", "phone")),
    "unit__npwp",
    "company__npwp",
)

_OWN_COLUMNS = (
    *("id", "reference", "role", "state", "created_at", "submitted_at", "due_at", "decided_at"),
    *("grant__id", "grant__state", *PLACE_COLUMNS),
)
_OWN = Prepared(
    lambda person: (
        AccessRequest.objects.filter(person=person)
        .order_by("-created_at", "-id")
        .values_list(*_OWN_COLUMNS)
    ),
    UUID(int=1),
)


_VISIBLE = PreparedRow(
    lambda request: (
        AccessRequest.objects.select_related(*_PEOPLE, *_PLACES, *_BESIDES)
        .defer(*SEALED)
        .filter(pk=request)
    ),
    UUID(int=1),
)


def visible_request(actor: Actor, request_id: UUID, *, lock: bool = False) -> AccessRequest:
    """The row with its people, places, letter and grant, if the actor may know of it. One query.

    `lock` holds the row until the transaction ends, for whoever is about to change it (one more).

    :raises NoSuchRequest: unknown, or of another agency: the two look the same.
    :raises Refused: when only a stronger sign-in is missing.
    """
    if lock:
        hold(AccessRequest.objects.filter(pk=request_id))
    found = _VISIBLE.one(request_id)
    if found is None:
        raise NoSuchRequest()
    verdict = decide(actor, Can.SEE, found)
    if verdict.only_needs_strength:
        raise Refused(verdict)
    if not verdict:
        raise NoSuchRequest()
    return found


def request_for(actor: Actor, request_id: UUID) -> RequestView:
    """One request in full. Three queries.

    :raises NoSuchRequest: unknown, or not for this actor.
    """
    row, now = visible_request(actor, request_id), clock.now()
    versions, grant = submissions_of(row), getattr(row, "grant", None)
    return RequestView(
        id=row.id,
        reference=row.reference,
        role=row.role,
        kind=row.kind,
        place=place_of(row),
        path=row.unit.path if row.unit else "",
        applicant=_applicant(row),
        state=row.state,
        level=row.level,
        letter=_letter(row),
        document=row.document_id,
        created_at=row.created_at,
        submitted_at=row.submitted_at,
        due_at=row.due_at,
        late=is_overdue(row.due_at, now),
        claimed_by=row.claimed_by_id,
        claimed_by_name=row.claimed_by.name if row.claimed_by else "",
        claimed_at=row.claimed_at,
        claim_is_free=claim_is_free(row.claimed_by_id, row.claimed_at, now),
        sent_back_by=_sent_back_by(versions),
        decided_by=row.decided_by_id,
        decided_by_name=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        reason_code=row.reason_code,
        reason=row.reason,
        grant=grant.id if grant else None,
        grant_state=grant.state if grant else "",
        submissions=tuple(_submission(version) for version in versions),
        timeline=_timeline(row, versions, grant),
        verbs=_verbs(actor, row),
        is_own=row.person_id == actor.person,
        obstacles=decide(actor, Can.CLAIM, row).missing,
    )


def _sent_back_by(versions: Sequence[Submission]) -> UUID | None:
    """Who found something wrong in the last version."""
    found = list(versions[-1].corrections.all())[:1] if versions else []
    return found[0].asked_by_id if found else None


def _verbs(actor: Actor, row: AccessRequest) -> tuple[str, ...]:
    return tuple(s.verb for s in REQUEST.verbs_from(row.state) if may(actor, s.permission, row))


def _applicant(row: AccessRequest) -> Applicant:
    person = row.person
    return Applicant(person.id, person.username, person.name, person.kind, person.state)


def _letter(row: AccessRequest) -> LetterView | None:
    details = from_json(row.letter_draft).complete
    if details is None:
        return None
    if row.letter is None:
        return LetterView(details)
    return LetterView(details, row.letter.reference, row.letter.revoked_at)


def submissions_of(row: AccessRequest) -> list[Submission]:
    """Every version as it was sent in, oldest first, with what was found wrong in it."""
    notes = Correction.objects.select_related("asked_by").order_by("id")
    versions = Submission.objects.filter(request=row).order_by("number")
    return list(versions.prefetch_related(Prefetch("corrections", notes)))


def corrections_of(version: Submission) -> tuple[CorrectionView, ...]:
    """What was found wrong in one version."""
    return tuple(CorrectionView(c.field, c.reason_code, c.note) for c in version.corrections.all())


def _submission(version: Submission) -> SubmissionView:
    return SubmissionView(
        version.number, version.submitted_at, version.snapshot, corrections_of(version)
    )


def _timeline(
    row: AccessRequest, versions: Iterable[Submission], grant: Grant | None
) -> tuple[Moment, ...]:
    """What happened, oldest first, told by the rows themselves."""
    own = row.person.name
    moments = [Moment(row.created_at, "drafted", own)]
    for version in versions:
        kind = "submitted" if version.number == 1 else "resubmitted"
        moments.append(Moment(version.submitted_at, kind, own))
        for correction in list(version.corrections.all())[:1]:
            asker = correction.asked_by.name
            moments.append(Moment(correction.asked_at, "correction_asked", asker))
    if row.escalated_at:
        moments.append(Moment(row.escalated_at, "escalated"))
    if row.state == "in_review" and row.claimed_at and row.claimed_by:
        moments.append(Moment(row.claimed_at, "claimed", row.claimed_by.name))
    if row.decided_at:
        by = row.decided_by.name if row.decided_by else own
        moments.append(Moment(row.decided_at, row.state, by))
    if grant and grant.activated_at:
        moments.append(Moment(grant.activated_at, "activated", own))
    return tuple(sorted(moments, key=lambda moment: moment.at))


def own_requests(actor: Actor) -> list[OwnRequest]:
    """The actor's own requests, newest first. One query."""
    require(actor, Can.SEE_OWN)
    return [_own(row) for row in _OWN.rows(actor.who)]


def _own(values: tuple[Any, ...]) -> OwnRequest:
    row = dict(zip(_OWN_COLUMNS, values, strict=True))
    return OwnRequest(
        id=row["id"],
        reference=row["reference"],
        role=row["role"],
        place=place_in(row),
        state=row["state"],
        created_at=row["created_at"],
        submitted_at=row["submitted_at"],
        due_at=row["due_at"],
        decided_at=row["decided_at"],
        grant=row["grant__id"],
        grant_state=row["grant__state"] or "",
    )
