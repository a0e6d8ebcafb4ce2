"""`gapura tokens`: what programs show at the machines' doors, made and revoked on the server."""

import argparse
import json
from dataclasses import asdict
from uuid import UUID

from gapura.authentication.queries import TokenView, tokens_of
from gapura.authentication.services import issue_token
from gapura.authentication.services import revoke_token as revoke
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.ops.trouble import Trouble, say

_CONSOLE = system_actor("console")


def create_token(options: argparse.Namespace) -> int:
    """Issue one and print it, once: only its hash is kept."""
    issued = issue_token(
        actor=_CONSOLE,
        name=options.name or " ".join(options.scope),
        scopes=options.scope,
        networks=getattr(options, "from") or (),
        days=options.days,
    )
    if options.json:
        print(json.dumps({"token": issued.token, **_as_object(issued.view)}))
        return 0
    print(issued.token)
    say(f"the token {issued.view.name} works until {issued.view.expires_at:%Y-%m-%d %H:%M} UTC")
    say("it is shown this once; keep it as you keep a password")
    return 0


def list_tokens(options: argparse.Namespace) -> int:
    """All that were ever issued, the newest first, without the tokens themselves."""
    found = tokens_of(_CONSOLE)
    if options.json:
        print(json.dumps([_as_object(view) for view in found], indent=1))
        return 0
    head = ("id", "begins", "name", "scopes", "from", "expires", "last used", "state")
    rows = [head, *map(_line, found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())
    return 0


def revoke_token(options: argparse.Namespace) -> int:
    """End one at once.

    :raises Trouble: for what is no number of a token.
    """
    try:
        token_id = UUID(options.id)
    except ValueError:
        raise Trouble(
            f"{options.id!r} is no number of a token. `gapura tokens list` shows them."
        ) from None
    revoke(actor=_CONSOLE, token_id=token_id, reason=options.reason)
    if options.json:
        print(json.dumps({"id": str(token_id), "state": "revoked"}))
    else:
        say("revoked: the next request that shows it is refused")
    return 0


def _state(view: TokenView) -> str:
    if view.revoked_at is not None:
        return "revoked"
    return "expired" if clock.now() >= view.expires_at else "works"


def _as_object(view: TokenView) -> dict[str, object]:
    plain = {
        name: value if isinstance(value, str | tuple | None) else str(value)
        for name, value in asdict(view).items()
    }
    moments = ("created_at", "expires_at", "revoked_at", "last_used_on")
    told = {n: v.isoformat() for n in moments if (v := getattr(view, n)) is not None}
    return {**plain, **told, "state": _state(view)}


def _line(view: TokenView) -> tuple[str, ...]:
    return (
        str(view.id),
        view.hint,
        view.name,
        ",".join(view.scopes),
        ",".join(view.networks) or "anywhere",
        f"{view.expires_at:%Y-%m-%d}",
        f"{view.last_used_on}" if view.last_used_on else "never",
        _state(view),
    )
