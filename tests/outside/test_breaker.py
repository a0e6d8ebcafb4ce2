"""After failures an authority is left alone by everyone; then one tries, and all go on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from gapura.kernel import clock
from gapura.outside import breaker, queries
from gapura.outside.errors import AuthorityDown
from gapura.outside.models import Breaker, Check
from gapura.outside.rules import FAILURES, LONGEST_PAUSE_SECONDS, PROBE_SECONDS
from tests.outside.test_checks import business, identity
from tests.simulator import PAUSE_SECONDS, Authorities

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


def fail(times: int) -> AuthorityDown:
    for _ in range(times):
        with pytest.raises(AuthorityDown) as down:
            identity()
    return down.value


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_it_opens_after_failures_in_a_row_and_then_asks_nobody(authorities: Authorities) -> None:
    authorities.mode("registry", "broken")
    fail(FAILURES)
    before = authorities.counts()["registry"]
    assert fail(5).fault == "paused"
    assert authorities.counts()["registry"] == before
    assert Check.objects.count() == FAILURES
    assert not queries.is_up("registry")


def test_others_are_asked_while_one_is_left_alone(authorities: Authorities) -> None:
    authorities.mode("registry", "broken")
    fail(FAILURES)
    assert business().status == "active"
    states = {one.authority: one.state for one in queries.standings()}
    assert (states["registry"], states["oss"]) == ("down", "up")


def test_it_closes_again_with_the_first_good_answer(authorities: Authorities) -> None:
    authorities.mode("registry", "broken")
    fail(FAILURES)
    authorities.all_up()
    assert fail(1).retry_after == PAUSE_SECONDS
    with clock.frozen(later(PAUSE_SECONDS)):
        assert identity().found
        assert identity().found
        assert queries.is_up("registry")
    row = Breaker.objects.get(pk="registry")
    assert (row.failures, row.retry_at, row.since) == (0, None, later(PAUSE_SECONDS))


def test_after_the_pause_exactly_one_tries(authorities: Authorities) -> None:
    authorities.mode("registry", "broken")
    fail(FAILURES)
    with clock.frozen(later(PAUSE_SECONDS + 1)):
        breaker.admit("registry")
        with pytest.raises(AuthorityDown) as down:
            breaker.admit("registry")
        assert down.value.retry_after == PROBE_SECONDS


def test_each_failed_try_doubles_the_pause_up_to_a_bound(authorities: Authorities) -> None:
    pauses = [breaker.failed("registry", "timeout") for _ in range(12)]
    assert pauses[FAILURES - 1 : FAILURES + 2] == [
        PAUSE_SECONDS,
        2 * PAUSE_SECONDS,
        4 * PAUSE_SECONDS,
    ]
    assert pauses[-1] == LONGEST_PAUSE_SECONDS


def test_a_good_answer_between_failures_starts_the_count_again(authorities: Authorities) -> None:
    for _ in range(3):
        authorities.mode("registry", "broken")
        fail(FAILURES - 1)
        authorities.all_up()
        assert identity().found
    assert queries.is_up("registry")


def test_who_says_when_to_come_back_is_left_alone_until_then(authorities: Authorities) -> None:
    authorities.mode("registry", "down")
    assert fail(1).fault == "unavailable"
    assert fail(1).fault == "paused"


def test_standing_tells_since_when_and_until_when(authorities: Authorities) -> None:
    authorities.mode("registry", "broken")
    fail(FAILURES)
    (one,) = (one for one in queries.standings() if one.authority == "registry")
    assert (one.since, one.retry_at) == (NOON, later(PAUSE_SECONDS))


@pytest.mark.parametrize("mode", ["wrong", "puzzled"])
def test_one_bad_record_does_not_shut_an_authority_for_everybody(
    authorities: Authorities, mode: str
) -> None:
    """Denial of service: asking three times for the one number that they answer badly."""
    authorities.mode("registry", mode)
    assert fail(2 * FAILURES).fault in {"nonsense", "rejected"}
    authorities.all_up()
    assert identity().found


@pytest.mark.parametrize("mode", ["garbage", "html", "redirect", "huge", "stale", "refuse"])
def test_what_no_single_question_brings_about_opens_it(authorities: Authorities, mode: str) -> None:
    authorities.mode("registry", mode)
    fail(FAILURES)
    assert fail(1).fault == "paused"
