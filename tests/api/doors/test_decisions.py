"""The decision doors over HTTP: who may do what where, with the reason; nothing is changed here."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from gapura.access.models import Grant
from gapura.access.queries import Code
from gapura.authentication.services import issue_token
from gapura.config.doors import doors
from gapura.kernel.actor import system_actor
from gapura.ops.seeding.cast import ABROAD, ABROAD_UNIT, EDUCATION, HEALTH, HOME
from tests.api.doors.asking import CONTRACT, MANY, ONE, SIGN, about, check, decided, send, weakly
from tests.asgi import call, run, scope
from tests.personas import copy_of_personas
from tests.web.serving import served

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept(_persona_database: tuple[str, str], django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A token that the doors' own connections see, for a whole module that only reads."""
    with django_db_blocker.unblock():
        issued = issue_token(
            actor=system_actor("console"), name="spse", scopes=["decisions"], days=1
        )
    yield issued.token
    with django_db_blocker.unblock():
        copy_of_personas(_persona_database)


@pytest.fixture
def token(kept: str, db: None) -> str:
    return kept


def test_the_officer_may_sign_at_the_own_unit_and_is_told_on_which_letter(token: str) -> None:
    allowed, why = decided(token, about("ppk"))
    assert allowed
    assert (why["code"], why["grant"]["role"], why["grant"]["unit"]) == ("allowed", "ppk", HEALTH)
    assert why["grant"]["letter"].startswith("SK-")
    assert "is_commitment_officer" in why["rule"]
    assert "reviewed_it" in [one["clause"] for one in why["conditions"]]
    assert why["law"], "the rule's citations"


@pytest.mark.parametrize(
    ("username", "unit", "code"),
    [
        ("ppk", ABROAD_UNIT, "no_role_here"),
        ("luar", HEALTH, "no_role_here"),
        ("ppk", EDUCATION, "rule"),
        ("pp", HEALTH, "rule"),
        ("warga", HEALTH, "no_role_here"),
        ("nobody-known", HEALTH, "unknown_subject"),
        ("3201010101010001", HEALTH, "unknown_subject"),
        ("ppk", "D32.999", "unknown_resource"),
        ("ppk", "'; DROP TABLE", "unknown_resource"),
    ],
)
def test_others_may_not_and_are_told_why(token: str, username: str, unit: str, code: str) -> None:
    allowed, why = decided(token, about(username, unit=unit))
    assert (allowed, why["code"]) == (False, code)
    for told in (why["reason_user"], why["reason_admin"]):
        assert set(told) == {"en", "id"}
        assert all(told.values())


def test_an_act_that_does_not_exist_is_not_allowed(token: str) -> None:
    assert decided(token, about("ppk", "purchasing.order.steal"))[1]["code"] == "unknown_permission"


def test_a_refusal_names_clause_law_and_who_can_mend_it(token: str) -> None:
    _, why = decided(token, about("pp"))
    (missing,) = (one for one in why["missing"] if one["clause"] == "is_commitment_officer")
    assert missing["law"]["en"].startswith("Presidential Regulation")
    assert missing["says"]["en"] in why["reason_user"]["en"]
    assert missing["mend"]["en"]


def test_a_weaker_sign_in_than_the_act_needs_is_told_to_step_up(token: str) -> None:
    allowed, why = decided(token, about("ppk", context=weakly(1)))
    assert (allowed, why["code"], why["needs"]) == (False, "step_up", "step_up")
    assert decided(token, about("ppk", context=weakly(2)))[0]
    assert "needs" not in decided(token, about("pp", context=weakly(1)))[1]


@pytest.mark.parametrize(
    ("resource", "username", "permission", "allowed"),
    [
        ({"type": "agency", "id": HOME}, "verifikator", "access.queue.see", True),
        ({"type": "agency", "id": ABROAD}, "verifikator", "access.queue.see", False),
        ({"type": "unit", "id": HEALTH}, "verifikator", "access.request.approve", True),
        ({"type": "unit", "id": ABROAD_UNIT}, "verifikator", "access.request.approve", False),
        ({"type": "agency", "id": HOME}, "ppk", SIGN, False),
        ({"type": "platform", "id": "platform"}, "admin", "accounts.person.suspend", True),
        ({"type": "platform", "id": "platform"}, "verifikator", "access.queue.see", False),
        ({"type": "platform", "id": "elsewhere"}, "admin", "access.queue.see", False),
        ({"type": "galaxy", "id": "x"}, "admin", "access.queue.see", False),
        ({"type": "agency", "id": HOME}, "warga", "access.own.see", True),
        ({"type": "unit", "id": HEALTH}, "admin", "access.grant.lapse", False),
    ],
)
def test_a_role_counts_where_it_is_held(
    token: str, resource: dict[str, str], username: str, permission: str, allowed: bool
) -> None:
    body = {**about(username, permission), "resource": resource}
    told = decided(token, body)
    assert told[0] is allowed, told


def test_a_company_is_a_place_too(token: str) -> None:
    company = Grant.objects.get(person__username="penyedia").company_id
    body = {**about("penyedia", "catalog.product.submit"),
            "resource": {"type": "company", "id": company}}  # fmt: skip
    assert decided(token, body)[0]
    assert not decided(token, {**body, "subject": {"type": "person", "id": "ppk"}})[0]


def test_only_people_are_subjects(token: str) -> None:
    body = {**about("ppk"), "subject": {"type": "robot", "id": "ppk"}}
    assert decided(token, body)[1]["code"] == "unknown_subject"


def test_a_batch_is_answered_in_its_order_with_defaults(token: str) -> None:
    body = {
        "subject": {"type": "person", "id": "ppk"},
        "action": {"name": SIGN},
        "evaluations": [
            {"resource": {"type": "unit", "id": HEALTH}},
            {"resource": {"type": "unit", "id": ABROAD_UNIT}},
            {"resource": {"type": "unit", "id": HEALTH}, "subject": {"type": "person", "id": "pp"}},
            {"resource": {"type": "unit"}},
            {"resource": {"type": "unit", "id": HEALTH}, "context": weakly(1)},
        ],
    }
    reply = send(MANY, body, token)
    found = json.loads(reply.body)["evaluations"]
    assert [one["decision"] for one in found] == [True, False, False, False, False]
    for one in found:
        check(one)
    assert found[3]["context"]["error"]["status"] == 400
    assert found[4]["context"]["needs"] == "step_up"
    assert "decision" not in json.loads(reply.body)


@pytest.mark.parametrize(
    ("semantic", "expected"),
    [
        ("execute_all", [True, False, True]),
        ("deny_on_first_deny", [True, False]),
        ("permit_on_first_permit", [True]),
    ],
)
def test_a_batch_stops_where_it_is_told_to(token: str, semantic: str, expected: list[bool]) -> None:
    units = [{"resource": {"type": "unit", "id": unit}} for unit in (HEALTH, ABROAD_UNIT, HEALTH)]
    body = {**about("ppk"), "evaluations": units, "options": {"evaluations_semantic": semantic}}
    found = json.loads(send(MANY, body, token).body)["evaluations"]
    assert [one["decision"] for one in found] == expected


def test_without_evaluations_the_batch_door_answers_as_the_single_one(token: str) -> None:
    for body in (about("ppk"), {**about("ppk"), "evaluations": []}):
        assert json.loads(send(MANY, body, token).body)["decision"] is True


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"nul",
        b"\xff\xfe",
        b'{"subject": 1}',
        b'{"a": NaN}',
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        json.dumps({"subject": {"type": "person", "id": "ppk"}}).encode(),
        json.dumps(about("")).encode(),
        json.dumps(about("p" * 201)).encode(),
        json.dumps(about("ppk", context="x")).encode(),
        json.dumps(about("ppk", context={"acr": "urn:gapura:acr:9"})).encode(),
        json.dumps({**about("ppk"), "subject": {"type": "person", "id": 7}}).encode(),
        json.dumps({**about("ppk"), "action": {"name": SIGN, "properties": 1}}).encode(),
    ],
)
def test_what_is_malformed_is_refused_with_a_sentence(token: str, body: bytes) -> None:
    reply = send(ONE, body, token)
    told = json.loads(reply.body)
    assert (reply.status, told["error"]) == (400, "invalid_request")
    assert len(told["error_description"]) > 10


@pytest.mark.parametrize(
    "more",
    [
        {"evaluations": 1},
        {"evaluations": [{}] * 101},
        {"evaluations": [{}], "options": {"evaluations_semantic": "whatever"}},
        {"evaluations": [{}], "options": []},
    ],
)
def test_a_batch_is_bounded_and_knows_three_ways_to_stop(token: str, more: Any) -> None:
    assert send(MANY, {**about("ppk"), **more}, token).status == 400


def test_bodies_are_bounded_and_json(token: str) -> None:
    assert send(ONE, b" " * 200_000, token).status == 413
    assert send(ONE, about("ppk"), token, content_type="text/plain").status == 415


def test_the_request_id_comes_back(token: str) -> None:
    reply = send(ONE, about("ppk"), token, x_request_id="bfe9eb29-ab87")
    assert reply.headers["x-request-id"] == "bfe9eb29-ab87"
    assert send(ONE, about("ppk"), token).headers["x-request-id"]
    assert send(ONE, about("ppk"), "", x_request_id="a-1").headers["x-request-id"] == "a-1"
    assert send(ONE, about("ppk"), token, x_request_id="a b").status == 400


def test_the_configuration_names_the_public_address() -> None:
    path = "/.well-known/authzen-configuration"
    reply = run(call(doors(dict)[path], scope("GET", path, headers=[("host", "evil.example")])))
    told = json.loads(reply.body)
    assert told["policy_decision_point"] == "http://localhost:8000"
    assert told["access_evaluations_endpoint"] == "http://localhost:8000/access/v1/evaluations"


def test_only_post_is_answered(token: str) -> None:
    reply = run(call(doors(dict)[ONE], scope("GET", ONE)))
    assert (reply.status, reply.headers["allow"]) == (405, "POST")


def test_the_contract_names_every_code_and_every_door() -> None:
    codes = CONTRACT["components"]["schemas"]["Reason"]["properties"]["code"]["enum"]
    assert set(codes) == set(Code)
    assert set(CONTRACT["paths"]) <= set(doors(dict))


@pytest.mark.usefixtures("_collected_statics")
def test_the_doors_answer_on_the_real_server(token: str) -> None:
    """Through granian and a socket, as a program asks."""
    with served() as address:
        host = address.removeprefix("http://")
        for shown, status in ((token, 200), (token[:-1] + "!", 401)):
            line = HTTPConnection(host, timeout=20)
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {shown}"}
            line.request("POST", ONE, json.dumps(about("ppk")), {**headers, "X-Request-ID": "a-7"})
            reply = line.getresponse()
            told = json.loads(reply.read())
            assert (reply.status, reply.headers["X-Request-ID"]) == (status, "a-7")
            assert told.get("decision", False) is (status == 200)
        line = HTTPConnection(host, timeout=20)
        line.request("GET", "/.well-known/authzen-configuration")
        told = json.loads(line.getresponse().read())
        assert told["access_evaluation_endpoint"] == f"{address}{ONE}"
