"""Limits are counted in the database, per key and window."""

from datetime import UTC, datetime, timedelta

import pytest

from gapura.kernel import clock, throttle
from gapura.kernel.references import next_reference
from gapura.kernel.throttle import Limit, TooMany

THREE = Limit("test", 3, 300)
NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_the_fourth_is_refused_and_told_how_long_to_wait() -> None:
    with clock.frozen(NOON):
        for _ in range(3):
            throttle.count(THREE, "budi")
        with pytest.raises(TooMany) as refusal:
            throttle.count(THREE, "budi")
    assert refusal.value.seconds == 300


def test_looking_does_not_count() -> None:
    with clock.frozen(NOON):
        for _ in range(10):
            throttle.check(THREE, "budi")
        throttle.count(THREE, "budi")


def test_two_limits_are_counted_at_once_and_the_longest_is_told() -> None:
    day = Limit("test.day", 3, 86400)
    with clock.frozen(NOON):
        for _ in range(3):
            throttle.count_all((THREE, "budi"), (day, "budi"))
        with pytest.raises(TooMany) as refusal:
            throttle.count_all((THREE, "budi"), (day, "budi"))
        assert refusal.value.seconds == 12 * 3600
        throttle.count_all((THREE, "neighbor"), (day, "neighbor"))
        with pytest.raises(TooMany):
            throttle.count_all((THREE, "other"), (day, "budi"))


def test_what_is_given_back_can_be_counted_again_and_no_more_than_that() -> None:
    with clock.frozen(NOON):
        throttle.give_back(THREE, "budi")
        throttle.count(THREE, "budi")
        throttle.give_back(THREE, "budi")
        for _ in range(3):
            throttle.count(THREE, "budi")
        with pytest.raises(TooMany):
            throttle.count(THREE, "budi")


def test_one_key_does_not_lock_another() -> None:
    with clock.frozen(NOON):
        for _ in range(3):
            throttle.count(THREE, "attacked")
        throttle.count(THREE, "neighbor")
        with pytest.raises(TooMany):
            throttle.check(THREE, "attacked")


def test_the_next_window_is_free_and_old_ones_are_pruned() -> None:
    with clock.frozen(NOON):
        for _ in range(3):
            throttle.count(THREE, "budi")
    with clock.frozen(NOON + timedelta(seconds=300)):
        throttle.count(THREE, "budi")
    with clock.frozen(NOON + timedelta(days=3)):
        assert throttle.prune() == 2


def test_references_count_up_per_prefix_and_jakarta_year() -> None:
    with clock.frozen(datetime(2025, 12, 31, 16, 59, tzinfo=UTC)):
        assert next_reference("AKS") == "AKS-2025-000001"
        assert next_reference("AKS") == "AKS-2025-000002"
        assert next_reference("KAS") == "KAS-2025-000001"
    with clock.frozen(datetime(2025, 12, 31, 17, 0, tzinfo=UTC)):
        assert next_reference("AKS") == "AKS-2026-000001"
    with pytest.raises(ValueError, match="prefix"):
        next_reference("XYZ")
