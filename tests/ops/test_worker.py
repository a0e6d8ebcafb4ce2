"""The worker: jobs of a worker that died are taken up again, and each job has a live connection."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app

from gapura.kernel.jobs import enqueue
from gapura.ops.worker import STALLED_AFTER_SECONDS, rescue_stalled, with_fresh_connection
from tests.asgi import run

pytestmark = pytest.mark.django_db(transaction=True)


def left_doing(seconds_ago: int) -> int:
    """A job in the hands of a worker whose heart last beat so long ago; answers the job's id."""
    enqueue("ops.prune_throttle", timestamp=0)
    beat = datetime.now(UTC) - timedelta(seconds=seconds_ago)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [beat]
        )
        worker = (cursor.fetchone() or (0,))[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s "
            "WHERE id = (SELECT max(id) FROM procrastinate_jobs) RETURNING id",
            [worker],
        )
        return int((cursor.fetchone() or (0,))[0])


def status_of(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return str((cursor.fetchone() or ("",))[0])


def rescue() -> None:
    async def once() -> None:
        async with app.open_async():
            await cast(Any, rescue_stalled).func(
                cast(JobContext, SimpleNamespace(app=app)), timestamp=0
            )

    with app.replace_connector(cast(Any, app.connector).get_worker_connector()):
        run(once())


def test_a_job_of_a_dead_worker_is_queued_again() -> None:
    job = left_doing(STALLED_AFTER_SECONDS + 30)
    rescue()
    assert status_of(job) == "todo"


def test_a_job_of_a_living_worker_is_left_alone() -> None:
    job = left_doing(5)
    rescue()
    assert status_of(job) == "doing"


def test_a_job_whose_connection_had_died_gets_a_new_one() -> None:
    connection.ensure_connection()
    connection.close()

    def ask() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return int((cursor.fetchone() or (0,))[0])

    assert with_fresh_connection(ask, cast(JobContext, None), None) == 1
