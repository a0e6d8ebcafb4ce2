"""The verifiers' queue: whose requests are in it, in which order, and what it costs."""

from datetime import timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from gapura.access import services
from gapura.access.models import AccessRequest
from gapura.access.queries import QueueFilters, queue, queue_counts, queue_figures, queue_for
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from tests.access import world


def names(person: Person, **filters: str) -> list[str]:
    """Whose requests the person sees."""
    return [row.applicant for row in queue_for(world.actor(person), QueueFilters(**filters)).rows]


def test_the_soonest_deadline_is_first(verifier: Person) -> None:
    for days, name in ((0, "late"), (-2, "early"), (-1, "middle")):
        with clock.frozen(clock.now() + timedelta(days=days)):
            world.submitted(world.person(name, state="contact_verified"))
    assert names(verifier) == ["Early", "Middle", "Late"]


def test_each_queue_holds_only_what_its_owner_decides(
    applicant: Person, verifier: Person, outsider: Person, admin: Person
) -> None:
    world.submitted(applicant)
    world.submitted(world.person("boss", state="contact_verified"), role="verifikator")
    assert names(verifier) == ["Applicant"]
    assert names(outsider) == []
    assert names(admin) == ["Boss"]


def test_an_own_request_is_not_in_the_own_queue(verifier: Person, colleague: Person) -> None:
    world.submitted(verifier)
    assert names(verifier) == []
    assert names(colleague) == ["Verifier"]


def test_drafts_corrections_and_decided_ones_do_not_wait(
    applicant: Person, verifier: Person
) -> None:
    world.draft(applicant)
    request_id = world.claimed(world.person("other", state="contact_verified"), verifier)
    services.reject_request(
        actor=world.actor(verifier),
        request_id=request_id,
        reason_code="not_appointed",
        reason="Named is another person.",
    )
    assert names(verifier) == []


def test_tabs_and_their_counts(verifier: Person, colleague: Person) -> None:
    people = {n: world.person(n, state="contact_verified") for n in ("mine", "theirs", "free")}
    world.claimed(people["mine"], verifier)
    world.claimed(people["theirs"], colleague)
    world.submitted(people["free"])
    AccessRequest.objects.filter(person=people["free"]).update(
        due_at=clock.now() - timedelta(hours=1)
    )
    found = queue_for(world.actor(verifier))
    assert found.counts == {"all": 3, "mine": 1, "unclaimed": 1, "late": 1}
    assert names(verifier, tab="mine") == ["Mine"]
    assert names(verifier, tab="unclaimed") == ["Free"]
    assert names(verifier, tab="late") == ["Free"]
    assert found.rows[0].late


def test_a_stale_claim_is_free_in_the_queue(
    applicant: Person, verifier: Person, colleague: Person
) -> None:
    world.claimed(applicant, verifier)
    other = world.actor(colleague)
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        (row,) = queue_for(other, QueueFilters(tab="unclaimed")).rows
    assert row.claim_is_free


def test_roles_narrow_the_queue(applicant: Person, verifier: Person) -> None:
    world.submitted(applicant, role="pp")
    assert names(verifier, role="pp") == ["Applicant"]
    assert names(verifier, role="ppk") == []


def test_an_empty_queue_counts_nothing(verifier: Person) -> None:
    found = queue_for(world.actor(verifier))
    assert (found.rows, set(found.counts.values()), found.next) == ((), {0}, "")


def test_pages_follow_each_other_without_gap_or_repetition(
    verifier: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    queue._page_query.cache_clear()
    with clock.frozen(clock.now()):
        for number in range(5):
            world.submitted(world.person(f"person {number}".replace(" ", ""), state="verified"))
        seen, after = [], ""
        for _ in range(3):
            page = queue_for(world.actor(verifier), QueueFilters(after=after))
            seen += [row.id for row in page.rows]
            after = page.next
    queue._page_query.cache_clear()
    assert len(seen) == len(set(seen)) == 5
    assert after == ""


@pytest.mark.parametrize(
    "after",
    [
        "nonsense",
        "2026-01-01_x",
        "2026-01-01T00:00:00_\x00",
        "_",
        f"2026-01-01T00:00:00_{UUID(int=1)}",
        f"0001-01-01T00:00:00+23:59_{UUID(int=1)}",
        f"9999-12-31T23:59:59-23:59_{UUID(int=1)}",
    ],
)
def test_a_damaged_cursor_gives_the_first_page(
    applicant: Person, verifier: Person, after: str
) -> None:
    world.submitted(applicant)
    assert names(verifier, after=after, tab="nonsense") == ["Applicant"]


def test_the_queue_takes_two_queries(
    applicant: Person, verifier: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world.submitted(applicant)
    actor = world.actor(verifier)
    with django_assert_num_queries(2):
        queue_for(actor)


def test_who_is_no_verifier_or_signed_in_weakly_has_no_queue(
    applicant: Person, verifier: Person
) -> None:
    for actor in (world.actor(applicant), world.actor(verifier, acr=1)):
        with pytest.raises(Refused):
            queue_for(actor)


def test_beyond_the_most_counted_there_are_more(
    verifier: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two late ones before two that are free; one of the first is taken."""
    monkeypatch.setattr(queue_counts, "MOST_COUNTED", 2)
    queue_counts._query.cache_clear()
    people = [world.person(f"p{n}", state="contact_verified") for n in range(4)]
    world.claimed(people[0], verifier)
    for person in people[1:]:
        world.submitted(person)
    AccessRequest.objects.filter(person__in=people[:2]).update(due_at=clock.now())
    found = queue_figures(world.actor(verifier))
    queue_counts._query.cache_clear()
    shown = {tab: found.shown(tab) for tab in found.counts}
    assert shown == {"all": "2+", "mine": "1", "unclaimed": "2+", "late": "2"}
    assert found.soonest is not None
    assert found.soonest <= clock.now()
