"""The scheduled round: endings, leavers, what is late, reminders, what the review says, the end."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from gapura.access import services
from gapura.access.models import AccessRule, Grant, Review, ReviewLine
from gapura.access.queries import active_grants
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Mail
from tests.access import reviewing, world
from tests.access.reviewing import confirm, line, officer, opened, remove, round_after, state

# The first level has thirty days, the one above fourteen more.
LATE, OVER = 31, 45


@pytest.fixture
def keeper(places: None) -> Person:
    """The administrator of agency T1."""
    return reviewing.administrator()


def mails(template: str, person: Person | None = None) -> int:
    rows = Mail.objects.filter(template__contains=template)
    return rows.filter(person=person.id).count() if person else rows.count()


def test_a_person_cannot_carry_out_the_round(keeper: Person) -> None:
    with pytest.raises(Refused):
        services.open_reviews(actor=world.actor(keeper))
    with pytest.raises(Refused):
        services.tend_review(actor=world.actor(keeper), review_id=opened(keeper))


def test_what_ended_during_the_review_is_dropped_with_an_entry(keeper: Person) -> None:
    revoked, over, stays = officer(), officer(), officer()
    review = opened(keeper)
    services.revoke(actor=world.SYSTEM, grants=[revoked.pk], reason="The person left.")
    day = clock.today()
    Grant.objects.filter(pk=over.pk).update(valid=(day - timedelta(days=9), day))
    round_after(review, 1)
    assert (line(revoked).state, line(over).state, line(stays).state) == ("gone", "gone", "open")
    entries = LogEvent.objects.filter(name="access.review_line.dropped")
    assert set(entries.values_list("person", flat=True)) == {revoked.person_id, over.person_id}


def test_when_a_head_leaves_the_line_goes_to_whoever_answers_now(keeper: Person) -> None:
    head = reviewing.head("T1.1")
    grant = officer("T1.1")
    review = opened(keeper)
    services.revoke(
        actor=world.SYSTEM,
        grants=Grant.objects.filter(person=head).values_list("id", flat=True),
        reason="The head left.",
    )
    round_after(review, 1)
    assert (line(grant).level, line(grant).escalated_at) == ("agency", None)
    assert confirm(keeper, grant).confirmed == 1


def test_when_the_last_administrator_leaves_the_platform_answers(
    keeper: Person, admin: Person
) -> None:
    grant = officer()
    review = opened(keeper)
    services.revoke(
        actor=world.SYSTEM,
        grants=Grant.objects.filter(person=keeper).values_list("id", flat=True),
        reason="The administrator left.",
    )
    round_after(review, 1)
    assert line(grant).level == "platform"
    assert confirm(admin, grant).confirmed == 1


def test_an_officer_who_becomes_the_only_administrator_does_not_answer_for_themselves(
    keeper: Person, admin: Person
) -> None:
    grant = officer()
    review = opened(keeper)
    services.revoke(
        actor=world.SYSTEM,
        grants=Grant.objects.filter(person=keeper).values_list("id", flat=True),
        reason="The administrator left.",
    )
    services.issue_grant(
        actor=world.SYSTEM, person_id=grant.person_id, role="admin_instansi", agency="T1"
    )
    round_after(review, 1)
    assert line(grant).level == "platform"


@pytest.mark.parametrize(
    ("moment", "level"),
    [(time(23, 59, 59), "unit"), (time(0, 0), "agency")],
    ids=["the last second", "midnight"],
)
def test_what_is_late_goes_up_when_the_last_day_is_over_in_jakarta(
    keeper: Person, moment: time, level: str
) -> None:
    reviewing.head("T1.1")
    grant = officer("T1.1")
    review = Review.objects.get(pk=opened(keeper))
    day = review.due_on if level == "unit" else review.due_on + timedelta(days=1)
    at = datetime.combine(day, moment, ZoneInfo(clock.JAKARTA)).astimezone(UTC)
    with clock.frozen(at):
        services.tend_review(actor=world.SYSTEM, review_id=review.pk)
    assert line(grant).level == level


def test_what_went_up_is_no_longer_the_heads_and_the_platform_can_answer_too(
    keeper: Person, admin: Person
) -> None:
    head = reviewing.head("T1.1")
    one, two = officer("T1.1"), officer("T1.1")
    review = opened(keeper)
    with pytest.raises(Refused):
        confirm(admin, one)
    round_after(review, LATE)
    with pytest.raises(Refused):
        confirm(head, one)
    assert confirm(keeper, one).confirmed == 1
    assert confirm(admin, two).confirmed == 1
    assert line(one).desk_id == "T1.1"


def test_a_second_round_moves_nothing_again(keeper: Person) -> None:
    officer()
    review = opened(keeper)
    for _ in range(3):
        round_after(review, LATE)
    rows = LogEvent.objects.filter(name="access.review_line.escalated")
    assert rows.count() == len(set(rows.values_list("subject_id", flat=True)))


def test_each_reminder_is_told_once_and_the_platform_learns_that_it_is_late(
    keeper: Person, admin: Person
) -> None:
    officer()
    review = opened(keeper)
    told = []
    for day in range(OVER):
        round_after(review, day)
        round_after(review, day)
        told.append(mails("review_reminder", keeper))
    steps = [day for day in range(1, OVER) if told[day] > told[day - 1]]
    assert steps == [16, 23, 28, 31, 37, 42]
    assert mails("review_late", admin) == 1


def test_nights_that_were_left_out_are_made_up_for_by_one_reminder(keeper: Person) -> None:
    officer()
    review = opened(keeper)
    round_after(review, 29)
    assert mails("review_reminder", keeper) == 1


def test_nobody_is_reminded_who_has_answered_all(keeper: Person) -> None:
    grant = officer()
    review = opened(keeper)
    confirm(keeper, grant)
    round_after(review, 29)
    assert mails("review_reminder", keeper) == 0


@pytest.mark.parametrize(
    ("overdue", "after"),
    [
        ("keep", ("kept", "active")),
        ("suspend", ("suspended", "suspended")),
        ("revoke", ("lapsed", "revoked")),
    ],
)
def test_what_nobody_answers_becomes_what_the_review_says(
    keeper: Person, overdue: str, after: tuple[str, str]
) -> None:
    grant = officer()
    review = opened(keeper, overdue)
    round_after(review, OVER - 1)
    assert state(grant) == ("open", "active")
    round_after(review, OVER)
    assert state(grant) == after
    works = bool(active_grants(grant.person_id, clock.now()))
    assert works == (overdue == "keep")
    assert Review.objects.get(pk=review).state == "closed"


@pytest.mark.parametrize("overdue", ["suspend", "revoke"])
def test_the_agency_does_not_pay_for_what_the_platform_leaves_unanswered(
    keeper: Person, overdue: str
) -> None:
    """Denial of service: a whole agency without verifiers because the platform was slow."""
    verifier = world.verifier()
    review = opened(keeper, overdue)
    round_after(review, OVER)
    for person in (verifier, keeper):
        assert state(Grant.objects.get(person=person)) == ("kept", "active")


def test_a_suspended_access_works_again_once_it_is_confirmed(keeper: Person) -> None:
    grant = officer()
    review = opened(keeper, "suspend")
    round_after(review, OVER)
    assert active_grants(grant.person_id, clock.now()) == ()
    assert confirm(keeper, grant).confirmed == 1
    assert state(grant) == ("confirmed", "active")
    assert active_grants(grant.person_id, clock.now())
    assert mails("grant_resumed") == 1


def test_what_was_not_confirmed_can_still_be_ended_when_the_review_is_over(keeper: Person) -> None:
    grant = officer()
    review = opened(keeper, "suspend")
    round_after(review, OVER)
    assert remove(keeper, grant)
    assert state(grant) == ("removed", "revoked")


def test_a_verifiers_own_suspension_is_not_lifted_by_confirming(keeper: Person) -> None:
    """Laundering: an access that a verifier stopped for a reason comes back through a review."""
    verifier, grant = world.verifier(), officer()
    review = opened(keeper, "suspend")
    services.suspend_grant(
        actor=world.actor(verifier), grant_id=grant.pk, reason="Under investigation now."
    )
    assert confirm(keeper, grant).confirmed == 1
    assert state(grant) == ("confirmed", "suspended")
    other = officer()
    assert not ReviewLine.objects.filter(grant=other, review=review).exists()


def test_a_suspension_after_the_reviews_own_is_not_lifted_by_confirming(keeper: Person) -> None:
    verifier, grant = world.actor(world.verifier()), officer()
    round_after(opened(keeper, "suspend"), OVER)
    services.resume_grant(actor=verifier, grant_id=grant.pk)
    services.suspend_grant(actor=verifier, grant_id=grant.pk, reason="Under investigation now.")
    assert confirm(keeper, grant).confirmed == 1
    assert state(grant) == ("confirmed", "suspended")


def test_the_person_of_a_lapsed_access_reads_how_to_object(keeper: Person) -> None:
    grant = officer()
    round_after(opened(keeper, "revoke"), OVER)
    told = Mail.objects.get(person=grant.person_id, template__contains="review_removed")
    assert told.body is not None


def test_a_review_in_which_all_is_answered_closes_with_its_numbers(
    keeper: Person, admin: Person
) -> None:
    one, two, three = officer(), officer(), officer()
    review = opened(keeper)
    confirm(keeper, one)
    remove(keeper, two)
    services.revoke(actor=world.SYSTEM, grants=[three.pk], reason="The person left.")
    confirm(admin, Grant.objects.get(person=keeper))
    round_after(review, 1)
    assert Review.objects.get(pk=review).state == "closed"
    facts = LogEvent.objects.get(name="access.review.closed").facts
    numbers = [facts[name] for name in ("total", "confirmed", "removed", "gone", "unanswered")]
    assert numbers == [4, 2, 1, 1, 0]
    assert mails("review_closed", keeper) == 1


def test_a_review_that_was_broken_off_is_left_alone(keeper: Person) -> None:
    grant = officer()
    review = opened(keeper, "revoke")
    services.cancel_review(
        actor=world.actor(keeper), review_id=review, reason="Opened by mistake, sorry."
    )
    assert review not in services.open_reviews(actor=world.SYSTEM)
    round_after(review, OVER)
    assert state(grant) == ("open", "active")


def test_more_time_moves_the_consequence(keeper: Person) -> None:
    grant = officer()
    review = opened(keeper, "revoke")
    day = Review.objects.get(pk=review).due_on + timedelta(days=30)
    services.extend_review(
        actor=world.actor(keeper), review_id=review, due_on=day, reason="Many are on leave."
    )
    round_after(review, OVER)
    assert state(grant) == ("open", "active")
    round_after(review, OVER + 30)
    assert state(grant) == ("lapsed", "revoked")


def call_after(days: int) -> tuple[int, int]:
    with clock.frozen(clock.now() + timedelta(days=days)):
        return services.call_reviews(actor=world.SYSTEM)


def test_the_yearly_review_is_told_once_a_year_after_the_first_access(keeper: Person) -> None:
    assert call_after(364) == (0, 0)
    assert [call_after(365), call_after(366)] == [(1, 0), (0, 0)]
    assert mails("review_due", keeper) == 1


def test_a_yearly_review_that_nobody_opens_begins_by_itself(keeper: Person) -> None:
    officer()
    assert call_after(394) == (1, 0)
    assert call_after(395) == (0, 1)
    review = Review.objects.get()
    assert (review.agency_id, review.opened_by, review.overdue) == ("T1", None, "keep")
    assert call_after(396) == (0, 0)


def test_a_year_after_a_review_the_next_is_due_and_a_cancelled_one_does_not_count(
    keeper: Person,
) -> None:
    grant = officer()
    review = opened(keeper)
    confirm(keeper, grant)
    assert call_after(395) == (0, 0)
    Review.objects.filter(pk=review).update(state="closed")
    assert call_after(365) == (1, 0)
    Review.objects.filter(pk=review).update(state="cancelled")
    assert call_after(395)[1] == 1


def test_an_agency_can_rule_that_its_review_never_begins_by_itself(keeper: Person) -> None:
    AccessRule.objects.create(
        key="review_opens_days", scope="T1", value=-1, basis="x", valid_from="2020-01-01"
    )
    assert call_after(900) == (1, 0)
