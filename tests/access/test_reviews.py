"""An access review: who opens it, who answers for which access, and nobody for themselves."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gapura.access import services
from gapura.access.errors import (
    BadReview,
    LinesAnswered,
    NoSuchReview,
    NothingChosen,
    NothingToReview,
    ReviewOver,
    ReviewRuns,
)
from gapura.access.models import AccessRule, Grant, Review, ReviewLine
from gapura.access.queries import active_grants
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.organizations.models import Unit
from tests.access import reviewing, world
from tests.access.reviewing import confirm, line, officer, opened, remove, state


@pytest.fixture
def keeper(places: None) -> Person:
    """The administrator of agency T1."""
    return reviewing.administrator()


def test_each_active_access_is_one_line_of_that_moment(keeper: Person) -> None:
    first = officer()
    waiting = officer()
    Grant.objects.filter(pk=waiting.pk).update(state="approved", activated_at=None)
    review = opened(keeper)
    later = officer()
    grants = set(ReviewLine.objects.filter(review=review).values_list("grant", flat=True))
    assert first.pk in grants
    assert {waiting.pk, later.pk} & grants == set()
    assert Review.objects.get(pk=review).total == len(grants) == 2


def test_the_head_answers_for_the_unit_and_the_administrator_where_there_is_none(
    keeper: Person,
) -> None:
    reviewing.head("T1.1")
    headed, headless = officer("T1.1"), officer("T1.2")
    opened(keeper)
    assert (line(headed).level, line(headed).desk_id) == ("unit", "T1.1")
    assert (line(headless).level, line(headless).desk_id) == ("agency", None)


def test_a_unit_without_a_head_is_answered_for_by_the_head_above(keeper: Person) -> None:
    Unit.objects.filter(code="T1.1").update(path="T1.1/")
    Unit.objects.filter(code="T1.2").update(path="T1.1/T1.2/", parent="T1.1")
    reviewing.head("T1.1")
    below = officer("T1.2")
    opened(keeper)
    assert line(below).desk_id == "T1.1"


def test_nobody_answers_for_their_own_access_it_goes_up(keeper: Person) -> None:
    """Self-approval: the head's own roles go to the administrator, those to the platform."""
    Unit.objects.update(path="")
    Unit.objects.filter(code="T1.1").update(path="T1.1/")
    head = reviewing.head("T1.1")
    opened(keeper)
    own = Grant.objects.get(person=head)
    assert line(own).level == "agency"
    assert line(Grant.objects.get(person=keeper)).level == "platform"


def test_what_only_the_platform_gives_only_the_platform_answers_for(
    keeper: Person, admin: Person
) -> None:
    verifier = world.verifier()
    opened(keeper)
    grant = Grant.objects.get(person=verifier)
    with pytest.raises(Refused):
        confirm(keeper, grant)
    assert confirm(admin, grant).confirmed == 1


@pytest.mark.parametrize("role", ["ppk", "verifikator", "apip", "kepala_unit"])
def test_only_the_administrator_opens_a_review(keeper: Person, role: str) -> None:
    unit = "T1.1" if role in ("ppk", "kepala_unit") else None
    with pytest.raises(Refused):
        opened(world.holder("other", role, "T1", unit))


def test_an_administrator_does_not_open_another_agencys_review(keeper: Person) -> None:
    with pytest.raises(NoSuchReview):
        opened(keeper, agency="T2")


def test_the_platform_opens_any_agencys_review_and_its_own(keeper: Person, admin: Person) -> None:
    opened(admin, agency="T1")
    own = opened(admin, agency="")
    lines = ReviewLine.objects.filter(review=own)
    assert {(one.role, one.level) for one in lines} == {("admin_platform", "platform")}


def test_a_review_that_is_started_twice_runs_once(keeper: Person) -> None:
    opened(keeper)
    with pytest.raises(ReviewRuns):
        opened(keeper)
    assert Review.objects.count() == 1


def test_the_database_itself_holds_that_one_review_is_open(keeper: Person) -> None:
    """Two clicks at once: the look before the write cannot see the other one."""
    review = Review.objects.get(pk=opened(keeper))
    review.pk = None
    review.id = Review._meta.get_field("id").get_default()
    with pytest.raises(IntegrityError, match="one_open_review"), transaction.atomic():
        review.save(force_insert=True)


def test_nothing_to_review_is_said(keeper: Person, admin: Person) -> None:
    with pytest.raises(NothingToReview):
        opened(admin, agency="T2")
    assert Review.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("reason", "short"), ("overdue", "burn"), ("due_on", 6), ("due_on", 121)],
)
def test_a_review_that_cannot_be_is_refused_field_by_field(
    keeper: Person, field: str, wrong: object
) -> None:
    given: dict[str, object] = {"reason": reviewing.REASON, field: wrong}
    if isinstance(wrong, int):
        given[field] = clock.today() + timedelta(days=wrong)
    with pytest.raises(BadReview) as caught:
        services.open_review(actor=world.actor(keeper), agency="T1", **given)  # type: ignore[arg-type]
    assert list(caught.value.fields) == [field]


def test_an_agencys_own_rule_is_stricter(keeper: Person) -> None:
    AccessRule.objects.create(
        key="review_overdue", scope="T1", value="suspend", basis="x", valid_from="2020-01-01"
    )
    review = services.open_review(actor=world.actor(keeper), agency="T1", reason=reviewing.REASON)
    assert Review.objects.get(pk=review).overdue == "suspend"


def test_those_who_are_to_answer_are_told_how_many(
    keeper: Person, django_capture_on_commit_callbacks: object
) -> None:
    from gapura.notifications.models import Mail

    head = reviewing.head("T1.1")
    officer("T1.1"), officer("T1.1"), officer("T1.2")
    opened(keeper)
    told = dict(
        Mail.objects.filter(template__contains="review_opened").values_list("person", "subject")
    )
    assert (told[head.id][-1], told[keeper.id][-1]) == ("2", "2")


def test_many_are_confirmed_at_once_with_an_entry_each(keeper: Person) -> None:
    head = reviewing.head("T1.1")
    grants = [officer(), officer(), officer()]
    opened(keeper)
    assert confirm(head, *grants) == services.Answered(3, 0, 0)
    assert {state(grant) for grant in grants} == {("confirmed", "active")}
    entries = LogEvent.objects.filter(name="access.review_line.confirmed")
    assert set(entries.values_list("actor_person", flat=True)) == {head.id}
    assert set(entries.values_list("person", flat=True)) == {one.person_id for one in grants}


def test_a_removed_access_ends_at_once_and_the_person_reads_how_to_object(keeper: Person) -> None:
    from gapura.notifications.models import Mail

    head = reviewing.head("T1.1")
    grant = officer()
    opened(keeper)
    assert remove(head, grant)
    assert state(grant) == ("removed", "revoked")
    assert active_grants(grant.person_id, clock.now()) == ()
    told = Mail.objects.get(person=grant.person_id, template__contains="review_removed")
    assert told.body is not None
    assert reviewing.WHY in told.body
    names = LogEvent.objects.filter(person=grant.person_id).values_list("name", flat=True)
    assert {"access.review_line.removed", "access.grant.revoked"} <= set(names)


def test_a_removed_access_takes_what_was_delegated_from_it(keeper: Person, admin: Person) -> None:
    verifier, deputy = world.verifier(), world.person("deputy")
    given = services.delegate(
        actor=world.actor(verifier),
        username=deputy.username,
        first=clock.today(),
        last=clock.today() + timedelta(days=5),
    )
    services.activate_grant(actor=world.actor(deputy), grant_id=given)
    assert active_grants(deputy.id, clock.now())
    opened(keeper)
    remove(admin, Grant.objects.get(person=verifier))
    assert active_grants(deputy.id, clock.now()) == ()


def test_a_head_answers_neither_for_other_units_nor_for_the_own_access(keeper: Person) -> None:
    """Privilege escalation by naming another desk's line, or the own one, in the form."""
    head = reviewing.head("T1.1")
    reviewing.head("T1.2")
    mine, other = officer("T1.1"), officer("T1.2")
    opened(keeper)
    for grant in (other, Grant.objects.get(person=head)):
        with pytest.raises((Refused, NoSuchReview)):
            remove(head, grant)
        with pytest.raises((Refused, NoSuchReview)):
            confirm(head, mine, grant)
    assert state(mine) == ("open", "active")


def test_the_database_refuses_an_answer_for_oneself(keeper: Person) -> None:
    grant = officer()
    opened(keeper)
    with pytest.raises(IntegrityError, match="line_is_decided_by_another"):
        ReviewLine.objects.filter(grant=grant).update(decided_by=grant.person_id)


def test_the_administrator_waits_while_the_head_can_answer(keeper: Person) -> None:
    reviewing.head("T1.1")
    grant = officer()
    opened(keeper)
    with pytest.raises(Refused):
        confirm(keeper, grant)


def test_another_agency_sees_nothing_of_it(keeper: Person) -> None:
    stranger = world.holder("stranger", "admin_instansi", "T2")
    grant = officer()
    opened(keeper)
    with pytest.raises(NoSuchReview):
        confirm(stranger, grant)


def test_an_answer_needs_a_strong_sign_in(keeper: Person) -> None:
    grant = officer()
    opened(keeper)
    with pytest.raises(Refused):
        confirm(world.actor(keeper, acr=1), grant)


def test_the_second_of_two_reviewers_changes_nothing(keeper: Person) -> None:
    second = reviewing.administrator()
    grant = officer()
    opened(keeper)
    confirm(keeper, grant)
    assert confirm(second, grant) == services.Answered(0, 0, 1)
    with pytest.raises(LinesAnswered):
        remove(second, grant)
    assert line(grant).decided_by_id == keeper.id


def test_an_access_that_ended_meanwhile_is_neither_confirmed_nor_ended_again(
    keeper: Person,
) -> None:
    gone, left = officer(), officer()
    opened(keeper)
    for grant in (gone, left):
        services.revoke(actor=world.SYSTEM, grants=[grant.pk], reason="It was a mistake.")
    assert confirm(keeper, gone) == services.Answered(0, 1, 0)
    assert remove(keeper, left) is False
    assert {line(gone).state, line(left).state} == {"gone"}


@pytest.mark.parametrize("number", [0, 51])
def test_none_or_more_than_a_page_is_not_confirmed(keeper: Person, number: int) -> None:
    from uuid import uuid4

    review = opened(keeper)
    with pytest.raises(NothingChosen):
        services.confirm_lines(
            actor=world.actor(keeper), review_id=review, line_ids=[uuid4() for _ in range(number)]
        )


def test_a_removal_without_a_reason_is_refused(keeper: Person) -> None:
    grant = officer()
    review = opened(keeper)
    with pytest.raises(BadReview) as caught:
        services.remove_line(
            actor=world.actor(keeper),
            review_id=review,
            line_id=line(grant).id,
            reason_code="",
            reason="no",
        )
    assert set(caught.value.fields) == {"reason_code", "reason"}


def test_a_review_that_was_broken_off_takes_no_more_answers(keeper: Person) -> None:
    done, grant = officer(), officer()
    review = opened(keeper)
    confirm(keeper, done)
    services.cancel_review(
        actor=world.actor(keeper), review_id=review, reason="Opened by mistake, sorry."
    )
    with pytest.raises(ReviewOver):
        confirm(keeper, grant)
    assert (state(done), state(grant)) == (("confirmed", "active"), ("open", "active"))
    assert opened(keeper) != review


def test_more_time_is_given_and_told(keeper: Person) -> None:
    officer()
    review = opened(keeper)
    before = Review.objects.get(pk=review)
    day = before.due_on + timedelta(days=10)
    services.extend_review(
        actor=world.actor(keeper), review_id=review, due_on=day, reason="Many are on leave."
    )
    after = Review.objects.get(pk=review)
    assert (after.due_on, after.settles_on) == (day, before.settles_on + timedelta(days=10))
    with pytest.raises(BadReview):
        services.extend_review(
            actor=world.actor(keeper), review_id=review, due_on=day, reason="The same day again."
        )
    entry = LogEvent.objects.get(name="access.review.extended")
    assert entry.facts["was_due_on"] == before.due_on.isoformat()
