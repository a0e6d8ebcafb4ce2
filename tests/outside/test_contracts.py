"""What we send and what is answered is exactly what the written contracts say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from gapura.config.environment import AUTHORITIES
from gapura.outside import asking, line, services
from tests.outside.test_checks import GOOD
from tests.simulator import Authorities

FOLDER = Path(__file__).resolve().parents[2] / "docs/contracts"
CONTRACTS: dict[str, Any] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")
}
ENDINGS = ("0000", "0123", "4444", "5555", "6664", "6665", "6666", "7777", "8888", "9997", "9999")


def operation(authority: str) -> tuple[str, str, dict[str, Any]]:
    """Method, path and description of a contract's only operation."""
    ((path, methods),) = CONTRACTS[authority]["paths"].items()
    ((method, described),) = methods.items()
    return method.upper(), path, described


def problems(authority: str, schema: dict[str, Any], value: Any) -> list[str]:
    """Why `value` does not fit; components are found as in the contract."""
    whole = {**schema, "components": CONTRACTS[authority]["components"]}
    validator = Draft202012Validator(whole, format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(value)]


def in_json(described: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = described["content"]["application/json"]["schema"]
    return schema


@pytest.fixture
def overheard() -> Iterator[list[tuple[str, str, dict[str, str], Any, Any]]]:
    """Every exchange on the real line: method, url, headers, question, answer."""
    heard: list[tuple[str, str, dict[str, str], Any, Any]] = []

    def listen(
        method: str, url: str, *, headers: dict[str, str], body: bytes | None, seconds: float
    ) -> bytes:
        content = line.exchange(method, url, headers=headers, body=body, seconds=seconds)
        heard.append((method, url, headers, json.loads(body or b"null"), json.loads(content)))
        return content

    with mock.patch.object(asking, "exchange", listen):
        yield heard


def ask_everything() -> None:
    for function, values in GOOD.items():
        for ending in ENDINGS:
            changed = {
                name: value[:-4] + ending
                for name, value in values.items()
                if name in {"nik", "nib", "npwp", "key"}
            }
            function(**{**values, **changed})
    for year in (2000, 2025, 2026, 2100):
        services.official_holidays(year=year)


def test_there_is_one_contract_an_authority() -> None:
    assert CONTRACTS.keys() == AUTHORITIES.keys()


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_a_contract_is_openapi_3_1_over_tls_with_a_token(authority: str) -> None:
    contract = CONTRACTS[authority]
    assert contract["openapi"].startswith("3.1.")
    assert all(server["url"].startswith("https://") for server in contract["servers"])
    assert contract["security"] == [{"token": []}]
    for schema in contract["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    assert {"200", "400", "401", "429", "503"} <= operation(authority)[2]["responses"].keys()


@pytest.mark.django_db
def test_questions_and_answers_are_as_agreed(
    authorities: Authorities, overheard: list[tuple[str, str, dict[str, str], Any, Any]]
) -> None:
    ask_everything()
    seen = set()
    for method, url, headers, asked, told in overheard:
        authority, _, path = url.removeprefix(f"{authorities.url}/").partition("/")
        seen.add(authority)
        agreed_method, agreed_path, described = operation(authority)
        assert (method, f"/{path}".rpartition("/")[0]) == (
            agreed_method,
            agreed_path.rpartition("/")[0],
        )
        if "requestBody" in described:
            assert not problems(authority, in_json(described["requestBody"]), asked)
        for parameter in described["parameters"]:
            if parameter["in"] == "header":
                assert not problems(authority, parameter["schema"], headers[parameter["name"]])
        assert headers["Authorization"].startswith("Bearer ")
        assert not problems(authority, in_json(described["responses"]["200"]), told)
    assert seen == AUTHORITIES.keys()


@pytest.mark.django_db
def test_no_personal_value_stands_in_an_address(
    authorities: Authorities, overheard: list[tuple[str, str, dict[str, str], Any, Any]]
) -> None:
    """Addresses end up in the logs of proxies and servers."""
    ask_everything()
    secrets = {
        str(value) for values in GOOD.values() for name, value in values.items() if name != "key"
    }
    for _, url, headers, _, _ in overheard:
        assert not [one for one in secrets if one in url or one in str(headers)]
