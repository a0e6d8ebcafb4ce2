"""Telling of access reviews: to the log, and to those who are to answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from gapura.access.kinds import OVERDUE
from gapura.access.models import Review, ReviewLine
from gapura.access.queries.grants import working
from gapura.access.queries.reviewers import asked_people, platform_reviewers
from gapura.access.roles import AGENCY_ADMIN, PLATFORM_ADMIN
from gapura.access.services.notices import tell_each
from gapura.access.states import REVIEW_LINE
from gapura.audit import services as audit
from gapura.audit.events import Event, Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor

BATCH = 1_000
READERS = (AGENCY_ADMIN, "apip")
PLATFORM_NAME = "platform"


def note_review(actor: Actor, event: Event, review: Review, **facts: Any) -> UUID:
    """Write one event about a review; its agency may read it."""
    subject = Subject("review", str(review.id), review.agency_id or PLATFORM_NAME)
    agency = review.agency_id or ""
    return audit.record(actor, event, subject, facts={"agency": agency, **facts}, agency=agency)


def call(review: Review, template: str, **values: Any) -> int:
    """Tell everybody who is to answer how much waits for them, one mail each; answers how many."""
    about = {
        "agency": name_of(review),
        "due": review.due_on,
        "settles": review.settles_on,
        "overdue": OVERDUE[review.overdue],
        **values,
    }
    told = [(one, {**about, "count": count}) for one, count in asked_people(review).items()]
    for start in range(0, len(told), BATCH):
        tell_each(told[start : start + BATCH], template, link_of(review))
    return len(told)


def tell_platform(review: Review) -> None:
    """Tell the platform's administrators that a review is late, and how much is open there."""
    rows = ReviewLine.objects.filter(review=review, state=REVIEW_LINE.start)
    about = {"agency": name_of(review), "settles": review.settles_on, "count": rows.count()}
    if about["count"]:
        people = {one.person for one in platform_reviewers()}
        tell_each([(one, about) for one in people], "review_late", link_of(review))


def tell_end(review: Review, numbers: Mapping[str, int]) -> None:
    """Tell those who read the whole review that it is over, with its numbers."""
    rows = working(clock.now()).filter(role__in=READERS, agency=review.agency_id)
    if review.agency_id is None:
        rows = working(clock.now()).filter(role=PLATFORM_ADMIN)
    people = set(rows.values_list("person_id", flat=True))
    about = {"agency": name_of(review), "total": review.total, **numbers}
    tell_each([(one, about) for one in people], "review_closed", link_of(review))


def name_of(review: Review) -> str:
    """The agency's name; empty for the platform's own review."""
    return review.agency.name if review.agency else ""


def link_of(review: Review) -> str:
    """The page of a review."""
    return f"/people/reviews/{review.id}"
