"""Whatever is asked in whatever order, no token outlives what it rests on, or grows."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gapura.sso.protocol.records import ACCESS_LIFE, FAMILY_LIFE
from tests.sso.rfc.provider import (
    JKT,
    OTHER_JKT,
    Provider,
    a_client,
    a_public_client,
    access_claims,
    body,
)

CLIENTS = ("spse", "spa", "other")
SCOPES = ("openid", "email", "phone", "offline_access", "catalog.read")
WAITS = (0, 1, 9, 11, 59, 60, 299, 300, 86_400, 29 * 86_400, 31 * 86_400, 80 * 86_400)


@dataclass(frozen=True)
class Held:
    """A token somebody has: an honest client, a thief, or both."""

    text: str
    client: str
    authorization: UUID
    at: float
    jkt: str = ""


class Lives(RuleBasedStateMachine):
    """Clients, thieves and the clock take turns."""

    @initialize()
    def open(self) -> None:
        self.house = Provider.of(a_client(), a_public_client(), a_client("other"))
        self.started = self.house.now
        self.codes: list[tuple[str, str]] = []
        self.access: list[Held] = []
        self.refresh: list[Held] = []
        # Of every run, as a search that begins with nothing seldom gets anywhere.
        for client in CLIENTS[:2]:
            self.enter(client, "")

    def _seconds(self) -> float:
        return (self.house.now - self.started).total_seconds()

    def _take(self, reply: Any, client: str, jkt: str) -> None:
        if reply.status != 200:
            return
        told = body(reply)
        claims = access_claims(told)
        authorization = UUID(claims["aid"])
        assert authorization not in self.house.ended, "issued after the end"
        assert set(told["scope"].split()) <= self.house.authorizations[authorization].scopes
        assert claims["exp"] - claims["iat"] <= ACCESS_LIFE.total_seconds()
        assert claims["client_id"] == client
        held = Held(told["access_token"], client, authorization, self._seconds(), jkt)
        self.access.append(held)
        if "refresh_token" in told:
            self.refresh.append(
                Held(told["refresh_token"], client, authorization, self._seconds(), jkt)
            )

    @rule(client=st.sampled_from(CLIENTS[:2]), scopes=st.sets(st.sampled_from(SCOPES), min_size=1))
    def sign_in(self, client: str, scopes: set[str]) -> None:
        asked = " ".join(sorted(scopes))
        self.codes.append((self.house.code(client_id=client, scope=asked), client))

    @rule(client=st.sampled_from(CLIENTS[:2]), jkt=st.sampled_from(("", JKT)))
    def enter(self, client: str, jkt: str) -> None:
        """As it should be: the code is exchanged at once. Most of what is held comes from here."""
        code = self.house.code(client_id=client, scope="openid offline_access")
        self.codes.append((code, client))
        reply = self.house.exchange(code, client, jkt=jkt)
        assert reply.status == 200
        self._take(reply, client, jkt)

    @precondition(lambda self: self.codes)
    @rule(
        data=st.data(),
        thief=st.booleans(),
        verifier=st.booleans(),
        jkt=st.sampled_from(("", JKT, OTHER_JKT)),
    )
    def exchange(self, data: st.DataObject, thief: bool, verifier: bool, jkt: str) -> None:
        code, owner = data.draw(st.sampled_from(self.codes))
        client = "other" if thief else owner
        more = {} if verifier else {"code_verifier": "x" * 43}
        reply = self.house.exchange(code, client, jkt=jkt, **more)
        if thief or not verifier:
            assert reply.status == 400
        self._take(reply, client, jkt)

    @precondition(lambda self: self.refresh)
    @rule(data=st.data(), scopes=st.sets(st.sampled_from(SCOPES), max_size=2))
    def renew(self, data: st.DataObject, scopes: set[str]) -> None:
        held = data.draw(st.sampled_from(self.refresh))
        asked = " ".join(sorted(scopes))
        reply = self.house.refresh(held.text, held.client, jkt=held.jkt, scope=asked)
        self._take(reply, held.client, held.jkt)

    @precondition(lambda self: self.refresh)
    @rule(data=st.data(), client=st.sampled_from(CLIENTS), jkt=st.sampled_from(("", OTHER_JKT)))
    def steal(self, data: st.DataObject, client: str, jkt: str) -> None:
        held = data.draw(st.sampled_from(self.refresh))
        reply = self.house.refresh(held.text, client, jkt=jkt)
        if client != held.client:
            assert reply.status == 400
        self._take(reply, client, jkt)

    @precondition(lambda self: self.refresh)
    @rule()
    def keep_alive_for_half_a_year(self) -> None:
        """Whoever has the newest token renews it each time just before it would expire."""
        for _ in range(6):
            held = self.refresh[-1]
            self.house.later(days=29)
            reply = self.house.refresh(held.text, held.client, jkt=held.jkt)
            if reply.status != 200:
                return
            self._take(reply, held.client, held.jkt)
            self.every_line_has_an_end()

    @precondition(lambda self: self.access)
    @rule(data=st.data(), client=st.sampled_from(CLIENTS))
    def revoke(self, data: st.DataObject, client: str) -> None:
        held = data.draw(st.sampled_from(self.access + self.refresh))
        ended, revoked = dict(self.house.ended), set(self.house.revoked)
        assert self.house.revoke(held.text, client).status == 200
        if client != held.client:
            assert (self.house.ended, self.house.revoked) == (ended, revoked)

    @precondition(lambda self: self.house.authorizations)
    @rule(data=st.data())
    def end(self, data: st.DataObject) -> None:
        which = data.draw(st.sampled_from(sorted(self.house.authorizations)))
        self.house.ended.setdefault(which, "withdrawn")

    @rule(seconds=st.sampled_from(WAITS))
    def wait(self, seconds: int) -> None:
        self.house.later(seconds=seconds)

    @invariant()
    def nothing_outlives_its_authorization_or_its_time(self) -> None:
        for held in self.access:
            over = self._seconds() - held.at >= ACCESS_LIFE.total_seconds()
            if over or held.authorization in self.house.ended:
                assert self.house.introspect(held.text, held.client) in (
                    {"active": False},
                    # A public client cannot ask at all; userinfo tells for it.
                    body_of_a_public_client(held.client),
                )
                scheme = "DPoP" if held.jkt else "Bearer"
                assert self.house.userinfo(held.text, scheme, held.jkt).status == 401

    @invariant()
    def no_line_of_a_public_client_has_two_tokens_that_work(self) -> None:
        spa = self.house.clients["spa"].id
        working = [
            row.authorization.id
            for row in self.house.refreshes.values()
            if row.authorization.client == spa and row.replaced_at is None
        ]
        assert len(working) == len(set(working))

    @invariant()
    def every_line_has_an_end(self) -> None:
        for row in self.house.refreshes.values():
            assert row.expires_at <= row.family_started_at + FAMILY_LIFE


def body_of_a_public_client(client: str) -> dict[str, Any] | None:
    """What introspection says to `spa`."""
    if client != "spa":
        return None
    return {
        "error": "invalid_client",
        "error_description": "a public client cannot ask here",
    }


Lives.TestCase.settings = settings(
    max_examples=60, stateful_step_count=20, deadline=None, derandomize=True
)
TestNoSequenceOfRequestsMakesATokenOutliveItsAuthorization = Lives.TestCase
