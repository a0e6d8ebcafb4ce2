"""Permission decisions a second and core, asked by every persona, through the real rules.

Beside the mix of all that pages ask: a typical check that is allowed and one that is refused, held
against the promise; refused ones with their reason read; and the same two facts asked of Cedar
(cedarpy), where it is installed, with its policies parsed beforehand.
"""

import importlib
import importlib.util
import json
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from bench.cpu import slowness
from bench.crowd import apply
from bench.figures import Figure, Report
from bench.stage import stage, tell

ROUNDS, SECONDS = 9, 0.3
# Decisions a second and core that are promised, as the most a thousand of them may take.
PROMISED = 300_000
MOST_MS = 1000 / PROMISED * 1000


def measure() -> Report:
    """Those that look at the actor only, those that look at a request as well, and the typical."""
    with stage():
        plain, on_thing = _questions()
        tell(f"{len(plain)} questions about the actor, {len(on_thing)} about a request")
        allowed, refused = _typical()
        speeds: list[float] = []
        figures = [
            _figure("about the actor alone", plain, speeds),
            _figure("about a request", on_thing, speeds),
            _figure("refused, with its reason", [partial(_reason, ask) for ask in refused], speeds),
        ]
        rates = {
            name: _figure(f"typical, {name}", asked, speeds)
            for name, asked in (("allowed", allowed), ("refused", refused))
        }
        figures += [one for pair in map(_held, rates.values()) for one in pair]
        figures += _peer(rates["allowed"].value, speeds)
    factor = f"{statistics.median(speeds):.2f} x"
    return Report("decide", tuple(figures), {"slower than the reference": factor})


def _held(rate: Figure) -> tuple[Figure, Figure]:
    """The rate, and the same as milliseconds for a thousand, which has a limit."""
    name = rate.name.replace("decisions ", "1,000 decisions ")
    return rate, Figure(name, 1e6 / rate.value, "ms", MOST_MS)


Question = Callable[[], object]


def _questions() -> tuple[list[Question], list[Question]]:
    from gapura.access.models import AccessRequest
    from gapura.access.permissions import Can
    from gapura.kernel.permissions import decide
    from gapura.ops.seeding.arrival import persona_id
    from gapura.ops.seeding.cast import CAST
    from gapura.ops.seeding.people import acting
    from gapura.web.shell.navigation import ENTRIES

    apply(0)
    actors = [acting(persona_id(persona.username)) for persona in CAST]
    thing = AccessRequest.objects.select_related("person").get(state="submitted")
    plain: list[Question] = [
        partial(decide, actor, entry.permission) for actor in actors for entry in ENTRIES
    ]
    asked = (Can.SEE, Can.CLAIM, Can.APPROVE, Can.REJECT, Can.WITHDRAW)
    return plain, [partial(decide, actor, one, thing) for actor in actors for one in asked]


def _typical() -> tuple[list[Question], list[Question]]:
    """A verifier taking a request of the own agency; an officer trying to."""
    from gapura.access.models import AccessRequest
    from gapura.access.permissions import Can
    from gapura.kernel.permissions import decide
    from gapura.ops.seeding.arrival import persona_id
    from gapura.ops.seeding.people import acting

    thing = AccessRequest.objects.select_related("person").get(state="submitted")
    verifier, officer = (acting(persona_id(name)) for name in ("verifikator2", "pp"))
    allowed = partial(decide, verifier, Can.CLAIM, thing)
    refused = partial(decide, officer, Can.CLAIM, thing)
    if not allowed() or refused():
        raise SystemExit("gapura: the typical decisions came out otherwise than they should.")
    return [allowed] * 10, [refused] * 10


def _reason(ask: Callable[[], object]) -> object:
    """What a refusal page reads."""
    return ask().missing  # type: ignore[attr-defined]


# The same rule in Cedar: a verifier of the request's agency, somebody else's request, strongly in.
_POLICY = """
permit (principal, action == Action::"claim", resource) when {
  context.role == "verifikator" && context.agency == resource.agency &&
  principal != resource.person && context.acr >= 2 && resource.level == "agency"
};
"""


def _peer(ours: float, speeds: list[float]) -> list[Figure]:
    """Cedar's rate and ours as its multiple; nothing where cedarpy is not installed."""
    if importlib.util.find_spec("cedarpy") is None:
        tell("cedarpy is not installed (pip install cedarpy): no peer beside")
        return []
    theirs = _figure("typical, allowed, by cedarpy", [_asks_cedar()], speeds)
    return [theirs, Figure("ours, as a multiple of cedarpy's", ours / theirs.value, "x")]


_REQUEST = {"agency": "D32", "level": "agency", "person": {"__entity": {"type": "P", "id": "a"}}}
_ENTITIES = [
    {"uid": {"type": "P", "id": "v"}, "attrs": {}, "parents": []},
    {"uid": {"type": "P", "id": "a"}, "attrs": {}, "parents": []},
    {"uid": {"type": "Request", "id": "r"}, "attrs": _REQUEST, "parents": []},
]


def _asks_cedar() -> Question:
    """One question with policies and entities parsed beforehand."""
    cedar: Any = importlib.import_module("cedarpy")
    policies = cedar.PolicySet.from_str(_POLICY)
    entities = cedar.Entities.from_json_str(json.dumps(_ENTITIES))
    asked = {
        "principal": 'P::"v"',
        "action": 'Action::"claim"',
        "resource": 'Request::"r"',
        "context": {"role": "verifikator", "agency": "D32", "acr": 2},
    }
    if not cedar.is_authorized(asked, policies, entities).allowed:
        raise SystemExit("gapura: the peer decides otherwise.")
    return partial(cedar.is_authorized, asked, policies, entities)


def _figure(name: str, questions: list[Question], speeds: list[float]) -> Figure:
    rates = []
    for _ in range(ROUNDS):
        slow = slowness()
        rates.append(_rate(questions) * slow)
        speeds.append(slow)
    return Figure(f"decisions {name}", statistics.median(rates), "/s")


def _rate(questions: list[Question]) -> float:
    """Decisions for each second of CPU."""
    done, began = 0, time.thread_time()
    while time.thread_time() - began < SECONDS:
        for ask in questions:
            ask()
        done += len(questions)
    return done / (time.thread_time() - began)
