"""The gapura command: help at each level, exit codes, sentences for troubles, finding the demo."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gapura.config.environment import BadEnvironment
from gapura.kernel.problems import Problem
from gapura.ops import cli, surroundings
from gapura.ops.trouble import Trouble

COMMAND = [sys.executable, "-c", "import sys; from gapura.ops.cli import main; sys.exit(main())"]


def gapura(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    """Run the command in a process of its own, with no GAPURA_ settings but those given."""
    plain = {n: v for n, v in os.environ.items() if not n.startswith(("GAPURA_", "DJANGO_"))}
    here = {"PYTHONPATH": str(Path(cli.__file__).parents[2])}
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, env=plain | here | env, timeout=60
    )


@pytest.mark.parametrize("command", cli.COMMANDS, ids=lambda command: "-".join(command.words))
def test_every_command_has_help_with_exit_codes(
    command: cli.Command, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*command.words, "--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert command.about.split()[0] in told
    assert "exit codes:" in told
    assert "--leash" not in told


def test_help_does_not_wait_for_django(tmp_path: Path) -> None:
    probe = (
        "import sys; from gapura.ops.cli import parser; parser(); print('django' in sys.modules)"
    )
    env = {"PYTHONPATH": str(Path(cli.__file__).parents[2]), "PATH": os.defpath}
    answer = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, env=env, cwd=tmp_path
    )
    assert answer.stdout.strip() == "False"


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["audit"], ["serve", "--role", "x"]])
def test_wrong_arguments_end_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2


def test_version_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["version", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "gapura"


def test_missing_settings_are_one_sentence_each_and_end_with_2(tmp_path: Path) -> None:
    answer = gapura("migrate", GAPURA_DATA_DIR=str(tmp_path), GAPURA_TYPO="1")
    assert answer.returncode == 2
    lines = answer.stderr.splitlines()
    assert "gapura: GAPURA_TYPO is not a setting of gapura." in lines
    assert any(line.startswith("gapura: GAPURA_SECRET_KEY is not set.") for line in lines)
    assert "Traceback" not in answer.stderr


def test_a_database_that_is_away_is_a_sentence(tmp_path: Path) -> None:
    settings = {n: v for n, v in os.environ.items() if n.startswith("GAPURA_")}
    away = "postgresql://nobody:x@127.0.0.1:1/none"
    answer = gapura("migrate", "--check", **{**settings, "GAPURA_DATABASE_URL": away})
    assert answer.returncode == 1
    assert answer.stderr.startswith("gapura: The database does not answer")
    assert "Traceback" not in answer.stderr


def test_health_of_nobody_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["health", "--url", "http://127.0.0.1:1"]) == 1
    assert "No gapura answers at http://127.0.0.1:1" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1", "nonsense"])
def test_health_asks_web_addresses_only(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["health", "--url", url]) == 1
    assert "no address of a server" in capsys.readouterr().err


class _Ended(Problem):
    what = "The letter %(number)s has ended."
    todo = "Ask for a new one."


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Trouble("No."), "No."),
        (_Ended(number="SK-1"), "The letter SK-1 has ended. Ask for a new one."),
        (BadEnvironment(["a"]), None),
        (RuntimeError("a mistake of ours"), None),
    ],
)
def test_troubles_become_sentences_and_mistakes_stay_visible(
    error: Exception, sentence: str | None
) -> None:
    assert cli.explain(error) == sentence


class TestFindingTheDemo:
    """Commands without settings use those of the demo in its folder, and mix into nothing else."""

    KEPT = {"GAPURA_ENVIRONMENT": "demo", "GAPURA_PORT": "8123"}

    def adopt(self, folder: Path, **given: str) -> dict[str, str]:
        surroundings.keep(folder, self.KEPT)
        env = {"GAPURA_DATA_DIR": str(folder), **given}
        surroundings.adopt_demo(env)
        return env

    def test_nothing_given(self, tmp_path: Path) -> None:
        assert self.adopt(tmp_path)["GAPURA_PORT"] == "8123"

    def test_what_is_given_wins(self, tmp_path: Path) -> None:
        assert self.adopt(tmp_path, GAPURA_PORT="9")["GAPURA_PORT"] == "9"

    @pytest.mark.parametrize(
        "given",
        [
            {"GAPURA_ENVIRONMENT": "production"},
            {"GAPURA_SECRET_KEY": "x"},
            {"GAPURA_DATA_KEYS_FILE": "/run/x"},
        ],
    )
    def test_a_production_place_never_becomes_a_demo(
        self, tmp_path: Path, given: dict[str, str]
    ) -> None:
        assert "GAPURA_PORT" not in self.adopt(tmp_path, **given)

    def test_only_its_owner_may_read_the_file(self, tmp_path: Path) -> None:
        self.adopt(tmp_path)
        assert (tmp_path / surroundings.FILE).stat().st_mode & 0o077 == 0
