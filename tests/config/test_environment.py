"""The environment is read whole: every problem at once, secrets from files, nothing guessed."""

from pathlib import Path

import pytest

from gapura.config.environment import BadEnvironment, read_environment
from gapura.config.settings import database
from tests.environment import ENVIRONMENT

REAL = ENVIRONMENT | {
    "GAPURA_ENVIRONMENT": "production",
    "GAPURA_PUBLIC_URL": "https://akun.example.go.id",
    "GAPURA_MAIL_FROM": "akun@example.go.id",
    "GAPURA_LOG_KEY": "",
    "GAPURA_LOG_POLICY": __file__,
}


def problems(env: dict[str, str]) -> list[str]:
    with pytest.raises(BadEnvironment) as refusal:
        read_environment(env)
    return refusal.value.problems


def test_a_whole_environment_is_read_as_typed_values() -> None:
    values = read_environment(REAL | {"GAPURA_PORT": "8443"})
    assert values["PORT"] == 8443
    assert values["DATA_KEYS"] == (REAL["GAPURA_DATA_KEYS"],)


def test_every_problem_is_told_at_once_with_its_name() -> None:
    told = " ".join(problems({"GAPURA_PORT": "high", "GAPURA_COLOR": "red"}))
    for name in ("GAPURA_PORT", "GAPURA_COLOR", "GAPURA_SECRET_KEY", "GAPURA_DATABASE_URL"):
        assert name in told


def test_the_key_that_signs_the_log_is_kept_away_from_the_server() -> None:
    (told,) = problems(REAL | {"GAPURA_LOG_KEY": ENVIRONMENT["GAPURA_LOG_KEY"]})
    assert "gapura signer" in told
    (told,) = problems({n: v for n, v in REAL.items() if n != "GAPURA_LOG_POLICY"})
    assert told.startswith("GAPURA_LOG_POLICY is not set")


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("from a file\n")
    env = REAL | {"GAPURA_SECRET_KEY_FILE": str(file)}
    assert read_environment(env)["SECRET_KEY"] == "from a file"


@pytest.mark.parametrize("name", ["GAPURA_PUBLIC_URL", "GAPURA_MAIL_FROM"])
def test_production_does_not_start_with_an_address_that_is_only_a_default(name: str) -> None:
    env = {key: value for key, value in REAL.items() if key != name}
    assert [told.split()[0] for told in problems(env)] == [name]


def test_an_address_that_mails_could_be_read_under_must_be_https() -> None:
    told = problems(REAL | {"GAPURA_PUBLIC_URL": "http://akun.example.go.id"})
    assert "https://" in told[0]


def test_the_database_address_may_carry_settings_of_its_line() -> None:
    options = database("postgresql://a:b%40c@db:5432/gapura?sslmode=verify-full")["OPTIONS"]
    assert options["sslmode"] == "verify-full"
    assert database("postgresql://a:b%40c@db:5432/gapura")["PASSWORD"] == "b@c"


@pytest.mark.parametrize(
    "address",
    [
        "ftp://oss.example",
        "http://oss.example",
        "https://",
        "oss.example",
        "https://name:secret@oss.example",
        "https://oss.example/?key=1",
        "https://oss.example/#x",
        "http://127.0.0.1.evil.example",
        "file:///etc/passwd",
    ],
)
def test_an_authority_is_asked_over_tls_at_a_plain_address(address: str) -> None:
    env = ENVIRONMENT | {"GAPURA_OUTSIDE_OSS_URL": address}
    assert "GAPURA_OUTSIDE_OSS_URL" in problems(env)[0]


def test_without_tls_only_this_machine_is_asked_and_not_in_production() -> None:
    local = {"GAPURA_OUTSIDE_OSS_URL": "http://127.0.0.1:8035/oss/"}
    assert read_environment(ENVIRONMENT | local)["OUTSIDE_OSS_URL"] == "http://127.0.0.1:8035/oss"
    assert "https://" in problems(REAL | local)[0]


def test_production_has_no_simulator() -> None:
    told = problems(REAL | {"GAPURA_SIMULATOR_URL": "http://localhost:8035"})
    assert "GAPURA_SIMULATOR_URL" in told[0]


@pytest.mark.parametrize("seconds", ["0", "-1", "31", "1e3", ""])
def test_waiting_for_an_authority_is_bounded(seconds: str) -> None:
    env = ENVIRONMENT | {"GAPURA_OUTSIDE_TIMEOUT_SECONDS": seconds}
    assert "GAPURA_OUTSIDE_TIMEOUT_SECONDS" in problems(env)[0]
