"""A refresh token of a confidential client, used again and again, as FAPI 2.0 has it."""

from collections.abc import Sequence

from bench import parties, peer, versus
from bench.figures import Report
from bench.stage import Server, Stage

TIMES, TIMES_PYTHON = 1.2, 3.0
TOKENS = 16


def measure() -> Report:
    """Each answer is an access token and an ID Token, ours with its entry in the log."""
    return versus.measure("refresh", "refresh", _sides, times=TIMES, times_python=TIMES_PYTHON)


def _sides(_here: Stage) -> tuple[versus.Prepare, versus.Prepare]:
    party = parties.party()

    def ours(server: Server) -> Sequence[bytes]:
        return [
            party.form(server, "/oauth2/token", grant_type="refresh_token", refresh_token=token)
            for token in parties.refreshes(party, TOKENS)
        ]

    def theirs(server: Server) -> Sequence[bytes]:
        tokens = [
            peer.sign_in(server, n, token=True, client=peer.KEEPER)["refresh_token"]
            for n in range(1, TOKENS + 1)
        ]
        return [
            peer.form(server, "/token", grant_type="refresh_token", refresh_token=token)
            for token in tokens
        ]

    return ours, theirs
