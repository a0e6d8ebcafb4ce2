"""Signing out because an application asks for it (OpenID Connect RP-Initiated Logout 1.0)."""

from django.conf import settings
from django.db import transaction

from gapura.audit.services import Subject, record
from gapura.authentication.services import sign_out
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.sso import events
from gapura.sso.permissions import Can
from gapura.sso.protocol import logout as protocol
from gapura.sso.protocol.logout import LogoutAsked
from gapura.sso.protocol.parameters import query
from gapura.sso.queries.asking import known_for, signed_in_at
from gapura.sso.queries.keys import ring


def read_logout(*, actor: Actor, query_text: str) -> LogoutAsked:
    """What an application asks; nothing is done yet.

    :raises OAuthProblem: to be shown; the browser must not be sent anywhere.
    """
    parameters = query(query_text)
    needs = protocol.wants(parameters, ring=ring(), issuer=settings.PUBLIC_URL)
    known = known_for(actor, needs)
    return protocol.read(parameters, known.facts, needs)


def is_about_another(actor: Actor, asked: LogoutAsked) -> bool:
    """The application means somebody else than who is signed in here."""
    if asked.client is None or not asked.subject:
        return False
    here = signed_in_at(actor, asked.client)
    return here is not None and here.subject != asked.subject


def sign_out_from(*, actor: Actor, asked: LogoutAsked) -> None:
    """End the session of this browser; each application that is signed in with it is told.

    Nothing happens for somebody who is not signed in.
    """
    if not actor.signed_in:
        return
    require(actor, Can.ASK_LOGOUT)
    with transaction.atomic():
        if asked.client is not None:
            client = asked.client
            subject = Subject("client", str(client.id), client.name)
            facts = {"client_id": client.client_id}
            record(actor, events.LOGOUT_ASKED, subject, facts=facts, person=actor.who)
        sign_out(actor=actor)
