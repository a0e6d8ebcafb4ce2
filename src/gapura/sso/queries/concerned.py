"""Who used an application, for whoever has to tell people of a breach there."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gapura.sso.models import Authorization, Client, Consent

_CHUNK = 5000


def people_of_client(client_id: str, since: datetime, until: datetime) -> Iterator[UUID] | None:
    """Whoever signed in there or allowed it something until then; None: no such application.

    What is allowed is open until it is taken back, so a consent of before counts, too.
    """
    client = Client.objects.filter(client_id=client_id).first()
    if client is None:
        return None
    used = Authorization.objects.filter(
        client=client, created_at__lte=until, signed_in_at__lte=until
    )
    given = Consent.objects.filter(client=client, given_at__lte=until).exclude(
        withdrawn_at__lt=since
    )
    return _each(used, given)


def _each(*found: "QuerySet[Any]") -> Iterator[UUID]:
    for rows in found:
        yield from rows.order_by().values_list("person", flat=True).distinct().iterator(_CHUNK)
