"""Two at once in an access review: opened once, answered once, ended once."""

from functools import partial

import pytest

from gapura.access import services
from gapura.access.models import Grant, Review, ReviewLine
from gapura.audit.models import LogEvent
from gapura.kernel.problems import Problem
from tests.access import reviewing, world
from tests.access.reviewing import line, officer, opened
from tests.access.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_review_opened_by_two_at_the_same_moment_is_opened_once() -> None:
    world.places()
    pair = [reviewing.administrator() for _ in range(2)]
    officer()
    results = at_once(*(partial(opened, one) for one in pair), partial(opened, pair[0]))
    assert sum(isinstance(each, Problem) for each in results) == 2
    assert Review.objects.count() == 1
    assert ReviewLine.objects.count() == Review.objects.get().total == 3


def test_two_reviewers_at_the_same_moment_give_one_answer() -> None:
    world.places()
    pair = [reviewing.administrator() for _ in range(2)]
    grants = [officer() for _ in range(6)]
    opened(pair[0])
    for grant in grants:
        confirm = partial(reviewing.confirm, pair[0], grant)
        at_once(confirm, partial(reviewing.remove, pair[1], grant))
        found = line(grant)
        state = Grant.objects.get(pk=grant.pk).state
        assert (found.state, state) in {("confirmed", "active"), ("removed", "revoked")}
        entries = LogEvent.objects.filter(
            name__startswith="access.review_line.", person=grant.person_id
        )
        assert entries.count() == 1


def test_an_answer_and_the_round_at_the_same_moment_end_an_access_at_most_once() -> None:
    world.places()
    keeper = reviewing.administrator()
    grants = [officer() for _ in range(4)]
    review = opened(keeper, "revoke")
    removals = [partial(reviewing.remove, keeper, grant) for grant in grants[:3]]
    at_once(partial(reviewing.round_after, review, 45), *removals)
    reviewing.round_after(review, 45)
    for grant in grants:
        ended = LogEvent.objects.filter(name="access.grant.revoked", subject_id=str(grant.pk))
        assert ended.count() == 1
    assert services.open_reviews(actor=world.SYSTEM) == []
