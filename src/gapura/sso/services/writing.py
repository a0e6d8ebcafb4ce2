"""What the authorization endpoint writes: all of it or nothing, in few statements."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction

from gapura.audit.events import event_named
from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.sso.models import Consent
from gapura.sso.protocol.authorize import Granted
from gapura.sso.protocol.decisions import NewAuthorization, NewCode, Write
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import Client
from gapura.sso.store import apply
from gapura.sso.store.writing import write_statement

_TOGETHER = (NewAuthorization, NewCode)


def write(writes: Iterable[Write]) -> None:
    """All of it, once. A code goes in with what it rests on, by one statement.

    :raises OAuthProblem: somebody was first: the same request in another window.
    """
    alone = [one for one in writes if not isinstance(one, _TOGETHER)]
    pairs = [one for one in writes if isinstance(one, _TOGETHER)]
    with transaction.atomic():
        if alone and apply(alone) is not None:
            raise over()
        if pairs:
            _write_together(pairs)


def _write_together(pairs: list[NewAuthorization | NewCode]) -> None:
    statements = [
        write_statement(kind, [one for one in pairs if isinstance(one, kind)], clock.now())
        for kind in _TOGETHER
    ]
    (given, rests), (code, of) = statements
    with connection.cursor() as cursor:
        cursor.execute(f"WITH given AS ({given}) {code}", [*rests, *of])


def note(actor: Actor, client: Client, granted: Granted) -> None:
    """The entry of the log about a sign-on."""
    event = event_named(granted.event.name)
    if event is None:
        raise RuntimeError(f"nobody declared {granted.event.name}")
    subject = Subject("client", str(client.id), client.name)
    record(actor, event, subject, facts=dict(granted.event.facts), person=actor.who)


def held_consent(person: UUID, client: UUID) -> frozenset[str] | None:
    """What is allowed at this moment, and until the transaction ends; None for nothing.

    Whoever takes it back meanwhile waits, and then ends what was given, too.
    """
    rows = Consent.objects.filter(person=person, client=client, withdrawn_at__isnull=True)
    row = rows.select_for_update().values_list("scopes", flat=True).first()
    return None if row is None else frozenset(row)


def over() -> OAuthProblem:
    """The request is no longer there to be answered."""
    return OAuthProblem(
        "invalid_request", "the request was answered before or waited too long", why="kept_over"
    )
