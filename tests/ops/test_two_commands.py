"""./run and ./test answer every expected trouble with one sentence, before any long work."""

import ast
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.bootstrap import ROOT

COPIED = ("run", "test", "tools", "requirements.txt", "requirements-dev.txt", "pyproject.toml",
          "package.json", "package-lock.json", ".npmrc", "frontend", "src")  # fmt: skip
WITHOUT = shutil.ignore_patterns("__pycache__", "built", "*.mo")
_PRETEND = """
import runpy, sys
script = sys.argv.pop(1)
exec({change!r})
sys.argv[0] = script
runpy.run_path(script, run_name="__main__")
"""
_NO_ENSUREPIP = """
import importlib.util
real = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "ensurepip" else real(name, *more)
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clean copy of what ./run needs, with a space in its name."""
    target = tmp_path / "a clone"
    target.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=WITHOUT)
        else:
            shutil.copy2(source, target / name)
    return target


def start(
    script: Path, *arguments: str, change: str = "", python: str = sys.executable, **env: str
) -> "subprocess.CompletedProcess[str]":
    """Start a script as a stranger would; `change` is done to the interpreter before."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(script.parent.parent), **env}
    command = [python, "-E", "-c", _PRETEND.format(change=change), str(script)]
    return subprocess.run(
        [*command, *arguments], env=clean, text=True, capture_output=True, cwd="/"
    )


def assert_one_sentence(answer: "subprocess.CompletedProcess[str]", *words: str) -> None:
    assert answer.returncode == 1
    assert answer.stderr.startswith("gapura: ")
    assert answer.stderr.count("\n") == 1
    for word in words:
        assert word in answer.stderr


@pytest.mark.parametrize("script", ["run", "test"])
def test_the_scripts_are_executable_and_readable_by_old_pythons(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    ast.parse((ROOT / script).read_text(), feature_version=(3, 4))


@pytest.mark.parametrize("script", ["run", "test"])
def test_a_too_old_python_is_told_so(clone: Path, script: str) -> None:
    answer = start(clone / script, change="sys.version_info = (3, 9, 2)")
    assert_one_sentence(answer, "Python 3.9", "needs 3.11")


@pytest.mark.parametrize("script", ["run", "test"])
def test_a_missing_venv_module_is_told_with_the_package_to_install(
    clone: Path, script: str, free_port: str
) -> None:
    answer = start(clone / script, change=_NO_ENSUREPIP, GAPURA_PORT=free_port)
    assert_one_sentence(answer, "no venv module", "-venv")
    assert not (clone / ".venv").exists()


@pytest.fixture
def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def taken_port() -> Iterator[str]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield str(holder.getsockname()[1])


def test_a_taken_port_is_told_before_anything_is_installed(clone: Path, taken_port: str) -> None:
    answer = start(clone / "run", GAPURA_PORT=taken_port)
    assert_one_sentence(answer, taken_port, "in use", "GAPURA_PORT=")
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "٨٠٠٠"])
def test_a_port_that_is_none_is_told(clone: Path, port: str) -> None:
    assert_one_sentence(start(clone / "run", GAPURA_PORT=port), "from 1 to 65535")


def test_a_data_folder_that_can_not_be_made_is_told(clone: Path, free_port: str) -> None:
    answer = start(clone / "run", GAPURA_PORT=free_port, GAPURA_DATA_DIR="/proc/nowhere")
    assert_one_sentence(answer, "/proc/nowhere", "GAPURA_DATA_DIR")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")
@pytest.mark.skipif(not os.access("/usr/bin/python3.11", os.X_OK), reason="needs a Python for all")
def test_a_clone_of_another_user_is_told(clone: Path, free_port: str, tmp_path: Path) -> None:
    for folder in [tmp_path, *tmp_path.parents]:  # pytest closes its folders to others
        if folder.is_relative_to(tempfile.gettempdir()) and folder.owner() == "root":
            folder.chmod(folder.stat().st_mode | 0o055)
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o777)
    as_nobody = "import os; os.setgroups([]); os.setgid(65534); os.setuid(65534)"
    env = {"GAPURA_PORT": free_port, "GAPURA_DATA_DIR": str(data)}
    answer = start(clone / "run", change=as_nobody, python="/usr/bin/python3.11", **env)
    assert_one_sentence(answer, str(clone), "can't be written to")


@pytest.mark.slow
def test_a_clean_clone_sets_itself_up_and_a_second_start_does_nothing(
    clone: Path, free_port: str
) -> None:
    stray = {"PYTHONHOME": "/nonsense", "PYTHONPATH": "/nonsense", "PIP_USER": "1"}
    first = start(clone / "run", "--help", GAPURA_PORT=free_port, HOME="/nonexistent", **stray)
    assert first.returncode == 0, first.stderr
    assert "installing requirements.txt" in first.stdout
    assert any((clone / "src/gapura/web/shell/static/built").iterdir())
    second = start(clone / "run", "--help", GAPURA_PORT=free_port, HOME="/nonexistent")
    assert second.returncode == 0
    assert "gapura: " not in second.stdout
