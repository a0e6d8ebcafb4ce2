"""Background work: enqueued in the caller's transaction, run by the worker after its commit."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gapura.kernel import clock

F = TypeVar("F", bound=Callable[..., Any])


def job(*, name: str, retries: int = 8, every: str = "") -> Callable[[F], F]:
    """Declare a job; `every` is a cron line for periodic ones (they get a `timestamp` argument).

    A job may run twice and must then do nothing the second time.
    """

    retry = RetryStrategy(max_attempts=retries, exponential_wait=4)

    def declare(function: F) -> F:
        task = app.task(name=name, retry=retry)(function)
        if every:
            app.periodic(cron=every)(task)
        return function

    return declare


def enqueue(name: str, **arguments: Any) -> None:
    """Put a job into the queue as part of the running transaction."""
    app.configure_task(name=name, schedule_at=clock.now()).defer(**arguments)


def enqueue_later(name: str, wait: timedelta, **arguments: Any) -> None:
    """The same for a job that is not to be done before `wait` is over."""
    app.configure_task(name=name, schedule_at=clock.now() + wait).defer(**arguments)


def enqueue_many(name: str, arguments: Sequence[Mapping[str, Any]]) -> None:
    """Put one job for each of these arguments into the queue, in one statement; none for none."""
    if arguments:
        jobs = (dict(given) for given in arguments)
        app.configure_task(name=name, schedule_at=clock.now()).batch_defer(*jobs)
