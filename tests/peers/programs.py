"""Relying parties that others wrote: installed once under build/peers, started, ended."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tools.assets import ROOT, find_node
from tools.stamps import fingerprint, is_current, remember

HERE = Path(__file__).parent
BUILT = ROOT / "build/peers"
SITES = HERE / "sites"
PATIENCE = 60


class Talk:
    """A program that answers each line of JSON with one; see openid_client/rp.mjs."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def say(self, **words: Any) -> None:
        """Tell something that has no answer."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()

    def __call__(self, verb: str, **words: Any) -> dict[str, Any]:
        """Do something; answers what came of it, `refused` among it if that was so."""
        assert self._process.stdout
        self.say(do=verb, **words)
        line = self._process.stdout.readline()
        assert line, f"the program ended at {verb}"
        return dict(json.loads(line))


@contextmanager
def _turn() -> Iterator[None]:
    """Two workers of a test run never install at once."""
    BUILT.mkdir(parents=True, exist_ok=True)
    with (BUILT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@_turn()
def npm(name: str) -> Path:
    """The folder with `tests/peers/NAME` and its packages, as its lock file says."""
    source, folder = HERE / name, BUILT / name
    made_from = fingerprint(path for path in source.iterdir() if path.is_file())
    stamp = BUILT / "stamps" / name
    if is_current(stamp, made_from) and (folder / "node_modules").is_dir():
        return folder
    _, command = find_node()
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    shutil.copy(ROOT / ".npmrc", folder)
    env = os.environ | {"npm_config_cache": str(ROOT / "build/npm")}
    _run([*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder, env)
    remember(stamp, made_from)
    return folder


@_turn()
def python() -> str:
    """An interpreter with the packages of `tests/peers/requirements.txt`, apart from our own."""
    folder, wanted = BUILT / "python", HERE / "requirements.txt"
    program = folder / "bin/python"
    made_from = fingerprint([wanted], sys.version)
    stamp = BUILT / "stamps/python"
    if is_current(stamp, made_from) and program.exists():
        return str(program)
    shutil.rmtree(folder, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(folder)], ROOT)
    install = ["-m", "pip", "install", "-q", "--no-input", "--require-hashes", "--no-deps"]
    _run([str(program), *install, "-r", str(wanted)], ROOT)
    remember(stamp, made_from)
    return str(program)


def _run(command: list[str], folder: Path, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


@contextmanager
def talking(folder: Path, **told: Any) -> Iterator[Talk]:
    """`rp.mjs` of that folder; it learns from its first line who it is."""
    node, _ = find_node()
    process = subprocess.Popen(
        [node, "rp.mjs"], cwd=folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        talk = Talk(process)
        talk.say(**told)
        yield talk
    finally:
        process.kill()
        process.wait(PATIENCE)


@contextmanager
def site(program: Path, port: int, **told: Any) -> Iterator[str]:
    """A site of Python; gives its address. What it is told stands in its environment."""
    env = os.environ | {"SITE": json.dumps({"port": port, **told})}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    with running([python(), str(program)], port, env=env) as address:
        yield address


@contextmanager
def running(command: list[str], port: int, **options: Any) -> Iterator[str]:
    """A server on this port; when it does not come up, what it said is told."""
    log = BUILT / f"{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, **options)
    try:
        _wait_for(process, port, log)
        yield f"http://localhost:{port}"
    except BaseException:
        sys.stderr.write(log.read_text(errors="replace")[-4000:])
        raise
    finally:
        process.terminate()
        process.wait(PATIENCE)
        log.unlink()


def _wait_for(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not _answers(f"http://localhost:{port}/"):
        assert process.poll() is None, log.read_text(errors="replace")[-4000:]
        assert time.monotonic() < until, f"nothing came up:\n{log.read_text()[-4000:]}"
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5):  # noqa: S310 - our own
            return True
    except URLError as error:
        return hasattr(error, "code")  # it answers, if only with a refusal
    except OSError:
        return False
