"""Setting the rules: by the platform, within bounds, followed and never edited."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.reports.errors import NoSuchRule, NothingChanged
from gapura.reports.models import RuleSetting
from gapura.reports.queries import rule_for
from gapura.reports.rules import BACKOFF_SECONDS, MOST_TRIES, precision, wait_before
from gapura.reports.services import change_rule
from tests.access.world import places
from tests.reports.watched import REASON, who

ADMIN = who("admin_platform", "", username="admin")
GOOD: dict[str, Any] = {
    "rule": "hasty_approval",
    "scope": "",
    "active": True,
    "parameters": {"least": 20, "within": 15},
    "tells": ("apip",),
    "reason": REASON,
}


@pytest.mark.django_db
def test_a_rule_is_set_and_what_held_before_stays() -> None:
    change_rule(actor=ADMIN, **GOOD)
    change_rule(actor=ADMIN, **{**GOOD, "active": False})
    view, past = rule_for(ADMIN, "hasty_approval")
    assert (view.now.active, dict(view.now.parameters)) == (False, {"least": 20, "within": 15})
    assert [one.active for one in past] == [False, True]
    assert past[1].until == past[0].since
    (first, second) = LogEvent.objects.filter(name="reports.rule.changed").order_by("id")
    assert (first.before["least"], first.after["least"]) == (10, 20)
    assert "reason" not in first.facts, "free text can be erased"
    assert second.after["active"] is False


@pytest.mark.parametrize(
    "actor",
    [who("admin_instansi"), who("apip"), who(), Actor(), who("admin_platform", "", acr=1)],
    ids=["local", "apip", "no role", "nobody", "weak"],
)
@pytest.mark.django_db
def test_nobody_else_sets_rules(actor: Actor) -> None:
    with pytest.raises(Refused):
        change_rule(actor=actor, **GOOD)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"parameters": {"least": 0, "within": 10}}, "least"),
        ({"parameters": {"least": 10, "within": 99999}}, "within"),
        ({"parameters": {"within": 10}}, "least"),
        ({"tells": ()}, "tells"),
        ({"tells": ("pp",)}, "tells"),
        ({"scope": "NIHIL"}, "scope"),
        ({"reason": "pendek"}, "reason"),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_set(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldProblems) as caught:
        change_rule(actor=ADMIN, **{**GOOD, **wrong})
    assert list(caught.value.fields) == [field]


@pytest.mark.django_db
def test_the_same_again_is_no_change_and_unknown_rules_are_not_there() -> None:
    change_rule(actor=ADMIN, **GOOD)
    with pytest.raises(NothingChanged):
        change_rule(actor=ADMIN, **GOOD)
    with pytest.raises(NoSuchRule):
        change_rule(actor=ADMIN, **{**GOOD, "rule": "none"})


@pytest.mark.django_db
def test_two_at_one_moment_follow_each_other() -> None:
    with clock.frozen(clock.now()):
        change_rule(actor=ADMIN, **GOOD)
        change_rule(actor=ADMIN, **{**GOOD, "parameters": {"least": 30, "within": 15}})
    rows = RuleSetting.objects.order_by("since")
    assert [row.until is None for row in rows] == [False, True]


@pytest.mark.django_db
def test_an_agency_has_numbers_of_its_own() -> None:
    places()
    change_rule(actor=ADMIN, **{**GOOD, "scope": "T1"})
    view, _ = rule_for(ADMIN, "hasty_approval")
    assert view.settings["T1"].parameters["least"] == 20
    assert view.now.parameters["least"] == 10


@pytest.mark.django_db
def test_one_setting_holds_at_a_time_whatever_the_code_says() -> None:
    change_rule(actor=ADMIN, **GOOD)
    row = RuleSetting.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSetting.objects.create(
            rule=row.rule, active=True, parameters={}, tells=[], since=row.since
        )


def test_precision_is_a_share_with_its_interval() -> None:
    none = precision(0, 0)
    assert (none.share, none.low, none.high, none.noisy) == (None, 0.0, 1.0, False)
    some = precision(8, 10)
    assert (some.share, round(some.low, 3), round(some.high, 3)) == (0.8, 0.490, 0.943)
    assert precision(0, 4).noisy is True
    assert precision(0, 3).noisy is False, "three are too few to say"
    with pytest.raises(ValueError, match="at most"):
        precision(2, 1)


def test_the_waits_of_a_webhook_grow_and_end() -> None:
    assert list(BACKOFF_SECONDS) == sorted(BACKOFF_SECONDS)
    assert wait_before(1) == 5
    assert wait_before(MOST_TRIES) is None
