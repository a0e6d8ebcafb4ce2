"""`gapura password-policy`, `gapura passwords` and `gapura blocklist`: what operators do."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gapura.audit.models import LogEvent
from gapura.authentication.models import Password
from gapura.authentication.queries import forget_sign_in_rules, sign_in_rules
from gapura.kernel import clock
from gapura.ops import cli
from tests.authentication.world import Browser, person


@pytest.fixture(autouse=True)
def rules_as_shipped() -> Iterator[None]:
    """What a test puts in force is forgotten with its rows."""
    forget_sign_in_rules()
    yield
    forget_sign_in_rules()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command here; answers its exit code, stdout and stderr."""
    monkeypatch.setattr(cli, "_set_up_django", lambda: None)

    def go(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        told = capsys.readouterr()
        return code, told.out, told.err

    return go


@pytest.mark.django_db
def test_a_profile_is_put_in_force_and_shown(run: Any) -> None:
    since = (clock.today() + timedelta(days=3)).isoformat()
    command = ("password-policy", "set", "--population", "official", "--profile", "b")
    code, out, _ = run(*command, "--from", since, "--json")
    assert (code, json.loads(out)["from"]) == (0, since)
    told = json.loads(run("password-policy", "show", "--json")[1])
    found = [rule for rule in told["rules"] if rule["population"] == "official"]
    assert [(rule["value"]["profile"], rule["in_force"]) for rule in found] == [
        ("a", True),
        ("b", False),
    ]
    assert sign_in_rules("password", "official")["profile"] == "a"
    assert LogEvent.objects.filter(name="authentication.rule.set").count() == 1
    assert "BSSN 4/2021" in run("password-policy", "show")[1]


@pytest.mark.django_db
@pytest.mark.parametrize("since", ["tomorrow", "2020-01-01"])
def test_a_day_that_cannot_be_is_said_in_a_sentence(run: Any, since: str) -> None:
    command = ("password-policy", "set", "--population", "admin", "--profile", "b")
    code, _, err = run(*command, "--from", since)
    assert code == 1
    assert "Traceback" not in err


@pytest.mark.django_db
def test_a_file_of_names_demands_new_passwords(run: Any, tmp_path: Path) -> None:
    one, two, other = person(), person(), person()
    here = Browser().sign_in(one)
    file = tmp_path / "names.txt"
    file.write_text(f"# leak of today\n{one.username}\n{two.email}\nnobody.here\n{one.username}\n")
    code, out, _ = run("passwords", "compromised", "--file", str(file), "--json")
    assert code == 1
    assert json.loads(out) == {"flagged": 2, "sessions_ended": 1, "unknown": ["nobody.here"]}
    assert not here.actor.signed_in
    demanded = dict(Password.objects.values_list("person__username", "must_change"))
    assert demanded[one.username] == demanded[two.username] == "compromised"
    assert demanded[other.username] == ""


def test_a_file_that_is_not_there_is_said(run: Any, tmp_path: Path) -> None:
    code, _, err = run("passwords", "compromised", "--file", str(tmp_path / "none"))
    assert code == 1
    assert "cannot be read" in err


def test_a_list_is_built_without_a_network(run: Any, tmp_path: Path) -> None:
    words, target = tmp_path / "w.txt", tmp_path / "list.bin"
    words.write_text("zyxwvut\n", encoding="utf-8")
    code, out, _ = run("blocklist", "build", "--words", str(words), "--to", str(target), "--json")
    assert code == 0
    shown = json.loads(run("blocklist", "show", "--json")[1])
    assert shown["shipped"]
    assert json.loads(out)["entries"] == shown["entries"] + 1
    code, _, err = run("blocklist", "build", "--words", str(tmp_path / "no"), "--to", str(target))
    assert code == 1
    assert "cannot be made" in err
