"""What a token is worth now: ours by what it rests on at that moment, the peer's by its row."""

from collections.abc import Sequence

from bench import parties, peer, versus
from bench.figures import Report
from bench.stage import Server, Stage

TIMES = 1.2
TOKENS = 16


def measure() -> Report:
    """Tokens of people, each asked about by turns."""
    return versus.measure("introspection", "introspection", _sides, times=TIMES)


def _sides(_here: Stage) -> tuple[versus.Prepare, versus.Prepare]:
    party = parties.party()

    def ours(server: Server) -> Sequence[bytes]:
        tokens = parties.access_tokens(server, party, parties.refreshes(party, TOKENS))
        return [party.form(server, "/oauth2/introspect", token=token) for token in tokens]

    def theirs(server: Server) -> Sequence[bytes]:
        tokens = [
            peer.sign_in(server, n, token=True, client=peer.KEEPER) for n in range(1, TOKENS + 1)
        ]
        return [
            peer.form(server, "/token/introspection", token=one["access_token"]) for one in tokens
        ]

    return ours, theirs
