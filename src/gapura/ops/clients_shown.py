"""`gapura clients list` and `show`: applications as a table, in full, or as JSON."""

import argparse
import json
from collections.abc import Iterable
from typing import Any

from gapura.kernel.actor import system_actor
from gapura.sso.queries import ClientRow, ClientView, client_named, clients_for

_CONSOLE = system_actor("console")


def list_clients(options: argparse.Namespace) -> int:
    """The applications, the newest first, without their secrets."""
    rows = list(_all_rows("closed" if options.closed else "open"))
    if options.json:
        print(json.dumps([_as_object(row) for row in rows], indent=1))
        return 0
    head = ("client_id", "name", "owner", "state", "profile", "last used", "health")
    lines = [head, *map(_line, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip())
    return 0


def show_client(options: argparse.Namespace) -> int:
    """One with what it is registered with and the secrets that work, by their first signs."""
    view = client_named(_CONSOLE, options.client_id)
    told = _whole(view)
    if options.json:
        print(json.dumps(told, indent=1))
        return 0
    for name, value in told.items():
        print(f"{name}: {json.dumps(value) if isinstance(value, list | dict) else value}")
    return 0


def _all_rows(tab: str) -> Iterable[ClientRow]:
    page = clients_for(_CONSOLE, tab)
    yield from page.rows
    for number in range(2, page.pages + 1):
        yield from clients_for(_CONSOLE, tab, number).rows


def _as_object(row: ClientRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "client_id": row.client_id,
        "name": row.name,
        "agency": row.agency,
        "state": row.state,
        "sandbox": row.sandbox,
        "profile": row.profile,
        "registered_at": row.registered_at.isoformat(),
        "last_used_on": row.last_used_on.isoformat() if row.last_used_on else None,
        "failing_logouts": row.failing,
        "secret_ends": row.secret_ends.isoformat() if row.secret_ends else None,
    }


def _whole(view: ClientView) -> dict[str, Any]:
    agreed = view.contract
    secrets = [
        {
            "begins": one.hint,
            "made_at": one.made_at.isoformat(),
            "ends_at": one.ends_at.isoformat() if one.ends_at else None,
        }
        for one in view.secrets
    ]
    return {
        **_as_object(view.row),
        **view.metadata,
        "needs_pkce": agreed.needs_pkce,
        "roles": list(agreed.roles),
        "agencies": list(agreed.agencies),
        "audiences": list(agreed.audiences),
        "resource": agreed.resource,
        "least_acr": agreed.least_acr,
        "asks_consent": agreed.asks_consent,
        "secrets": secrets,
    }


def _line(row: ClientRow) -> tuple[str, ...]:
    health = [f"{row.failing} logouts given up"] if row.failing else []
    health += [f"secret ends {row.secret_ends:%Y-%m-%d}"] if row.secret_ends else []
    return (
        row.client_id,
        row.name,
        row.agency or "platform",
        f"{row.state} (sandbox)" if row.sandbox else row.state,
        row.profile,
        f"{row.last_used_on}" if row.last_used_on else "never",
        ", ".join(health) or "fine",
    )
