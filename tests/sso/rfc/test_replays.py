"""RFC 9449 11.1, RFC 7523 3: what proves a client or a key is good for one request, anywhere."""

from collections.abc import Callable

import pytest

from gapura.sso.protocol import introspection, pushed, revocation, token
from gapura.sso.protocol.decisions import Decision, Once, refused, replayed
from tests.sso.rfc.provider import START, Provider, asking, error

PROOF = Once("dpop", b"p" * 32, START)
ASSERTION = Once("assertion", b"a" * 32, START)

OWN = {"grant_type": "client_credentials"}
ASKS: dict[str, Callable[[Provider, Once], Decision]] = {
    "token": lambda house, once: house.ask(token, OWN, "spse", once=(once,)),
    "refused token": lambda house, once: house.ask(
        token, {"grant_type": "refresh_token", "refresh_token": "x"}, "spse", once=(once,)
    ),
    "pushed": lambda house, once: house.ask(pushed, asking(), "spse", once=(once,)),
    "introspection": lambda house, once: house.ask(
        introspection, {"token": "x"}, "spse", once=(once,)
    ),
    "revocation": lambda house, once: house.ask(revocation, {"token": "x"}, "spse", once=(once,)),
}


@pytest.mark.parametrize("first", ASKS)
@pytest.mark.parametrize("second", ASKS)
@pytest.mark.parametrize(
    ("once", "code", "status"),
    [(PROOF, "invalid_dpop_proof", 400), (ASSERTION, "invalid_client", 401)],
)
def test_a_proof_shown_at_one_endpoint_is_refused_at_every_other(
    first: str, second: str, once: Once, code: str, status: int
) -> None:
    house = Provider.of()
    assert error(ASKS[first](house, once)) != code
    again = ASKS[second](house, once)
    assert (again.status, error(again)) == (status, code)


@pytest.mark.parametrize("once", [PROOF, ASSERTION])
def test_of_a_replayed_request_nothing_else_is_written(once: Once) -> None:
    house = Provider.of()
    ASKS["token"](house, once)
    ASKS["pushed"](house, once)
    assert house.requests == {}
    assert len(house.events) == 1


@pytest.mark.parametrize("once", [PROOF, ASSERTION])
def test_a_replay_is_never_cached(once: Once) -> None:
    assert ("Cache-Control", "no-store") in refused(replayed(once)).headers


def test_two_proofs_of_one_request_are_both_used_up() -> None:
    house = Provider.of()
    house.ask(token, OWN, "spse", once=(ASSERTION, PROOF))
    for once in (ASSERTION, PROOF):
        assert ASKS["token"](house, once).status in {400, 401}
