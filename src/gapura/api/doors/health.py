"""/healthz (alive), /readyz (may get traffic), /version."""

import asyncio
from dataclasses import dataclass
from functools import cache
from time import monotonic

import psycopg
from django.db.migrations.loader import MigrationLoader

import gapura
from gapura.api.doors.pool import connection
from gapura.api.doors.replies import Receive, Scope, Send, reads_only, reply, reply_json
from gapura.audit.queries import BACKLOG, SIGNALS, Signals

SECONDS_TO_ANSWER = 3
SEALER_MAY_LAG = 300
# Told, but no reason to take pages away from people: entries are sealed on, signatures follow.
ONLY_TOLD = frozenset({"signer"})
_REMEMBERED = 1.0
_IN_IT = ("migrations", "sealer", "signer")
_APPLIED = "SELECT app, name FROM django_migrations"


@reads_only
async def healthz(scope: Scope, _receive: Receive, send: Send) -> None:
    """200 while this process answers; asks nobody."""
    await reply(scope, send, 200, b"ok\n")


@reads_only
async def version(scope: Scope, _receive: Receive, send: Send) -> None:
    """Which gapura this is."""
    await reply_json(scope, send, 200, {"name": "gapura", "version": gapura.__version__})


@reads_only
async def readyz(scope: Scope, _receive: Receive, send: Send) -> None:
    """200 when database, migrations and the log's sealer are well, else 503; with each answer."""
    state = await readiness()
    answer = {"ready": state.ready, "checks": state.checks}
    await reply_json(scope, send, 200 if state.ready else 503, answer)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found; a check is `ok` or a word that says what is wrong."""

    ready: bool
    checks: dict[str, str]
    sealer_seconds: float
    signals: Signals


class _Last:
    """The last answer and the lock that lets one request ask while others wait for it."""

    state: Readiness | None = None
    at = 0.0
    lock = asyncio.Lock()


async def readiness() -> Readiness:
    """Ask, at most once a second: anyone may call /readyz, so it must not become a load."""
    async with _Last.lock:
        if _Last.state is None or monotonic() - _Last.at > _REMEMBERED:
            _Last.state = await _ask()
            _Last.at = monotonic()
        return _Last.state


async def _ask() -> Readiness:
    checks = {"database": "unreachable", **dict.fromkeys(_IN_IT, "unknown")}
    lag, signals = 0.0, Signals()
    try:
        async with asyncio.timeout(SECONDS_TO_ANSWER), connection() as line:
            applied = {tuple(row) for row in await (await line.execute(_APPLIED)).fetchall()}
            checks["database"] = "ok"
            checks["migrations"] = "ok" if expected_migrations() <= applied else "missing"
            row = await (await line.execute(BACKLOG)).fetchone()
            lag = float(row[1]) if row else 0.0
            checks["sealer"] = "ok" if lag <= SEALER_MAY_LAG else "behind"
            signals = Signals(*(await (await line.execute(SIGNALS)).fetchone() or ()))
            checks["signer"] = signals.word
    except psycopg.errors.UndefinedTable:
        checks |= {"database": "ok", "migrations": "missing"}
    except (psycopg.Error, OSError, TimeoutError):
        pass  # the word for it is in the answer already
    ready = all(word == "ok" for name, word in checks.items() if name not in ONLY_TOLD)
    return Readiness(ready, checks, lag, signals)


@cache
def expected_migrations() -> frozenset[tuple[str, str]]:
    """Every migration this version brings, by app and name; read from the files once."""
    return frozenset(MigrationLoader(None).disk_migrations)
