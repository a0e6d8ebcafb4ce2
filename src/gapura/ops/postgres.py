"""Our own PostgreSQL: made, started, recovered and stopped for the demo and the tests."""

import fcntl
import os
import secrets
import shlex
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg
from psycopg import sql

from gapura.ops.engines import (
    Binaries,
    EngineError,
    clean_environment,
    find_binaries,
    processes_in,
    unprivileged,
)

NAME = "gapura"
"""The database and the role that owns it. The role is not a superuser."""

SUPERUSER = "postgres"
START_SECONDS = 300  # recovery after a crash may have much to replay
STOP_SECONDS = 30
_ALWAYS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "jit": "off",
           "timezone": "UTC", "log_timezone": "UTC"}  # fmt: skip
_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """One PostgreSQL under `folder`, on 127.0.0.1 and a free port, held by one process at a time.

    `durable=False` is for tests: fast, and lost when the machine crashes.
    """

    def __init__(
        self, folder: Path, binaries: Binaries | None = None, *, durable: bool = True
    ) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.binaries = binaries or find_binaries()
        self.durable = durable
        self._prefix, self._owner = unprivileged(self.binaries)
        self._lock: IO[str] | None = None

    def start(self) -> str:
        """Start, or take over one that a killed process left running; returns its address.

        :raises EngineError: in use by another process, made by another version, or not startable
        """
        self._take_lock()
        try:
            if not self.data.exists():
                self._create()
            self._check_version()
            if not self._outlived():
                self._launch()
            return self._prepare()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the engine (open transactions are rolled back) and let others have the folder.

        :raises EngineError: when it does not stop
        """
        if self._lock is None:
            return
        try:
            if self.data.exists() and processes_in(self.data):
                self._stop_server()
        finally:
            self._lock.close()
            self._lock = None

    def discard(self) -> None:
        """Stop what runs there and delete the folder.

        :raises EngineError: when another process holds it
        """
        if self._lock is None:
            self._take_lock()
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, *, role: str = NAME, database: str = NAME) -> str | None:
        """`postgresql://role:password@127.0.0.1:port/database`, or None when it is not running."""
        try:
            port = int((self.data / "postmaster.pid").read_text().split("\n")[3])
            password = (self.folder / f"{role}.password").read_text().strip()
        except (OSError, IndexError, ValueError):
            return None
        return f"postgresql://{role}:{quote(password)}@127.0.0.1:{port}/{database}"

    def _take_lock(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = (self.folder / "lock").open("a")
        except OSError as error:
            raise EngineError(
                f"gapura can't write to {self.folder} ({error.strerror}). "
                "Set GAPURA_DATA_DIR to a folder that is yours."
            ) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise EngineError(
                f"Another gapura is running with the data in {self.folder}. "
                "Stop it first, or set GAPURA_DATA_DIR to another folder."
            ) from error
        self._lock = lock

    def _create(self) -> None:
        # Made beside its place and moved there: half of one is never taken for a whole.
        unfinished = self.folder / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        os.chown(unfinished, self._owner, -1)
        for role in (SUPERUSER, NAME):
            self._new_password(role)
        locale = ["--locale=C.UTF-8"]
        if self.binaries.major >= 17:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._run(
            "initdb", "-D", str(unfinished), f"--username={SUPERUSER}", "--auth=scram-sha-256",
            f"--pwfile={self.folder / f'{SUPERUSER}.password'}", "--encoding=UTF8", *locale,
            "--text-search-config=simple", "--data-checksums",
            *([] if self.durable else ["--no-sync"]),
        )  # fmt: skip
        unfinished.rename(self.data)

    def _new_password(self, role: str) -> None:
        path = self.folder / f"{role}.password"
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
        os.chown(path, self._owner, -1)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(self.binaries.major):
            raise EngineError(
                f"The data in {self.folder} was made by PostgreSQL {made_by}, but {self.binaries} "
                "is in use now. Set GAPURA_DATA_DIR to another folder, or move this one away."
            )

    def _outlived(self) -> bool:
        """Is a server of a killed process still there and well? Waits for one that is dying.

        A process is recognized by the folder it works in, never by the number in postmaster.pid:
        after a crash that number may belong to something else.
        """
        deadline = time.monotonic() + START_SECONDS
        while pids := processes_in(self.data):
            if self._answers():
                return True
            if time.monotonic() > deadline:
                raise EngineError(f"Processes {pids} still hold {self.data}. End them first.")
            time.sleep(0.1)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        return False

    def _answers(self) -> bool:
        address = self.address(role=SUPERUSER, database="postgres")
        try:
            psycopg.connect(address or "", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return address is not None

    def _launch(self) -> None:
        if self.data.stat().st_uid != self._owner:
            self._hand_over()
        for last_try in (False, False, True):
            try:
                self._start_server(free_port())
                break
            except EngineError:
                # Somebody may have taken the port between our look and the start.
                if last_try or "Address already in use" not in self._last_words():
                    raise

    def _start_server(self, port: int) -> None:
        settings = _ALWAYS | ({} if self.durable else _FORGETFUL) | {"port": str(port)}
        options = shlex.join(f"--{name}={value}" for name, value in settings.items())
        self._run(
            "pg_ctl", "start", "-w", "-s", "-t", str(START_SECONDS),
            "-D", str(self.data), "-l", str(self.log), "-o", options,
        )  # fmt: skip

    def _hand_over(self) -> None:
        """Give the files to the user the engine runs as now: the way of not being root changed."""
        paths = [self.data, *self.data.rglob("*"), self.log, *self.folder.glob("*.password")]
        for path in paths:
            if path.exists():
                os.chown(path, self._owner, -1, follow_symlinks=False)

    def _prepare(self) -> str:
        """The role and the database, if they are not there yet."""
        address = self.address(role=SUPERUSER, database="postgres")
        password = (self.folder / f"{NAME}.password").read_text().strip()
        with psycopg.connect(address or "", autocommit=True, connect_timeout=10) as connection:
            if not connection.execute(
                "select 1 from pg_roles where rolname = %s", [NAME]
            ).fetchone():
                # CREATEDB: the tests make databases of their own.
                connection.execute(
                    sql.SQL("create role {} login createdb password {}").format(
                        sql.Identifier(NAME), sql.Literal(password)
                    )
                )
            known = "select 1 from pg_database where datname = %s"
            if not connection.execute(known, [NAME]).fetchone():
                connection.execute(
                    sql.SQL("create database {0} owner {0}").format(sql.Identifier(NAME))
                )
        return self.address() or ""

    def _stop_server(self) -> None:
        for mode in ("fast", "immediate"):
            try:
                self._run(
                    "pg_ctl", "stop", "-w", "-s", "-t", str(STOP_SECONDS), "-m", mode,
                    "-D", str(self.data),
                )  # fmt: skip
                return
            except EngineError:
                if not processes_in(self.data):
                    return
        raise EngineError(f"PostgreSQL in {self.data} doesn't stop. Its log is {self.log}.")

    def _run(self, program: str, *arguments: str) -> None:
        answer = subprocess.run(
            [*self._prefix, str(self.binaries.folder / program), *arguments],
            capture_output=True, text=True, stdin=subprocess.DEVNULL, env=clean_environment(),
            cwd=self.folder, start_new_session=True,
        )  # fmt: skip
        if answer.returncode:
            raise EngineError(f"{program} failed. {answer.stderr.strip()} {self._last_words()}")

    def _last_words(self) -> str:
        if not self.log.exists():
            return ""
        return "\n".join([f"The end of {self.log}:", *self.log.read_text().splitlines()[-5:]])


def free_port() -> int:
    """A port of 127.0.0.1 on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
