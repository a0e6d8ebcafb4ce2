"""What ./run and ./test share: the virtual environment, the requirements and the build output.

Standard library only: it runs before anything is installed.
"""

import errno
import fcntl
import os
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from tools.stamps import fingerprint, is_current, remember
from tools.steps import Trouble, say, step

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
COMMAND = VENV / "bin/gapura"

# Each would make Python, pip or Django act for another project than this one.
_STRAY_PREFIXES = ("PYTHON", "DJANGO_", "PYTEST_")
_STRAY = {
    "VIRTUAL_ENV", "CONDA_PREFIX", "__PYVENV_LAUNCHER__", "PIP_USER", "PIP_TARGET", "PIP_PREFIX",
    "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV", "PIP_PYTHON", "PIP_REQUIREMENT", "PIP_CONSTRAINT",
    "UV_PYTHON", "UV_SYSTEM_PYTHON", "UV_PROJECT_ENVIRONMENT",
}  # fmt: skip
_START = """\
#!/bin/sh
'''exec' {python} "$0" "$@"
' '''
import sys
from gapura.ops.cli import main
sys.exit(main())
"""


def clean_environment() -> dict[str, str]:
    """The environment for what we start: no stray settings, UTF-8, a home one may write to."""
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in _STRAY and not name.startswith(_STRAY_PREFIXES)
    }
    home = env.get("HOME", "")
    if not (home and os.path.isdir(home) and os.access(home, os.W_OK)):
        spare = ROOT / "build/home"
        if os.access(ROOT, os.W_OK):
            spare.mkdir(parents=True, exist_ok=True)
        env["HOME"] = str(spare)
    return env | {"PYTHONUTF8": "1"}


def set_up(requirements: str) -> dict[str, str]:
    """Make everything that is missing or out of date; returns the environment to go on with.

    :param requirements: name of the requirements file: the one to run, or the one to test
    :raises Trouble: with the cause and what to do
    """
    env = clean_environment()
    wanted = fingerprint([ROOT / requirements], str(ROOT))
    if not _is_installed(requirements, wanted):
        with _alone():
            if not _is_installed(requirements, wanted):
                _make_venv(env)
                _install(requirements, env)
                _write_command()
                remember(_stamp(requirements), wanted)
    if subprocess.run([str(PYTHON), "-m", "tools.assets"], cwd=ROOT, env=env).returncode:
        raise Trouble("The front-end files or the translations could not be built; see above.")
    return env


def _stamp(requirements: str) -> Path:
    return VENV / f".installed-{requirements}"


def _is_installed(requirements: str, wanted: str) -> bool:
    # Not exists(): a link to a Python that another user can't reach raises there.
    usable = os.access(PYTHON, os.X_OK) and os.access(COMMAND, os.X_OK)
    return usable and is_current(_stamp(requirements), wanted)


@contextmanager
def _alone() -> Iterator[None]:
    """Two setups at once would break each other: the second waits."""
    if not os.access(ROOT, os.W_OK):
        raise Trouble(
            f"The folder {ROOT} can't be written to, so nothing can be set up in it. "
            "Copy gapura to a folder that is yours, or run this as the user who owns it."
        )
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build/setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("another setup is at work in this folder; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_venv(env: dict[str, str]) -> None:
    if _is_whole(env):
        return
    if not (find_spec("venv") and find_spec("ensurepip")):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Trouble(
            f"Python {version} on this machine has no venv module. Install it (on Debian and "
            f"Ubuntu: apt install python{version}-venv) and start again."
        )
    # A folder that was moved or half made is not worth repairing.
    shutil.rmtree(VENV, ignore_errors=True)
    step("making .venv", [sys.executable, "-m", "venv", str(VENV)], env, ROOT)


def _is_whole(env: dict[str, str]) -> bool:
    """Is there a virtual environment with pip, made for this very place?"""
    if not os.access(PYTHON, os.X_OK):
        return False
    probe = [str(PYTHON), "-c", "import sys, pip; print(sys.version_info >= (3, 11))"]
    answer = subprocess.run(probe, capture_output=True, text=True, env=env, cwd=ROOT)
    made_for = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    return answer.stdout.strip() == "True" and str(VENV) in made_for


def _install(requirements: str, env: dict[str, str]) -> None:
    label = f"installing {requirements} (about half a minute)"
    if uv := shutil.which("uv"):
        command = [uv, "pip", "install", "--python", str(PYTHON), "--require-hashes"]
        try:
            step(label, [*command, "-q", "-r", requirements], env, ROOT)
            return
        except Trouble:
            say("uv could not do it; trying pip")
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    try:
        # The files name every package with its hash, so there is nothing left to resolve.
        step(label, [*command, "--require-hashes", "--no-deps", "-r", requirements], env, ROOT)
    except Trouble as trouble:
        raise Trouble(
            f"{trouble} The packages come from the index pip is set to; look at the lines above, "
            "and check the network, the proxy and the free space."
        ) from None


def _write_command() -> None:
    """Put gapura on the path of the virtual environment, without a build step."""
    purelib = next((VENV / "lib").glob("python3.*/site-packages"))
    (purelib / "gapura.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    # Not a plain #! line: those break on folders with spaces and on long paths.
    COMMAND.write_text(_START.format(python=shlex.quote(str(PYTHON))), encoding="utf-8")
    COMMAND.chmod(0o755)


def check_port(text: str) -> None:
    """Can the demo listen there?

    :raises Trouble: not a port number, taken, or not ours to open
    """
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Trouble(f"GAPURA_PORT is {text!r}; give a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            why = {
                errno.EADDRINUSE: "is in use by another program, perhaps another gapura",
                errno.EACCES: "may not be opened by this user",
            }.get(error.errno or 0, f"can't be opened ({error.strerror})")
            raise Trouble(
                f"Port {text} {why}. Choose another one: GAPURA_PORT=8010 ./run"
            ) from None


def check_data_dir(folder: Path) -> None:
    """Can the demo keep its data there?

    :raises Trouble: when it can't be made or written to
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Trouble(_no_data(folder, error.strerror or str(error))) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Trouble(_no_data(folder, "Permission denied"))


def _no_data(folder: Path, why: str) -> str:
    return (
        f"gapura can't keep its data in {folder} ({why}). "
        "Set GAPURA_DATA_DIR to a folder that is yours."
    )


def run(arguments: list[str]) -> None:
    """Check, set up, and become `gapura demo`.

    :raises Trouble: with the cause and what to do
    """
    folder = Path(os.environ.get("GAPURA_DATA_DIR") or ROOT / "var/demo").absolute()
    port = os.environ.get("GAPURA_PORT") or "8000"
    check_port(port)
    check_data_dir(folder)
    env = set_up("requirements.txt")
    env |= {"GAPURA_DATA_DIR": str(folder), "GAPURA_PORT": port}
    os.execve(COMMAND, [str(COMMAND), "demo", *arguments], env)


def test(arguments: list[str]) -> None:
    """Set up, and become the test lanes.

    :raises Trouble: with the cause and what to do
    """
    env = set_up("requirements-dev.txt")
    env["OLDPWD"] = os.getcwd()  # paths in the arguments are meant from here
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "tools.lanes", *arguments], env)


def main(start: Callable[[list[str]], None], arguments: list[str]) -> None:
    """Do it, and turn troubles into a sentence and an exit code."""
    try:
        start(arguments)
    except Trouble as trouble:
        sys.exit(f"gapura: {trouble}")
    except PermissionError as error:
        sys.exit(
            f"gapura: {error.filename} is not this user's to read or write; it may have been made "
            "by another user. Give it to this user, or run this as the one who made it."
        )
    except OSError as error:
        sys.exit(f"gapura: {error.filename or ROOT}: {error.strerror}.")
    except KeyboardInterrupt:
        sys.exit(130)
