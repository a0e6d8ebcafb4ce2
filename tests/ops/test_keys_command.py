"""`gapura keys`: what an operator does when a signing key leaked, and nothing on other days."""

import json
from typing import Any

import pytest

from gapura.kernel.actor import system_actor
from gapura.ops import cli
from gapura.sso.models import SigningKey
from gapura.sso.services import ensure_keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command here; answers its exit code, stdout and stderr."""
    monkeypatch.setattr(cli, "_set_up_django", lambda: None)

    def go(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(("keys", *arguments))
        told = capsys.readouterr()
        return code, told.out, told.err

    return go


def test_a_leaked_key_is_replaced_and_retired_in_two_commands(run: Any) -> None:
    ensure_keys(actor=system_actor("keys"))
    leaked = SigningKey.objects.get(alg="ES256").kid
    assert run("retire", leaked)[0] != 0, "it signs"
    assert run("rotate", "--algorithm", "ES256", "--now", "--reason", "leaked")[0] == 0
    code, out, _ = run("retire", leaked, "--reason", "leaked", "--json")
    assert (code, json.loads(out)) == (0, {"retired": leaked})
    states = {key["kid"]: key["state"] for key in json.loads(run("list", "--json")[1])}
    assert states.pop(leaked) == "retired"
    assert set(states.values()) == {"current"}
    _, table, _ = run("list")
    assert leaked in table
    assert "PRIVATE" not in table


def test_an_ordinary_rotation_waits_for_the_applications(run: Any) -> None:
    ensure_keys(actor=system_actor("keys"))
    assert json.loads(run("rotate", "--json")[1]) == {"moved": 3}
    assert SigningKey.objects.filter(state="next").count() == 3
    assert "already" in "".join(run("rotate")[1:])
