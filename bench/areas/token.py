"""A token for the client itself: ours with its entry in the log on disk, the peer's without one."""

from collections.abc import Sequence

from bench import parties, peer, versus
from bench.figures import Report
from bench.stage import Server, Stage

TIMES = 1.2


def measure() -> Report:
    """Client credentials, an ES256 JWT, over sixteen lines."""
    return versus.measure("token", "token", _sides, times=TIMES)


def _sides(_here: Stage) -> tuple[versus.Prepare, versus.Prepare]:
    party = parties.party()

    def ours(server: Server) -> Sequence[bytes]:
        return [party.form(server, "/oauth2/token", grant_type="client_credentials")]

    def theirs(server: Server) -> Sequence[bytes]:
        return [peer.form(server, "/token", grant_type="client_credentials")]

    return ours, theirs
