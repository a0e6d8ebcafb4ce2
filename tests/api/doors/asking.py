"""Asking the decision doors over ASGI, with a pool and a loop of their own."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from gapura.api.doors import pool
from gapura.config.doors import doors
from gapura.ops.seeding.cast import HEALTH
from tests.asgi import Answer, call, run, scope

SIGN = "purchasing.order.sign"
CONTRACT: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[3] / "docs/doors/authzen.json").read_text(encoding="utf-8")
)
ONE, MANY = "/access/v1/evaluation", "/access/v1/evaluations"


def send(path: str, body: Any, token: str = "", **headers: str) -> Answer:
    """POST it as JSON to the door, in a loop and with a pool of their own."""
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    pairs = {"content-type": "application/json", **headers}
    if token:
        pairs["authorization"] = f"Bearer {token}"

    async def once() -> Answer:
        try:
            asked = scope(
                "POST", path, headers=[(n.replace("_", "-"), v) for n, v in pairs.items()]
            )
            return await call(doors(dict)[path], asked, sent)
        finally:
            await pool.close()

    return run(once())


def about(username: str, permission: str = SIGN, unit: str = HEALTH, **more: Any) -> dict[str, Any]:
    return {
        "subject": {"type": "person", "id": username},
        "action": {"name": permission},
        "resource": {"type": "unit", "id": unit},
        **more,
    }


def decided(token: str, body: dict[str, Any]) -> tuple[bool, dict[str, Any]]:
    reply = send(ONE, body, token)
    assert reply.status == 200, reply.text
    told = json.loads(reply.body)
    check(told)
    return told["decision"], told["context"]


def check(told: dict[str, Any]) -> None:
    """The answer is as the written contract says."""
    schema = {"$ref": "#/components/schemas/Decision", "components": CONTRACT["components"]}
    Draft202012Validator(schema).validate(told)


def weakly(n: int) -> dict[str, str]:
    return {"acr": f"urn:gapura:acr:{n}"}
