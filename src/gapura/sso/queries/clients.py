"""Applications as those see them who look after them: the list with its health."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.sso.models import Client, ClientKeys, ClientSecret, LogoutDelivery
from gapura.sso.permissions import Can
from gapura.sso.rules import ENDING_DAYS, LATELY
from gapura.sso.states import CLOSED, SUSPENDED

PAGE = 40
_PLATFORM = "admin_platform"
_SOON = timedelta(days=ENDING_DAYS)
TABS: Mapping[str, Q] = {
    "open": ~Q(state=CLOSED),
    "sandbox": ~Q(state=CLOSED) & Q(sandbox=True),
    "suspended": Q(state=SUSPENDED),
    "closed": Q(state=CLOSED),
}


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One line of the list. `agency` is a code, empty for the platform.

    `failing` counts messages about ended sign-ins that were given up lately; `secret_ends` is when
    its last secret ends, if that is soon; `keys_fault` why its keys could not be fetched.
    """

    id: UUID
    client_id: str
    name: str
    agency: str
    state: str
    sandbox: bool
    profile: str
    registered_at: datetime
    last_used_on: date | None
    failing: int
    secret_ends: datetime | None
    keys_fault: str


@dataclass(frozen=True, slots=True)
class ClientPage:
    """Lines of one page, how many there are per tab, and the pages."""

    rows: tuple[ClientRow, ...]
    counts: Mapping[str, int]
    page: int
    pages: int


def clients_for(actor: Actor, tab: str = "open", page: int = 1) -> ClientPage:
    """Those in the actor's care, the newest first. Two statements.

    :raises Refused: for others than administrators.
    """
    require(actor, Can.LIST_CLIENTS)
    rows = _in_care(actor)
    chosen = tab if tab in TABS else "open"
    counts = rows.aggregate(**{name: Count("pk", filter=which) for name, which in TABS.items()})
    pages = max(1, -(-counts[chosen] // PAGE))
    page = min(max(page, 1), pages)
    found = with_health(rows.filter(TABS[chosen])).order_by("-id")[(page - 1) * PAGE : page * PAGE]
    return ClientPage(tuple(map(row_of, found)), counts, page, pages)


def _in_care(actor: Actor) -> "QuerySet[Client]":
    """All for the platform and the system, an agency's for its administrators."""
    if actor.system or actor.role == _PLATFORM:
        return Client.objects.all()
    return Client.objects.filter(agency=actor.agency).exclude(agency="")


def with_health(rows: "QuerySet[Client]") -> "QuerySet[Client, Any]":
    """The same with what `row_of` tells of the health of each, in the same statement."""
    now = clock.now()
    secrets = ClientSecret.objects.filter(client=OuterRef("pk"))
    lasting = secrets.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now + _SOON))
    ending = secrets.filter(ends_at__gt=now).values("client").annotate(at=Min("ends_at"))
    lost = LogoutDelivery.objects.filter(client=OuterRef("pk"), dead_at__gt=now - LATELY)
    keys = ClientKeys.objects.filter(client=OuterRef("pk"))
    return rows.annotate(
        lasts=Exists(lasting),
        secret_ends=Subquery(ending.values("at")),
        failing=Subquery(lost.values("client").annotate(n=Count("pk")).values("n")),
        keys_fault=Subquery(keys.values("fault")),
    )


def row_of(row: Any) -> ClientRow:
    """A line of the list, from a row of `with_health`."""
    return ClientRow(
        id=row.id,
        client_id=row.client_id,
        name=row.name,
        agency=row.agency,
        state=row.state,
        sandbox=row.sandbox,
        profile=row.profile,
        registered_at=row.registered_at,
        last_used_on=row.last_used_on,
        failing=row.failing or 0,
        secret_ends=None if row.lasts else row.secret_ends,
        keys_fault=row.keys_fault or "",
    )
