"""One request in full, the read-back of a draft, and a person's own list."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Prefetch

from gapura.access.drafts import from_json, version_of
from gapura.access.errors import NoSuchRequest
from gapura.access.locks import hold
from gapura.access.models import AccessRequest, Correction, Grant, Submission
from gapura.access.permissions import Can
from gapura.access.queries.places import place_of
from gapura.access.queries.views import (
    Applicant,
    CorrectionView,
    DraftView,
    LetterView,
    Moment,
    OwnRequest,
    RequestView,
    SubmissionView,
)
from gapura.access.roles import ROLES
from gapura.access.rules import claim_is_free, is_overdue
from gapura.access.states import REQUEST
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused, decide, may, require
from gapura.kernel.texts import N_

_PEOPLE = ("person", "claimed_by", "decided_by")
_PLACES = ("agency", "unit")
# Sealed numbers are opened only where they are shown.
SEALED = tuple(f"{who}__{number}" for who in _PEOPLE for number in ("nik", "nip", "phone"))

# What a request lacks, by the field of the form that mends it.
LACKS: dict[str, str] = {
    "role": N_("Choose a role."),
    "agency": N_("Choose the agency."),
    "unit": N_("Choose the unit: this role is held at one unit."),
    "letter": N_("Enter the details of the appointment letter."),
    "document": N_("Add a scan of the appointment letter."),
}


def visible_request(actor: Actor, request_id: UUID, *, lock: bool = False) -> AccessRequest:
    """The row with its people, places, letter and grant, if the actor may know of it. One query.

    `lock` holds the row until the transaction ends, for whoever is about to change it (one more).

    :raises NoSuchRequest: unknown, or of another agency: the two look the same.
    :raises Refused: when only a stronger sign-in is missing.
    """
    if lock:
        hold(AccessRequest.objects.filter(pk=request_id))
    rows = AccessRequest.objects.select_related(*_PEOPLE, *_PLACES, "letter", "grant")
    found = rows.defer(*SEALED).filter(pk=request_id).first()
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
    row = visible_request(actor, request_id)
    versions = _submissions(row)
    now = clock.now()
    grant = getattr(row, "grant", None)
    return RequestView(
        id=row.id,
        reference=row.reference,
        role=row.role,
        place=place_of(row),
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


def _submissions(row: AccessRequest) -> list[Submission]:
    notes = Correction.objects.select_related("asked_by").order_by("id")
    versions = Submission.objects.filter(request=row).order_by("number")
    return list(versions.prefetch_related(Prefetch("corrections", notes)))


def _corrections(version: Submission) -> tuple[CorrectionView, ...]:
    return tuple(CorrectionView(c.field, c.reason_code, c.note) for c in version.corrections.all())


def _submission(version: Submission) -> SubmissionView:
    return SubmissionView(
        version.number, version.submitted_at, version.snapshot, _corrections(version)
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


def lacks(row: AccessRequest) -> dict[str, str]:
    """By form field, what the request still needs before it can be sent in."""
    role = ROLES.get(row.role)
    wanting = {
        "role": role is None,
        "agency": row.agency_id is None,
        "unit": role is not None and role.needs_unit and row.unit_id is None,
        "letter": from_json(row.letter_draft).complete is None,
        "document": row.document_id is None,
    }
    return {field: LACKS[field] for field, missing in wanting.items() if missing}


def draft_version(row: AccessRequest) -> str:
    """The mark of what is saved now; a form that shows another one is stale."""
    return version_of(row.role, row.agency_id, row.unit_id, row.letter_draft, row.document_id)


def draft_view(actor: Actor, request_id: UUID) -> DraftView:
    """The read-back of an own draft, or of an own request that came back for correction.

    :raises NoSuchRequest: unknown, or not the actor's.
    :raises Refused: when the actor may not apply for this.
    """
    row = visible_request(actor, request_id)
    require(actor, Can.SUBMIT, row)
    versions = _submissions(row)
    return DraftView(
        id=row.id,
        state=row.state,
        role=row.role,
        place=place_of(row),
        letter=from_json(row.letter_draft),
        document=row.document_id,
        version=draft_version(row),
        missing=lacks(row),
        corrections=_corrections(versions[-1]) if versions else (),
    )


def own_requests(actor: Actor) -> list[OwnRequest]:
    """The actor's own requests, newest first. One query."""
    require(actor, Can.SEE_OWN)
    rows = (
        AccessRequest.objects.select_related(*_PLACES, "grant")
        .filter(person=actor.who)
        .order_by("-created_at", "-id")
    )
    return [_own(row) for row in rows]


def _own(row: AccessRequest) -> OwnRequest:
    grant = getattr(row, "grant", None)
    return OwnRequest(
        id=row.id,
        reference=row.reference,
        role=row.role,
        place=place_of(row),
        state=row.state,
        created_at=row.created_at,
        submitted_at=row.submitted_at,
        due_at=row.due_at,
        decided_at=row.decided_at,
        grant=grant.id if grant else None,
        grant_state=grant.state if grant else "",
    )
