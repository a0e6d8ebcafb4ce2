"""The yearly review: its time is told to the agency's administrators; at last it opens itself."""

from datetime import date, timedelta

from django.db import transaction

from gapura.access.errors import NothingToReview, ReviewRuns
from gapura.access.models import AccessRule, ReviewCall
from gapura.access.permissions import Can
from gapura.access.queries.due_reviews import due_reviews
from gapura.access.queries.reviewers import reviewers_at
from gapura.access.services.notices import tell_each
from gapura.access.services.reviews import open_review
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_
from gapura.organizations.queries import agencies_by_code

BY_ITSELF = N_("Yearly review. It opened by itself, because nobody had opened it in time.")
_LIST = "/people/reviews"


def call_reviews(*, actor: Actor) -> tuple[int, int]:
    """Tell whose yearly review is due, and open what is due for longer than the rule allows.

    An agency is told once of each due day. Answers how many were told and opened. The rule
    `review_opens_days` says after how many days a review begins by itself; below zero is never.

    :raises Refused: a person tried.
    """
    require(actor, Can.TEND_REVIEW)
    told = opened = 0
    for agency, due_on in due_reviews(clock.today()).items():
        days = AccessRule.value_at("review_opens_days", clock.today(), agency)
        if days >= 0 and due_on + timedelta(days=days) <= clock.today():
            opened += _open(actor, agency)
        else:
            told += _tell(agency, due_on)
    return told, opened


def _open(actor: Actor, agency: str) -> bool:
    try:
        open_review(actor=actor, agency=agency, reason=BY_ITSELF)
    except (ReviewRuns, NothingToReview):
        return False
    return True


@transaction.atomic
def _tell(agency: str, due_on: date) -> bool:
    _call, is_new = ReviewCall.objects.get_or_create(
        agency_id=agency, due_on=due_on, defaults={"told_at": clock.now()}
    )
    if is_new:
        names = agencies_by_code({agency})
        about = {"agency": names[agency].name, "due": due_on}
        people = {one.person for one in reviewers_at(agency).admins}
        tell_each([(one, about) for one in people], "review_due", _LIST)
    return is_new
