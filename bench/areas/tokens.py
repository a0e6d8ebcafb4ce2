"""Whether millions of live refresh tokens are felt: the same refreshes before and after.

Hours may lie between the two on a machine that others use, too: each round also asks for tokens
that need none of these tables, and what is compared is how a refresh stands to those.
BENCH_TOKENS says how many (10,000,000); each tenth of them has an authorization of its own.
"""

import os
import statistics
from collections.abc import Sequence

from bench import parties
from bench.figures import Figure, Report
from bench.flood import LINES, Flooded, flood
from bench.stage import Server, Stage, stage, tell

TOKENS = int(os.environ.get("BENCH_TOKENS", "10000000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
# Spread over all: that they are found must not be owed to a few warm pages.
SAMPLE = 5000
MOST = 1.2
_PER_AUTHORIZATION = 10
_AUTHORIZATIONS = """
    INSERT INTO sso_authorization (
        id, client_id, person_id, session, sid, subject, scopes, claims, resources, acr, methods,
        signed_in_at, offline, jkt, created_at, end_reason)
    SELECT md5('authorization' || n)::uuid, a.client_id, a.person_id, a.session, 'sid+' || n,
           'sub+' || n, a.scopes, '', '', 2, a.methods, now(), false, '', now(), ''
      FROM generate_series(0, %s::int) n, (SELECT * FROM sso_authorization LIMIT 1) a
"""
_REFRESHES = """
    INSERT INTO sso_refresh (
        bucket, digest, "authorization", scopes, jkt, issued_at, expires_at, family_started_at)
    SELECT r.bucket, sha256(('token' || n)::bytea),
           md5('authorization' || (n / %s::int))::uuid, r.scopes, '', now(), r.expires_at, now()
      FROM generate_series(%s::int, %s::int) n, (SELECT * FROM sso_refresh LIMIT 1) r
"""
_AT_ONCE = 500_000


Round = tuple[Flooded, Flooded]


def measure() -> Report:
    """Refreshes with nothing else there, and with all of them."""
    with stage() as here:
        server, party = here.serve(role="doors", WORKERS="1"), parties.party()
        own = [party.form(server, "/oauth2/token", grant_type="client_credentials")]
        requests = [
            party.form(server, "/oauth2/token", grant_type="refresh_token", refresh_token=token)
            for token in parties.refreshes(party, SAMPLE)
        ]
        empty = _rounds(here, server, (requests, own), "a few")
        _fill()
        full = _rounds(here, server, (requests, own), f"{TOKENS:,}")
        size = _size()
    figures = [*_figures("few", empty), *_figures("all", full)]
    for name, of in (("p50", "p50"), ("CPU", "cpu")):
        ratio = _beside(full, of) / _beside(empty, of)
        figures.append(Figure(f"all / few, {name}, beside other tokens", ratio, "x", MOST))
    return Report("tokens", tuple(figures), {"tokens": TOKENS, "GB": size, "connections": LINES})


def _rounds(
    here: Stage, server: Server, asked: tuple[Sequence[bytes], Sequence[bytes]], what: str
) -> list[Round]:
    """Refreshes, and beside them what does not depend on how many there are."""
    for requests in asked:
        flood(here, server, requests, seconds=1)
    tell(f"measuring with {what} refresh tokens")
    return [
        (flood(here, server, asked[0], seconds=SECONDS), flood(here, server, asked[1], seconds=1))
        for _ in range(ROUNDS)
    ]


def _figures(name: str, rounds: Sequence[Round]) -> list[Figure]:
    p50, cpu = (statistics.median(getattr(r, of) for r, _ in rounds) for of in ("p50", "cpu"))
    return [
        Figure(f"refresh among {name}: p50", p50, "ms"),
        Figure(f"refresh among {name}: CPU", cpu, "ms"),
    ]


def _beside(rounds: Sequence[Round], of: str) -> float:
    """How a refresh stands to a token for the client itself, at the same moment."""
    return statistics.median(float(getattr(r, of)) / float(getattr(o, of)) for r, o in rounds)


def _fill() -> None:
    from django.db import connection

    tell(f"{TOKENS:,} refresh tokens")
    with connection.cursor() as cursor:
        cursor.execute(_AUTHORIZATIONS, [TOKENS // _PER_AUTHORIZATION])
        for start in range(0, TOKENS, _AT_ONCE):
            end = min(start + _AT_ONCE, TOKENS) - 1
            cursor.execute(_REFRESHES, [_PER_AUTHORIZATION, start, end])
        # As autovacuum leaves them, only sooner.
        cursor.execute("VACUUM ANALYZE sso_authorization")
        cursor.execute("VACUUM ANALYZE sso_refresh")


def _size() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('sso_refresh')"
        )
        row = cursor.fetchone()
    return round(float(row[0] if row else 0) / 1e9, 2)
