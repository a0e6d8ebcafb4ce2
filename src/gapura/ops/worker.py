"""`gapura worker`: the job queue, periodic work and the log's sealer in one process."""

import argparse
import asyncio
import logging
import signal
import threading
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections
from procrastinate import JobContext
from procrastinate.contrib.django import app

from gapura.audit.services import cosign_forever, run_forever
from gapura.kernel import throttle
from gapura.kernel.jobs import job

CONCURRENCY = 2
STOP_SECONDS = 6
HEARTBEAT_SECONDS = 10
STALLED_AFTER_SECONDS = 60
# Jobs for now are told of at once; this is for those put off by seconds (receipts, retries).
POLLING_SECONDS = 1.0

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="ops.rescue_stalled", queueing_lock="ops.rescue_stalled", pass_context=True)
async def rescue_stalled(context: JobContext, timestamp: int) -> None:
    """Queue again the jobs of a worker that died in the middle; jobs bear being run twice."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        log.warning("job %s (%s) had stalled and is queued again", stalled.id, stalled.task_name)
        await manager.retry_job(stalled)


@job(name="ops.prune_throttle", every="17 * * * *")
def prune_throttle(timestamp: int) -> None:
    """Forget throttle windows that ended long ago."""
    throttle.prune()


def worker(_options: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT; a running job gets some seconds to end, else it runs again."""
    stop = threading.Event()
    sealer = threading.Thread(target=run_forever, args=(stop,), name="sealer")
    cosigner = threading.Thread(target=cosign_forever, args=(stop,), name="cosigner")
    sealer.start()
    cosigner.start()
    try:
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            asyncio.run(_work(sealer, cosigner))
    finally:
        stop.set()
        sealer.join(STOP_SECONDS)
        # It may be waiting for a witness; what it was told is asked again next time.
        cosigner.join(STOP_SECONDS)
    return 0


async def _work(*threads: threading.Thread) -> None:
    async with app.open_async():
        running = asyncio.create_task(_jobs())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, running.cancel)
        watch = asyncio.create_task(_watch(*threads))
        try:
            await asyncio.wait({running, watch}, return_when=asyncio.FIRST_COMPLETED)
            if watch.done():
                running.cancel()
                raise RuntimeError("the sealer or the cosigner has ended")
            await asyncio.gather(running, return_exceptions=True)
        finally:
            watch.cancel()


async def _jobs() -> None:
    await app.run_worker_async(
        concurrency=CONCURRENCY,
        name="gapura",
        delete_jobs="successful",
        shutdown_graceful_timeout=STOP_SECONDS,
        install_signal_handlers=False,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=STALLED_AFTER_SECONDS,
        fetch_job_polling_interval=POLLING_SECONDS,
        task_middleware=[with_fresh_connection],
    )


async def _watch(*threads: threading.Thread) -> None:
    while all(thread.is_alive() for thread in threads):
        await asyncio.sleep(1)


def with_fresh_connection(run: Callable[[], Any], _context: JobContext, _worker: Any) -> Any:
    """Give each job a database connection that is alive, as Django does for each request."""
    close_old_connections()
    try:
        return run()
    finally:
        close_old_connections()
