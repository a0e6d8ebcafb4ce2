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
