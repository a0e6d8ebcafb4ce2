"""Honest events while writers, sealer and database are killed again and again.

`python -m bench.crashes write` and `python -m bench.crashes seal` are the parts that are killed.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from uuid import UUID

from bench.stage import ROOT, Stage, tell

WRITERS, EVERY, CRASHES, PATIENCE = 2, 0.3, 30, 120
_SEED = 20261123


class Crew:
    """Writers and the worker's sealer; whoever is dead is started again."""

    def __init__(self, here: Stage) -> None:
        self._here = here
        self._parts: dict[str, subprocess.Popen[bytes]] = {}
        self._names = [*(f"write-{number}" for number in range(WRITERS)), "seal"]
        self._log = (here.folder / "crew.log").open("ab")

    def fill(self) -> None:
        """Start who is missing."""
        for name in self._names:
            part = self._parts.get(name)
            if part is None or part.poll() is not None:
                words = [sys.executable, "-m", "bench.crashes", name.split("-")[0]]
                self._parts[name] = subprocess.Popen(
                    words, env=self._here.env, cwd=ROOT, stdout=self._log, stderr=self._log
                )

    def kill(self, name: str) -> None:
        """End one without a word."""
        self._parts[name].kill()
        self._parts[name].wait()

    def stop(self) -> None:
        """End all."""
        for name in list(self._parts):
            self.kill(name)
        self._log.close()

    @property
    def names(self) -> list[str]:
        """Who may be killed."""
        return list(self._names)


def run(here: Stage, events: int) -> Counter[str]:
    """Write so many events, with about CRASHES kills; answers how often whom was killed."""
    chance, killed, crew = random.Random(_SEED), Counter[str](), Crew(here)  # noqa: S311 - chance
    try:
        next_kill = 0
        while (done := _count()) < events:
            crew.fill()
            time.sleep(EVERY)
            if done < next_kill:
                continue
            next_kill = done + max(events // CRASHES, 1)
            victim = chance.choice([*crew.names, "postgresql"])
            if victim == "postgresql":
                _crash(here.engine, chance)
            else:
                crew.kill(victim)
            killed[victim.split("-")[0]] += 1
            tell(f"{done} events, killed: {dict(killed)}")
    finally:
        crew.stop()
    for _ in range(5):  # the last crash may not have been noticed yet
        time.sleep(1)
        _count()
    return killed


def _crash(engine: int, chance: random.Random) -> None:
    """Kill one of PostgreSQL's processes: it drops everybody and recovers from its log."""
    with contextlib.suppress(OSError, IndexError):
        words = ["pgrep", "-P", str(engine)]
        found = subprocess.run(words, capture_output=True, text=True).stdout.split()
        os.kill(int(chance.choice(found)), signal.SIGKILL)


def _count() -> int:
    from django.db import DatabaseError, InterfaceError, connection

    until = time.monotonic() + PATIENCE
    while True:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM audit_event")
                return int((cursor.fetchone() or (0,))[0])
        except (DatabaseError, InterfaceError):
            if time.monotonic() > until:
                raise
            connection.close()
            time.sleep(0.2)


def write() -> None:
    """Events in groups, and now and then a role that is given and taken: rows with their events."""
    from bench.log import GROUP, _entry, somebody
    from gapura.access.services import issue_grant, revoke
    from gapura.audit.events import EXPLORED
    from gapura.audit.services import record_all
    from gapura.kernel.actor import system_actor

    actor, console, done = somebody(), system_actor("bench"), 0
    person = newcomer()
    while True:
        for _ in range(20):
            record_all(EXPLORED, [_entry(actor, done + n) for n in range(GROUP)])
            done += GROUP
        grant = issue_grant(actor=console, person_id=person, role="helpdesk")
        revoke(actor=console, grants=[grant], reason="Selesai bertugas")


def newcomer() -> UUID:
    """Somebody who registered just now."""
    from gapura.accounts.queries import Details
    from gapura.accounts.services import register
    from gapura.kernel.actor import system_actor

    number = f"{os.getpid() % 100:02d}{time.time_ns() // 1_000_000 % 10_000:04d}"
    details = Details(
        kind="citizen", name="Contoh Pegawai", nik=f"3273015708{number}"[:16].ljust(16, "1"),
        nip="", agency="", username=f"contoh.{time.time_ns()}"[:32],
        email=f"contoh.{time.time_ns()}@contoh.id",
    )  # fmt: skip
    return register(actor=system_actor("bench"), details=details).person_id


def seal() -> None:
    """The worker's sealer."""
    from threading import Event

    from gapura.audit.services import run_forever

    run_forever(Event())


if __name__ == "__main__":
    import django

    django.setup()
    {"write": write, "seal": seal}[sys.argv[1]]()
