"""`gapura clients`: what operators and scripts do with applications."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from gapura.audit.models import LogEvent
from gapura.ops import cli
from gapura.sso.models import Client, ClientSecret, InitialToken
from gapura.sso.protocol.encoding import digest_of
from tests.access import world
from tests.sso.registering import CALLBACK, JWKS, REASON

CREATE = ("clients", "create", "--name", "Aplikasi Skrip", "--redirect-uri", CALLBACK)


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command here; answers its exit code, stdout and stderr."""
    monkeypatch.setattr(cli, "_set_up_django", lambda: None)

    def go(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        told = capsys.readouterr()
        return code, told.out, told.err

    return go


def made(run: Any, *more: str) -> dict[str, str]:
    code, out, err = run(*CREATE, *more, "--json")
    assert (code, err) == (0, "")
    found: dict[str, str] = json.loads(out)
    return found


def test_create_tells_client_id_and_secret_as_json(run: Any) -> None:
    more = ("--grant-type", "authorization_code", "--grant-type", "refresh_token")
    told = made(run, *more, "--auth-method", "client_secret_post", "--profile", "standard")
    row = Client.objects.get()
    assert set(told) == {"id", "client_id", "client_secret"}
    assert told["client_id"] == row.client_id
    assert bytes(ClientSecret.objects.get().digest) == digest_of(told["client_secret"])
    assert (row.way, row.auth_method) == ("command", "client_secret_post")
    assert row.grant_types == ["authorization_code", "refresh_token"]
    assert (row.id_token_alg, row.needs_pkce) == ("ES256", True)
    assert LogEvent.objects.get(name="sso.client.registered").facts["way"] == "command"


def test_create_without_json_prints_for_people(run: Any) -> None:
    code, out, _ = run(*CREATE)
    assert code == 0
    assert re.search(r"client_secret gps_\w{43}", out)
    assert "this once" in out


def test_a_public_one_has_no_secret_and_no_field_for_it(run: Any) -> None:
    assert "client_secret" not in made(run, "--auth-method", "none")


def test_no_pkce_is_for_confidential_standard_applications(run: Any) -> None:
    made(run, "--no-pkce")
    assert not Client.objects.get().needs_pkce
    code, out, err = run(*CREATE, "--no-pkce", "--auth-method", "none")
    assert (code, out) == (1, "")
    assert "--auth-method" in err
    assert "PKCE" in err
    code, _, err = run(*CREATE, "--no-pkce", "--profile", "fapi2")
    assert code == 1
    assert "PKCE" in err


def test_the_strict_profile_asks_for_keys_and_takes_nothing_weaker(
    run: Any, tmp_path: Path
) -> None:
    code, _, err = run(*CREATE, "--profile", "fapi2")
    assert code == 1
    assert "--jwks" in err
    code, _, err = run(*CREATE, "--profile", "fapi2", "--auth-method", "client_secret_basic")
    assert code == 1
    assert "The strict profile takes no secrets" in err
    file = tmp_path / "keys.json"
    file.write_text(json.dumps(JWKS), encoding="utf-8")
    told = made(run, "--profile", "fapi2", "--jwks", str(file))
    assert "client_secret" not in told
    row = Client.objects.get()
    assert (row.needs_par, row.needs_dpop, row.auth_method) == (True, True, "private_key_jwt")


@pytest.mark.parametrize(
    ("more", "option"),
    [
        (("--redirect-uri", "https://x.go.id/*"), "--redirect-uri"),
        (("--agency", "NONE"), "--agency"),
        (("--contact", "nobody"), "--contact"),
        (("--scope", "everything"), "--scope"),
        (("--jwks", "/nowhere/keys.json"), "--jwks"),
        (("--told-of-role", "emperor"), "--told-of-role"),
    ],
)
def test_what_is_wrong_is_said_by_its_option_with_exit_code_1(
    run: Any, more: tuple[str, ...], option: str
) -> None:
    code, out, err = run(*CREATE, *more, "--json")
    assert (code, out) == (1, "")
    assert option in err
    assert "Traceback" not in err
    assert not Client.objects.exists()


@pytest.mark.parametrize(
    "wrong", [("--profile", "easy"), ("--grant-type", "password"), ("--auth-method", "mtls")]
)
def test_arguments_that_there_are_not_end_with_exit_code_2(
    run: Any, wrong: tuple[str, ...]
) -> None:
    """No password grant (RFC 9700 2.4), under no name."""
    with pytest.raises(SystemExit) as end:
        run(*CREATE, *wrong)
    assert end.value.code == 2


def test_list_and_show_tell_all_but_the_secret(run: Any) -> None:
    told = made(run, "--agency", "T1", "--told-of-role", "ppk")
    rows = json.loads(run("clients", "list", "--json")[1])
    assert [(row["client_id"], row["agency"], row["state"]) for row in rows] == [
        (told["client_id"], "T1", "active")
    ]
    assert "Aplikasi Skrip" in run("clients", "list")[1]
    code, out, _ = run("clients", "show", told["client_id"], "--json")
    one = json.loads(out)
    assert code == 0
    assert (one["redirect_uris"], one["roles"]) == ([CALLBACK], ["ppk"])
    assert told["client_secret"] not in out
    assert told["client_secret"].startswith(one["secrets"][0]["begins"])
    assert CALLBACK in run("clients", "show", told["client_id"])[1]


def test_suspend_and_close_need_a_reason_and_are_not_done_twice(run: Any) -> None:
    which = made(run)["client_id"]
    code, _, err = run("clients", "suspend", which, "--reason", "x")
    assert code == 1
    assert "10" in err
    code, out, _ = run("clients", "suspend", which, "--reason", REASON, "--json")
    assert (code, json.loads(out)) == (0, {"client_id": which, "state": "suspended"})
    assert run("clients", "suspend", which, "--reason", REASON)[0] == 1
    assert run("clients", "close", which, "--reason", REASON)[0] == 0
    assert run("clients", "close", which, "--reason", REASON)[0] == 1
    assert json.loads(run("clients", "list", "--json")[1]) == []
    assert json.loads(run("clients", "list", "--closed", "--json")[1])[0]["state"] == "closed"


def test_a_secret_is_rotated_with_overlap_or_at_once(run: Any) -> None:
    told = made(run)
    code, out, _ = run("clients", "rotate-secret", told["client_id"], "--json")
    new = json.loads(out)
    assert code == 0
    assert new["client_secret"] != told["client_secret"]
    assert new["old_until"]
    assert run("clients", "rotate-secret", told["client_id"])[0] == 1, "two work already"
    code, out, _ = run("clients", "rotate-secret", told["client_id"], "--overlap-days", "0")
    assert code == 0
    assert out.startswith("gps_")


def test_an_application_that_is_not_there_is_said(run: Any) -> None:
    for command in (("show",), ("rotate-secret",), ("suspend", "--reason", REASON)):
        code, _, err = run("clients", command[0], "nothing", *command[1:])
        assert code == 1
        assert "does not exist" in err


def test_a_registration_token_is_printed_once(run: Any) -> None:
    command = ("clients", "initial-token", "--name", "Vendor")
    code, out, _ = run(*command, "--uses", "3", "--sandbox", "--json")
    told = json.loads(out)
    row = InitialToken.objects.get()
    assert code == 0
    assert bytes(row.digest) == digest_of(told["token"])
    assert (row.most, row.sandbox) == (3, True)
    code, _, err = run(*command, "--days", "400")
    assert code == 1
    assert "--days" in err


def test_help_tells_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(("clients", "create", "--help"))
    told = capsys.readouterr().out
    assert "exit codes" in told
    assert "--no-pkce" in told
