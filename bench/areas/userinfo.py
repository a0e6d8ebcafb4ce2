"""Who somebody is, told against an access token."""

from collections.abc import Sequence

from bench import parties, peer, versus
from bench.figures import Report
from bench.stage import Server, Stage
from bench.wire import Line

TIMES = 1.2
TOKENS = 16


def measure() -> Report:
    """Tokens of people with the scope `openid`, each shown by turns."""
    return versus.measure("userinfo", "userinfo", _sides, times=TIMES)


def _sides(_here: Stage) -> tuple[versus.Prepare, versus.Prepare]:
    party = parties.party()

    def ours(server: Server) -> Sequence[bytes]:
        tokens = parties.access_tokens(server, party, parties.refreshes(party, TOKENS))
        with Line(server.port) as line:
            return [
                line.request("GET", "/oauth2/userinfo", [f"Authorization: Bearer {token}"])
                for token in tokens
            ]

    def theirs(server: Server) -> Sequence[bytes]:
        tokens = [
            peer.sign_in(server, n, token=True, client=peer.KEEPER) for n in range(1, TOKENS + 1)
        ]
        return [peer.userinfo(server, one["access_token"]) for one in tokens]

    return ours, theirs
