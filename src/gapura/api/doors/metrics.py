"""/metrics: figures of this worker and of the shared queues in Prometheus' text format."""

import asyncio
import hmac
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping

import psycopg
from django.conf import settings

from gapura.api.doors.health import SECONDS_TO_ANSWER, readiness
from gapura.api.doors.pool import connection
from gapura.api.doors.replies import Door, Receive, Scope, Send, header, reads_only, reply

Figures = Mapping[str, float]

_QUEUES = """
    SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'),
           (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'),
           (SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)
              FROM notifications_mail WHERE body IS NOT NULL),
           (SELECT count(*) FROM reports_alert WHERE state IN ('raised', 'taken')),
           (SELECT count(*) FROM reports_alert_cursor WHERE failures > 0),
           (SELECT greatest(
                0, (SELECT coalesce(max(index), -1) FROM audit_leaf) + 1 - min(next_leaf))
              FROM reports_alert_cursor WHERE next_leaf > 0),
           (SELECT extract(epoch FROM now() - max(ran_at)) FROM reports_alert_cursor),
           (SELECT count(*) FROM reports_delivery WHERE next_at IS NOT NULL)
"""
_TYPE = b"text/plain; version=0.0.4; charset=utf-8"
_HELP = {
    "gapura_pages_total": "Pages answered by this worker.",
    "gapura_page_failures_total": "Pages answered with 5xx by this worker.",
    "gapura_pages_shed_total": "Requests refused because too many were waiting.",
    "gapura_page_seconds_total": "Time pages took in this worker, waiting included.",
    "gapura_pages_inside": "Pages being made or waiting in this worker.",
    "gapura_process_cpu_seconds_total": "CPU time of this worker.",
    "gapura_process_peak_memory_bytes": "Most memory this worker has had.",
    "gapura_process_start_time_seconds": "When this worker began, in seconds since 1970.",
    "gapura_ready": "1 when /readyz says so.",
    "gapura_sealer_lag_seconds": "Age of the oldest event that is not in the tree yet.",
    "gapura_checkpoint_lag_seconds": "Age of the oldest event that no checkpoint covers.",
    "gapura_signer_away": "1 while the signer does not answer.",
    "gapura_log_contradicted": "Signer and witnesses that were shown another history: an alarm.",
    "gapura_witnesses_failing": "Witnesses that do not cosign.",
    "gapura_cosignatures_newest": "Cosignatures of the newest checkpoint.",
    "gapura_jobs_waiting": "Jobs that wait, later ones included.",
    "gapura_jobs_failed": "Jobs that gave up.",
    "gapura_mail_oldest_seconds": "Age of the oldest mail that is not sent yet.",
    "gapura_alerts_open": "Alerts that nobody has disposed of.",
    "gapura_alert_rules_failing": "Alert rules whose last run failed.",
    "gapura_alert_rules_behind_entries": "Sealed entries that the slowest alert rule has not read.",
    "gapura_alert_rules_ran_seconds": "Time since the alert rules last ran.",
    "gapura_webhook_messages_waiting": "Messages to webhooks that wait for a try.",
}
_COUNTED = (
    "gapura_jobs_waiting",
    "gapura_jobs_failed",
    "gapura_mail_oldest_seconds",
    "gapura_alerts_open",
    "gapura_alert_rules_failing",
    "gapura_alert_rules_behind_entries",
    "gapura_alert_rules_ran_seconds",
    "gapura_webhook_messages_waiting",
)
_STARTED = time.time()
_KIBI = 1 if sys.platform == "darwin" else 1024


def metrics(pages: Callable[[], Figures]) -> Door:
    """The door; `pages` tells the bridge's counts."""

    @reads_only
    async def door(scope: Scope, _receive: Receive, send: Send) -> None:
        if not settings.METRICS_TOKEN:
            await reply(scope, send, 404, b"not found\n")
        elif not _knows_the_token(scope):
            challenge = ((b"www-authenticate", b'Bearer realm="metrics"'),)
            await reply(scope, send, 401, b"a bearer token is needed\n", headers=challenge)
        else:
            figures = {**pages(), **_process(), **await _shared()}
            await reply(scope, send, 200, text_of(figures), _TYPE)

    return door


def text_of(figures: Figures) -> bytes:
    """Prometheus' text exposition format 0.0.4."""
    lines: list[str] = []
    for name, value in figures.items():
        kind = "counter" if name.endswith("_total") else "gauge"
        lines += [f"# HELP {name} {_HELP[name]}", f"# TYPE {name} {kind}"]
        lines.append(f'{name}{{worker="{os.getpid()}"}} {value:g}')
    return ("\n".join(lines) + "\n").encode()


def _knows_the_token(scope: Scope) -> bool:
    scheme, _, token = header(scope, b"authorization").partition(b" ")
    expected = settings.METRICS_TOKEN.encode()
    return scheme.lower() == b"bearer" and hmac.compare_digest(token.strip(), expected)


def _process() -> dict[str, float]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "gapura_process_cpu_seconds_total": used.ru_utime + used.ru_stime,
        "gapura_process_peak_memory_bytes": used.ru_maxrss * _KIBI,
        "gapura_process_start_time_seconds": _STARTED,
    }


async def _shared() -> dict[str, float]:
    state = await readiness()
    figures = {
        "gapura_ready": float(state.ready),
        "gapura_sealer_lag_seconds": state.sealer_seconds,
        "gapura_checkpoint_lag_seconds": state.signals.seconds,
        "gapura_signer_away": float(state.signals.signer == "away"),
        "gapura_log_contradicted": float(state.signals.split),
        "gapura_witnesses_failing": float(state.signals.failing),
        "gapura_cosignatures_newest": float(state.signals.cosigned),
    }
    try:
        async with asyncio.timeout(SECONDS_TO_ANSWER), connection() as line:
            row = await (await line.execute(_QUEUES)).fetchone()
    except (psycopg.Error, OSError, TimeoutError):
        return figures  # gapura_ready says it
    return figures | dict(zip(_COUNTED, (float(value or 0) for value in row or ()), strict=False))
