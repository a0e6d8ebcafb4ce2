"""Watching the log: nothing twice, nothing passed over, and no rule in another's way."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.access import events as access
from gapura.audit.events import all_events
from gapura.audit.services import record, seal_all
from gapura.kernel.permissions import Refused
from gapura.reports import services
from gapura.reports.models import Alert, Cursor, Evidence
from gapura.reports.queries import rule_health
from gapura.reports.queries.findings import in_the_log
from gapura.reports.rules import RULES_BY_CODE, Rule
from gapura.reports.services import raising, watch, watching
from tests.access.world import places
from tests.authentication.world import at_once
from tests.reports.watched import REASON, WATCH, alerts, look, raised, who, write

MINUTE = timedelta(minutes=1)
RULE = "hasty_approval"


@pytest.mark.django_db
def test_looking_again_changes_nothing() -> None:
    write(who("verifikator"), access.APPROVED, times=12)
    (first,) = raised(RULE)
    assert look(RULE).raised == {}
    Cursor.objects.update(next_leaf=0)
    assert look(RULE).raised == {}, "also when the place was lost"
    (again,) = alerts(RULE)
    assert (again.id, again.entries, again.evidence.count()) == (first.id, 12, 12)


@pytest.mark.django_db
def test_what_happened_at_two_agencies_is_no_alert_of_one_of_them() -> None:
    """Attack: one agency is shown what somebody did at another, the one later in the alphabet."""
    verifier = who("verifikator")
    write(verifier, access.APPROVED, times=6, agency="T1", unit="T1.1")
    write(verifier, access.APPROVED, times=6, agency="T2", unit="T2.1")
    (found,) = raised(RULE)
    assert (found.entries, found.agency) == (12, "")


@pytest.mark.django_db
def test_an_alert_that_goes_on_at_another_agency_leaves_the_first() -> None:
    """Attack: an open alert of one agency is added to by what happens at another."""
    verifier = who("verifikator")
    write(verifier, access.APPROVED, times=10, ago=30 * MINUTE, agency="T1")
    (first,) = raised(RULE)
    write(verifier, access.APPROVED, times=10, agency="T2")
    (after,) = raised(RULE)
    assert (first.agency, after.id, after.agency) == ("T1", first.id, "")


@pytest.mark.django_db
def test_what_goes_on_is_added_to_the_open_alert() -> None:
    verifier = who("verifikator")
    write(verifier, access.APPROVED, times=10, ago=2 * MINUTE)
    (first,) = raised(RULE)
    write(verifier, access.APPROVED, times=3)
    (after,) = raised(RULE)
    assert (after.id, after.entries, after.evidence.count()) == (first.id, 13, 13)


@pytest.mark.django_db
def test_after_it_was_disposed_of_only_as_many_newer_ones_raise_another() -> None:
    verifier = who("verifikator")
    write(verifier, access.APPROVED, times=10, ago=5 * MINUTE)
    (first,) = raised(RULE)
    services.explain_alert(actor=who("apip", username="audit"), alert=first.id, reason=REASON)
    write(verifier, access.APPROVED, times=9, ago=MINUTE)
    assert len(raised(RULE)) == 1, "nine newer ones are not ten"
    write(verifier, access.APPROVED)
    found = raised(RULE)
    assert [one.state for one in found] == ["explained", "raised"]
    assert found[1].entries == 10


@pytest.mark.django_db
def test_an_entry_that_was_sealed_late_still_counts() -> None:
    """Its time lies before what was already looked at."""
    verifier = who("verifikator")
    write(verifier, access.APPROVED, times=9)
    assert raised(RULE) == []
    write(verifier, access.APPROVED, ago=3 * MINUTE)
    assert len(raised(RULE)) == 1


@pytest.mark.django_db
def test_windows_across_batches_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "BATCH", 3)
    write(who("verifikator"), access.APPROVED, times=10)
    assert len(raised(RULE)) == 1
    assert Cursor.objects.get(pk=RULE).next_leaf == 10


@pytest.mark.django_db
def test_more_findings_than_one_look_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_MOST_FOUND", 4)
    for _ in range(9):
        write(who("verifikator"), access.APPROVED, facts={"unit": "T1.1"})
    assert len(raised("unread_approval")) == 9


@pytest.mark.django_db
def test_a_rule_that_fails_keeps_its_place_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(who("verifikator"), access.APPROVED, times=10, facts={"unit": "T1.1"})
    real = in_the_log

    def broken(rule: Rule, *args: object) -> object:
        if rule.code == RULE:
            raise RuntimeError("a bad statement")
        return real(rule, *args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(watching, "in_the_log", broken)
        run = look(RULE, "unread_approval")
    assert (run.failed, run.raised) == ([RULE], {"unread_approval": 1})
    row = Cursor.objects.get(pk=RULE)
    assert (row.next_leaf, row.failures, row.fault) == (0, 1, "RuntimeError")
    assert (rule_health().failing, rule_health().behind > 0) == (1, True)
    assert look(RULE).raised == {RULE: 1}, "mended, it finds what it missed"
    assert Cursor.objects.get(pk=RULE).failures == 0


@pytest.mark.django_db
def test_an_agency_with_its_own_numbers_is_judged_by_them_alone() -> None:
    places()
    numbers = {"least": 3, "within": 10}
    services.change_rule(
        actor=who("admin_platform", ""), rule=RULE, scope="T1", active=True, parameters=numbers,
        tells=("apip",), reason=REASON,
    )  # fmt: skip
    write(who("verifikator", "T1"), access.APPROVED, times=3)
    write(who("verifikator", "T2"), access.APPROVED, times=3)
    assert [one.agency for one in raised(RULE)] == ["T1"]


@pytest.mark.django_db
def test_only_the_system_raises_alerts() -> None:
    with pytest.raises(Refused):
        watch(actor=who("admin_platform", ""))


@pytest.mark.django_db(transaction=True)
def test_a_crash_in_the_middle_of_a_batch_leaves_nothing_half_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second of three findings breaks; place and findings are one transaction."""
    for _ in range(3):
        write(who("verifikator"), access.APPROVED, facts={"unit": "T1.1"})
    seal_all()
    real, calls = record, list[int]()

    def dying(*args: object, **more: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise SystemError("killed")
        return real(*args, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(raising, "record", dying)
        look("unread_approval")
    assert (Alert.objects.count(), Evidence.objects.count()) == (0, 0)
    assert Cursor.objects.get(pk="unread_approval").next_leaf == 0
    assert len(raised("unread_approval")) == 3
    assert len(raised("unread_approval")) == 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_raise_each_finding_once() -> None:
    for _ in range(5):
        write(who("verifikator"), access.APPROVED, facts={"unit": "T1.1"})
    seal_all()
    rules = (RULES_BY_CODE["unread_approval"],)
    runs = at_once(4, lambda _: watch(actor=WATCH, rules=rules))
    assert all(not isinstance(run, Exception) for run in runs)
    assert len(alerts("unread_approval")) == 5
    assert Cursor.objects.get(pk="unread_approval").next_leaf == 5


@pytest.mark.django_db
def test_a_run_without_news_costs_a_few_statements_however_many_rules() -> None:
    watch(actor=WATCH)
    with CaptureQueriesContext(connection) as counted:
        watch(actor=WATCH)
    shapes = sum(1 for rule in RULES_BY_CODE.values() if rule.shape is not None)
    assert len(counted) < 9 * shapes


def test_the_shapes_name_events_that_exist() -> None:
    known = set(all_events())
    for rule in RULES_BY_CODE.values():
        if rule.shape is not None:
            assert set(rule.shape.names) <= known, rule.code
            assert set(getattr(rule.shape, "earlier", ())) <= known, rule.code
