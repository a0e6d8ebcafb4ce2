"""A sign-in that an application asks for, up to its tokens, against the bare password hash.

Ours asks for a code of the app too and writes it all into the log; the peer asks for a password
alone. Neither asks for consent: the application is one's own.
"""

import json
import secrets
import statistics
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from bench import crew, parties, peer
from bench.areas.signin import DEVICE, WHO, Devices, hash_ms
from bench.cpu import cpu_ms, tree, with_ended_ms
from bench.figures import Figure, Report
from bench.people import keys
from bench.stage import Server, Stage, stage, tell
from bench.versus import ROUNDS
from bench.wire import Line, Visitor

WARM = 4
# At least 0.65 of the rate of pure hashes, and 1.1 times the peer's.
MOST_HASHES, MOST_PEER = 1 / 0.65, 1 / 1.1


def measure() -> Report:
    """Both by turns, in bare hashes of that moment."""
    with stage() as here:
        crew.freshen_passwords()
        party, devices = parties.party(asks_consent=False), Devices()
        ours, theirs = here.serve(), peer.oidc_provider(here)
        for _ in range(WARM):
            _walk(ours, party, devices)
            _walk_peer(theirs)
            _forget()
        tell("measuring")
        rounds = [
            _round(
                (here, ours, lambda: _walk(ours, party, devices)),
                (here, theirs, lambda: _walk_peer(theirs)),
            )
            for _ in range(ROUNDS)
        ]
    us, them = (statistics.median(one[n] for one in rounds) for n in range(2))
    ratio = statistics.median(one[0] / one[1] for one in rounds)
    figures = (
        Figure("our flow / the bare hash", us, "x", MOST_HASHES, f"{1 / us:.2f} of its rate"),
        Figure("oidc-provider's flow / the bare hash", them, "x", None, f"{1 / them:.2f}"),
        Figure("our flow / oidc-provider's", ratio, "x", MOST_PEER, f"{1 / ratio:.2f} times"),
    )
    return Report("flow", figures)


Walk = tuple[Stage, Server, Callable[[], None]]


def _round(ours: Walk, theirs: Walk) -> tuple[float, float]:
    bare = hash_ms()
    us, them = _spent(*ours), _spent(*theirs)
    bare = (bare + hash_ms()) / 2
    _forget()
    return us / bare, them / bare


def _spent(here: Stage, server: Server, walk: Callable[[], None]) -> float:
    """Milliseconds of app and engine for each person."""
    own = tree(server.pid)
    before = cpu_ms(own) + with_ended_ms(here.engine)
    walk()
    return (cpu_ms(own) + with_ended_ms(here.engine) - before) / len(WHO)


def _forget() -> None:
    crew.leave()
    crew.forget_limits()


def _walk(server: Server, party: parties.Party, devices: Devices) -> None:
    """Each of them once, in a browser that is known from the second time on."""
    for name in WHO:
        with Line(server.port) as line:
            visitor = Visitor(line)
            if name in devices:
                visitor.cookies[DEVICE] = devices[name]
            _arrive(visitor, line, party, name)
            devices[name] = visitor.cookies[DEVICE]


def _arrive(visitor: Visitor, line: Line, party: parties.Party, name: str) -> None:
    """From the application's link to its tokens.

    :raises RuntimeError: it got none
    """
    from gapura.authentication.queries import app_code

    key, proof = keys()[name], secrets.token_urlsafe(32)
    asked = peer.asked(proof, party.row.client_id, parties.BACK)
    login = visitor.get(f"/oauth2/authorize?{asked}").one("location")
    visitor.get(login)
    onward = visitor.post(login, username=name, password=key.password).one("location")
    visitor.get(onward)
    again = visitor.post(onward, code=app_code(key.totp_secret)).one("location")
    back = parse_qs(urlsplit(visitor.get(again).one("location")).query)
    if "code" not in back:
        raise RuntimeError(f"{name} was not let in: {back or again}")
    body = party.body(
        grant_type="authorization_code",
        code=back["code"][0],
        redirect_uri=parties.BACK,
        code_verifier=proof,
    )
    reply = line.ask("POST", "/oauth2/token", body=body)
    if reply.status != 200 or "id_token" not in json.loads(reply.body):
        raise RuntimeError(f"no token: {reply.status} {reply.body[:300]!r}")


def _walk_peer(server: Server) -> None:
    for number in range(len(WHO)):
        peer.sign_in(server, number + 1, token=True)
