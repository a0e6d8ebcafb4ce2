"""The nightly sweep: what is found, told, accepted and cleared, and who may see it."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django import DjangoAssertNumQueries

from gapura.access import services
from gapura.access.errors import BadReason, NoSuchFinding, NotForAcceptance
from gapura.access.models import ConflictFinding, ConflictRule, Grant
from gapura.access.queries import finding_for, findings_for
from gapura.access.services.findings import find_conflicts
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Mail
from gapura.organizations.models import Unit
from tests.access import world

REASON = "Both are for different packages; the head of the unit knows."


def hold(person: Person, role: str, unit: str | None = "T1.1", agency: str = "T1") -> UUID:
    """A working grant that nobody checked for conflicts."""
    now = clock.now()
    return Grant.objects.create(
        person=person,
        role=role,
        agency_id=agency,
        unit_id=unit,
        state="active",
        valid=DateRange(clock.today() - timedelta(days=1), None),
        approved_at=now,
        activated_at=now,
        recorded_at=now,
    ).id


def sweep() -> tuple[int, int]:
    """Cleared and found."""
    return services.sweep_all(actor=world.SYSTEM)


@pytest.fixture
def officer(places: None) -> Person:
    """Holds roles that the law keeps apart, at unit T1.1 and T2.1."""
    found = world.person("officer")
    hold(found, "bendahara")
    hold(found, "ppk", "T2.1", "T2")
    return found


@pytest.fixture
def both(places: None) -> Person:
    """Buys in both offices of one unit: allowed, but looked at."""
    found = world.person("both")
    hold(found, "pp")
    hold(found, "ppk")
    return found


def only(person: Person) -> ConflictFinding:
    """The person's one open finding."""
    return ConflictFinding.objects.get(grant__person=person, cleared_at__isnull=True)


def test_a_second_sweep_finds_nothing_new(officer: Person, both: Person) -> None:
    assert sweep() == (0, 2)
    assert sweep() == (0, 0)
    assert only(officer).rule.code == "ppk_bendahara"
    assert only(both).rule.code == "ppk_pp"


def test_what_is_found_is_recorded_and_told_to_the_verifiers_of_both_agencies(
    officer: Person, verifier: Person, outsider: Person
) -> None:
    sweep()
    told = LogEvent.objects.get(name="access.finding.found")
    assert told.person == officer.id
    assert told.facts["severity"] == "block"
    mails = Mail.objects.filter(template="access/mail/conflicts_found.txt")
    assert set(mails.values_list("person", flat=True)) == {verifier.id, outsider.id}


def test_it_is_cleared_when_one_role_no_longer_works(officer: Person) -> None:
    sweep()
    grant = Grant.objects.get(person=officer, role="ppk")
    services.revoke(actor=world.SYSTEM, grants=[grant.id], reason="The officer moved on.")
    assert sweep() == (1, 0)
    assert LogEvent.objects.filter(name="access.finding.cleared").count() == 1
    assert only_cleared(officer).cleared_at is not None


def only_cleared(person: Person) -> ConflictFinding:
    """The person's one finding."""
    return ConflictFinding.objects.get(grant__person=person)


def test_it_is_cleared_when_the_rule_ends_and_found_again_with_a_new_one(
    officer: Person,
) -> None:
    sweep()
    rule = ConflictRule.objects.get(code="ppk_bendahara")
    ConflictRule.objects.filter(pk=rule.pk).update(valid_to=clock.today())
    assert sweep() == (1, 0)
    ConflictRule.objects.create(
        code="ppk_bendahara",
        role=rule.role,
        other=rule.other,
        reach="absolute",
        severity="block",
        basis="A newer law",
        valid_from=clock.today(),
    )
    assert sweep() == (0, 1)


def test_a_batch_ends_and_the_next_goes_on(
    officer: Person, both: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gapura.access.services.findings.PEOPLE", 1)
    first = find_conflicts(actor=world.SYSTEM)
    assert (first.found, first.last) == (1, min(officer.id, both.id))
    assert sweep() == (0, 1)


def test_only_the_system_sweeps(officer: Person, verifier: Person) -> None:
    with pytest.raises(Refused):
        services.sweep_all(actor=world.actor(verifier))


def test_each_sees_the_findings_of_the_own_place_only(
    officer: Person, both: Person, verifier: Person, outsider: Person, admin: Person
) -> None:
    sweep()
    auditor = world.holder("auditor", "apip", "T2")
    counts = {
        who: len(findings_for(world.actor(person)).rows)
        for who, person in {
            "T1": verifier,
            "T2": outsider,
            "auditor of T2": auditor,
            "platform": admin,
        }.items()
    }
    assert counts == {"T1": 2, "T2": 1, "auditor of T2": 1, "platform": 2}
    with pytest.raises(NoSuchFinding):
        finding_for(world.actor(outsider), only(both).id)
    with pytest.raises(Refused):
        findings_for(world.actor(officer))
    with pytest.raises(NoSuchFinding):
        finding_for(world.actor(officer), only(officer).id)


def test_a_verifier_of_a_part_sees_that_part(both: Person, officer: Person) -> None:
    Unit.objects.filter(pk="T1.1").update(path="T1.1/")
    Unit.objects.filter(pk="T1.2").update(path="T1.2/")
    sweep()
    found = []
    for unit in ("T1.1", "T1.2"):
        bounded = world.person("bounded")
        hold(bounded, "verifikator", unit)
        found.append(len(findings_for(world.actor(bounded)).rows))
    assert found == [2, 0]


def test_a_weak_sign_in_sees_nothing(both: Person, verifier: Person) -> None:
    sweep()
    with pytest.raises(Refused) as caught:
        findings_for(world.actor(verifier, acr=1))
    assert caught.value.verdict.only_needs_strength
    with pytest.raises(Refused):
        finding_for(world.actor(verifier, acr=1), only(both).id)


def test_a_page_takes_a_fixed_number_of_queries(
    both: Person, officer: Person, verifier: Person, django_assert_max_num_queries: Any
) -> None:
    sweep()
    actor = world.actor(verifier)
    with django_assert_max_num_queries(4):
        findings_for(actor)


def test_a_warning_is_accepted_by_another_with_a_reason(both: Person, verifier: Person) -> None:
    sweep()
    boss, finding = world.actor(verifier), only(both).id
    with pytest.raises(BadReason):
        services.accept_finding(actor=boss, finding_id=finding, reason="fine")
    services.accept_finding(actor=boss, finding_id=finding, reason=REASON)
    view = finding_for(boss, finding)
    assert (view.accepted_by, view.reason, view.may_accept) == (verifier.name, REASON, False)
    told = LogEvent.objects.get(name="access.finding.accepted")
    assert "reason" not in told.facts
    with pytest.raises(NoSuchMove):
        services.accept_finding(actor=boss, finding_id=finding, reason=REASON)
    assert sweep() == (0, 0)


def test_what_the_law_forbids_is_not_accepted(officer: Person, verifier: Person) -> None:
    sweep()
    with pytest.raises(NotForAcceptance):
        services.accept_finding(
            actor=world.actor(verifier), finding_id=only(officer).id, reason=REASON
        )


def test_nobody_accepts_a_finding_about_themselves(verifier: Person) -> None:
    hold(verifier, "ppk")
    sweep()
    finding = only(verifier)
    assert finding.rule.code == "verifikator_ppk"
    actor = world.actor(verifier)
    acting = actor.as_grant(next(g for g in actor.grants if g.role == "verifikator"))
    with pytest.raises(Refused):
        services.accept_finding(actor=acting, finding_id=finding.id, reason=REASON)


def test_the_auditor_reads_and_changes_nothing(both: Person) -> None:
    sweep()
    auditor = world.actor(world.holder("auditor", "apip", "T1"))
    view = finding_for(auditor, only(both).id)
    assert not view.may_accept
    assert not any(side.may_end for side in view.sides)
    with pytest.raises(Refused):
        services.accept_finding(actor=auditor, finding_id=view.id, reason=REASON)


@pytest.mark.parametrize("who", ["outsider", "officer", "nobody"])
def test_wrong_people_accept_nothing(both: Person, outsider: Person, who: str) -> None:
    sweep()
    actors = {
        "outsider": world.actor(outsider),
        "officer": world.actor(both),
        "nobody": Actor(),
    }
    with pytest.raises((NoSuchFinding, Refused)):
        services.accept_finding(actor=actors[who], finding_id=only(both).id, reason=REASON)


def test_an_unknown_finding_is_not_found(verifier: Person) -> None:
    with pytest.raises(NoSuchFinding):
        finding_for(world.actor(verifier), uuid4())


def test_a_sweep_of_many_people_takes_few_queries(
    places: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        person = world.person("many")
        hold(person, "pp")
        hold(person, "ppk")
    with django_assert_max_num_queries(30):
        assert sweep() == (0, 20)
