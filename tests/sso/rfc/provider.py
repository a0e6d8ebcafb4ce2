"""The whole provider in memory: the shells' work around the protocol, without database or network.

It does what the store does: all writes of a decision or none, and a condition that does not hold
makes the decision void. `now` only moves when a test moves it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from gapura.sso.protocol import (
    authorize,
    handles,
    introspection,
    pushed,
    revocation,
    token,
    userinfo,
)
from gapura.sso.protocol.decisions import (
    Call,
    Decision,
    Ended,
    Facts,
    Handle,
    Needs,
    NewAuthorization,
    NewCode,
    NewPushed,
    NewRefresh,
    Once,
    Replaced,
    RevokedJti,
    Told,
    Used,
    Write,
    refused,
    replayed,
    wants_subject,
)
from gapura.sso.protocol.encoding import hash_of
from gapura.sso.protocol.jose import KeyState, SigningKey
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import (
    AuthMethod,
    Authorization,
    Client,
    Code,
    GrantType,
    Profile,
    Pushed,
    Refresh,
    Subject,
)
from gapura.sso.protocol.ring import Ring

ISSUER = "https://gapura.example"
START = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PERSON = UUID("01930000-0000-7000-8000-0000000000aa")
OTHER_PERSON = UUID("01930000-0000-7000-8000-0000000000bb")
SESSION = UUID("01930000-0000-7000-8000-0000000000cc")
BACK = "https://spse.example/back"
VERIFIER = "a-verifier-of-at-least-forty-three-signs-0123456789"
JKT, OTHER_JKT = "k" * 43, "o" * 43
API, OTHER_API = "https://api.example/catalog", "https://api.example/orders"
PERSON_SCOPES = frozenset(
    {"openid", "profile", "email", "phone", "offline_access", "grants", "identity"}
)


@cache
def ring() -> Ring:
    """One current key an algorithm; made once, as RSA keys are slow to make."""
    return Ring(
        (
            SigningKey.of(ec.generate_private_key(ec.SECP256R1()), kid="es", algorithm="ES256"),
            SigningKey.of(_rsa(), kid="ps", algorithm="PS256"),
            SigningKey.of(_rsa(), kid="rs", algorithm="RS256"),
        )
    )


@cache
def old_ring() -> Ring:
    """Keys that were retired: the provider does not know them any more."""
    key = ec.generate_private_key(ec.SECP256R1())
    return Ring((SigningKey.of(key, kid="gone", algorithm="ES256", state=KeyState.CURRENT),))


def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Counted:
    """Randomness that counts: 1, 2, 3, each unlike all others."""

    def __init__(self) -> None:
        self.made = 0

    def signs(self, count: int) -> str:
        self.made += 1
        return f"{self.made:0{count}d}"

    def id(self) -> UUID:
        self.made += 1
        return UUID(int=(7 << 76) | (2 << 62) | self.made)


def a_client(client_id: str = "spse", **fields: Any) -> Client:
    """A confidential client with all grants and scopes."""
    number = sum(ord(sign) * 131**place for place, sign in enumerate(client_id))
    told: dict[str, Any] = {
        "id": UUID(int=number % (1 << 128)),
        "client_id": client_id,
        "name": client_id.upper(),
        "redirect_uris": (BACK,),
        "grant_types": frozenset(GrantType),
        "scopes": PERSON_SCOPES | {"catalog.read", "catalog.write"},
        "audiences": (API, OTHER_API),
        "sector": f"{client_id}.example",
        "asks_consent": False,
    }
    return Client(**(told | fields))


def a_public_client(client_id: str = "spa", **fields: Any) -> Client:
    return a_client(client_id, **({"auth_method": AuthMethod.NONE} | fields))


def a_fapi2_client(client_id: str = "bank", **fields: Any) -> Client:
    told = {"auth_method": AuthMethod.PRIVATE_KEY_JWT, "profile": Profile.FAPI2}
    return a_client(client_id, **(told | fields))


def a_subject(**fields: Any) -> Subject:
    told: dict[str, Any] = {
        "person": PERSON,
        "username": "ppk",
        "name": "Sri Wahyuni",
        "email": "sri@dinas.example",
        "email_verified": True,
        "language": "id",
        "state": "verified",
        "proof": "verified_by_agency",
        "updated_at": START,
        "phone": "+628111111111",
        "phone_verified": True,
        "grants": (
            {"role": "ppk", "agency": "D101", "valid_until": "2027-01-01", "letter": "SK-2026-1"},
            {"role": "kpa", "agency": "D202", "valid_until": "2027-01-01", "letter": "SK-2026-2"},
            {"role": "staf_perusahaan", "company": "CV Maju", "valid_until": "2027-01-01"},
        ),
    }
    return Subject(**(told | fields))


def asking(**more: str | list[str]) -> dict[str, str | list[str]]:
    """The parameters of an ordinary authorization request; "" leaves one out."""
    told: dict[str, str | list[str]] = {
        "client_id": "spse",
        "response_type": "code",
        "redirect_uri": BACK,
        "scope": "openid",
        "state": "s-1",
        "nonce": "n-1",
        "code_challenge": hash_of(VERIFIER),
        "code_challenge_method": "S256",
    }
    return told | more


def members(answer: authorize.Answer) -> dict[str, str]:
    """What an answer brings to the client, whichever way."""
    return dict(answer.members or parse_qsl(urlsplit(answer.uri).query))


class Lost(Exception):
    """A write whose condition did not hold."""

    def __init__(self, write: Write) -> None:
        self.write = write


@dataclass
class Provider:
    """Clients, people and all that was issued."""

    clients: dict[str, Client] = field(default_factory=dict)
    subject: Subject = field(default_factory=a_subject)
    now: datetime = START
    fresh: Counted = field(default_factory=Counted)
    authorizations: dict[UUID, Authorization] = field(default_factory=dict)
    ended: dict[UUID, str] = field(default_factory=dict)
    codes: dict[Handle, Code] = field(default_factory=dict)
    refreshes: dict[Handle, Refresh] = field(default_factory=dict)
    requests: dict[Handle, Pushed] = field(default_factory=dict)
    seen: set[tuple[str, bytes]] = field(default_factory=set)
    revoked: set[str] = field(default_factory=set)
    events: list[Told] = field(default_factory=list)

    @classmethod
    def of(cls, *clients: Client) -> "Provider":
        return cls({client.client_id: client for client in clients or (a_client(),)})

    def later(self, **time: float) -> "Provider":
        """Let time pass."""
        self.now += timedelta(**time)
        return self

    def change(self, client_id: str, **fields: Any) -> None:
        """The contract of a client changes."""
        self.clients[client_id] = replace(self.clients[client_id], **fields)

    # --- what the store does --------------------------------------------------------------------

    def facts(self, needs: Needs) -> Facts:
        code = self.codes.get(needs.code) if needs.code else None
        refresh = self.refreshes.get(needs.refresh) if needs.refresh else None
        found = Facts(
            client=self.clients.get(needs.client),
            code=replace(code, authorization=self._live(code.authorization)) if code else None,
            refresh=self._refresh(refresh),
            successor=self._refresh(self._successor(refresh)),
            pushed=self.requests.get(needs.pushed) if needs.pushed else None,
            issued_to=self.clients.get(needs.issued_to),
            authorization=self._live(self.authorizations[needs.authorization])
            if needs.authorization in self.authorizations
            else None,
            revoked=needs.jti in self.revoked,
        )
        if wants_subject(needs, found.rests_on):
            return replace(found, subject=self.subject)
        return found

    def _live(self, row: Authorization) -> Authorization:
        works = self.authorizations[row.id].works and row.id not in self.ended
        return replace(self.authorizations[row.id], works=works)

    def _refresh(self, row: Refresh | None) -> Refresh | None:
        return replace(row, authorization=self._live(row.authorization)) if row else None

    def _successor(self, row: Refresh | None) -> Refresh | None:
        if row is None or row.replaced_at is None:
            return None
        return next((one for one in self.refreshes.values() if one.digest == row.successor), None)

    def write(self, writes: tuple[Write, ...], event: Told | None) -> None:
        """All or nothing."""
        names = (
            "authorizations", "ended", "codes", "refreshes", "requests", "seen", "revoked",
        )  # fmt: skip
        before = {name: getattr(self, name).copy() for name in names}
        try:
            for write in writes:
                self._apply(write)
        except Lost:
            for name, kept in before.items():
                setattr(self, name, kept)
            raise
        if event:
            self.events.append(event)

    def _apply(self, write: Write) -> None:
        match write:
            case Once():
                if (write.kind, write.digest) in self.seen:
                    raise Lost(write)
                self.seen.add((write.kind, write.digest))
            case Used():
                self._use(write)
            case Replaced():
                self._replace(write)
            case Ended():
                self.ended.setdefault(write.authorization, write.reason)
            case RevokedJti():
                self.revoked.add(write.jti)
            case _:
                self._keep(write)

    def _keep(self, write: Write) -> None:
        match write:
            case NewAuthorization(kept):
                self.authorizations[kept.id] = kept
            case NewCode(code):
                self.codes[Handle(handles.day(code.expires_at), code.digest)] = code
            case NewRefresh(refresh):
                place = Handle(handles.month(refresh.expires_at), refresh.digest)
                self.refreshes[place] = refresh
            case NewPushed(request):
                self.requests[Handle(handles.day(request.expires_at), request.digest)] = request

    def _replace(self, write: Replaced) -> None:
        refresh = self.refreshes[write.handle]
        if refresh.replaced_at is not None:
            raise Lost(write)
        self.refreshes[write.handle] = replace(
            refresh, replaced_at=write.at, successor=write.successor.digest
        )

    def _use(self, write: Used) -> None:
        rows: dict[Handle, Any] = self.codes if write.kind == "code" else self.requests
        if rows[write.handle].used_at is not None:
            raise Lost(write)
        rows[write.handle] = replace(rows[write.handle], used_at=write.at)

    # --- what the doors do ----------------------------------------------------------------------

    def _known(self) -> dict[str, Any]:
        return {"ring": ring(), "issuer": ISSUER, "now": self.now}

    def ask(
        self,
        endpoint: Any,
        parameters: Mapping[str, Any],
        speaker: str,
        *,
        jkt: str = "",
        once: tuple[Once, ...] = (),
    ) -> Decision:
        """A request at one of the endpoints, by a client that has proven itself."""
        asked = Parameters.of({"client_id": speaker} | dict(parameters))
        verifying = endpoint in (introspection, revocation)
        try:
            needs = endpoint.wants(asked, speaker, **(self._known() if verifying else {}))
        except OAuthProblem as problem:
            return refused(problem)
        return self._settle(endpoint, Call(asked, self.clients[speaker], needs, jkt, once))

    def _settle(self, endpoint: Any, call: Call) -> Decision:
        for _ in range(3):
            facts = self.facts(call.needs)
            decision: Decision = endpoint.decide(call, facts, **self._known(), fresh=self.fresh)
            try:
                self.write(decision.writes, decision.event)
            except Lost as lost:
                if isinstance(lost.write, Once):
                    return refused(replayed(lost.write))
                continue
            return decision
        raise AssertionError("a decision that is never first")

    def token(self, parameters: Mapping[str, Any], speaker: str = "spse", **how: Any) -> Decision:
        return self.ask(token, parameters, speaker, **how)

    def exchange(self, code: str, speaker: str = "spse", **more: Any) -> Decision:
        """An ordinary code exchange; members of the request by name, `jkt` for a proof."""
        jkt = more.pop("jkt", "")
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "code_verifier": VERIFIER,
        }
        return self.token(asked | more, speaker, jkt=jkt)

    def refresh(self, text: str, speaker: str = "spse", **more: Any) -> Decision:
        jkt = more.pop("jkt", "")
        asked = {"grant_type": "refresh_token", "refresh_token": text}
        return self.token(asked | more, speaker, jkt=jkt)

    def needs(self, parameters: Mapping[str, Any], speaker: str = "spse") -> Needs:
        """What the token endpoint wants read for a request."""
        return token.wants(Parameters.of(parameters), speaker)

    def push(self, parameters: Mapping[str, Any], speaker: str = "spse", **how: Any) -> Decision:
        return self.ask(pushed, parameters, speaker, **how)

    def introspect(self, text: str, speaker: str = "spse") -> dict[str, Any]:
        decision = self.ask(introspection, {"token": text}, speaker)
        assert not isinstance(decision.body, bytes)
        return dict(decision.body)

    def revoke(self, text: str, speaker: str = "spse", **more: str) -> Decision:
        return self.ask(revocation, {"token": text} | more, speaker)

    def userinfo(self, text: str, scheme: str = "Bearer", jkt: str = "") -> Decision:
        try:
            came = userinfo.presented(f"{scheme} {text}")
            needs = userinfo.wants(came, **self._known())
        except OAuthProblem as problem:
            return refused(problem)
        client = self.clients[needs.issued_to]
        call = Call(Parameters.of({}), client, needs, jkt, scheme=came.scheme)
        return self._settle(userinfo, call)

    # --- what the page does ---------------------------------------------------------------------

    def signed_in(self, **fields: Any) -> authorize.SignedIn:
        """The person, an hour ago, with password and app."""
        told: dict[str, Any] = {
            "person": PERSON,
            "session": SESSION,
            "sid": "sid-1",
            "subject": "subject-of-sri",
            "acr": 2,
            "methods": ("password", "totp"),
            "signed_in_at": self.now - timedelta(hours=1),
        }
        return authorize.SignedIn(**(told | fields))

    def read(self, **more: Any) -> authorize.Asked:
        """Read an authorization request; members by name.

        :raises OAuthProblem: and :raises Returned: as the page would get them.
        """
        return self.read_exactly(asking(**more))

    def read_exactly(self, parameters: Mapping[str, Any]) -> authorize.Asked:
        asked = Parameters.of(parameters)
        return authorize.read(asked, self.facts(authorize.wants(asked)), **self._known())

    def need(self, consented: frozenset[str] | None = None, **more: Any) -> authorize.Need:
        """What is missing for a request by the person who signed in an hour ago."""
        signed_in = more.pop("signed_in", self.signed_in())
        asked_at = more.pop("asked_at", self.now)
        return authorize.needs(
            self.read(**more), signed_in, consented, asked_at=asked_at, now=self.now
        )

    def allow(self, asked: authorize.Asked, allowed: frozenset[str] | None = None) -> str:
        """Give the code and write it; a pushed request that was used meanwhile is `Lost`."""
        granted = authorize.grant_code(
            asked,
            self.signed_in(),
            asked.consents if allowed is None else allowed,
            issuer=ISSUER,
            now=self.now,
            fresh=self.fresh,
        )
        self.write(granted.writes, granted.event)
        return members(granted.answer)["code"]

    def code(self, **more: Any) -> str:
        """A code for an ordinary request; members of the request by name."""
        return self.allow(self.read(**more))

    def tokens(self, speaker: str = "spse", *, jkt: str = "", **more: Any) -> dict[str, Any]:
        """Sign in and exchange."""
        decision = self.exchange(self.code(client_id=speaker, **more), speaker, jkt=jkt)
        assert decision.status == 200, decision.problem
        return body(decision)


def body(decision: Decision) -> dict[str, Any]:
    """A JSON reply."""
    assert not isinstance(decision.body, bytes)
    return dict(decision.body)


def why(decision: Decision) -> str:
    """The inner reason of a refusal, "" when granted."""
    return decision.problem.why if decision.problem else ""


def error(decision: Decision) -> str:
    """The error code of a refusal, "" when granted."""
    return str(body(decision).get("error", "")) if decision.body else ""


def id_claims(tokens: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the ID Token."""
    return ring().verify(tokens["id_token"], typ=("jwt",))


def access_claims(tokens: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the access token."""
    return ring().verify(tokens["access_token"], typ=("at+jwt",))
