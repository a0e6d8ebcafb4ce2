"""Deeds that tests confirm with the real code of a persona's authenticator app."""

from gapura.authentication import services
from gapura.authentication.models import Totp
from gapura.authentication.queries import app_code
from gapura.authentication.services import Deed
from gapura.kernel.actor import Actor

__all__ = ["Deed", "confirmed", "next_code"]


def next_code(actor: Actor) -> str:
    """What the actor's app shows; an earlier code of the same half minute does not stand in it."""
    apps = Totp.objects.filter(person=actor.who, confirmed_at__isnull=False)
    apps.update(last_step=0)
    return app_code(apps.get().secret)


def confirmed(actor: Actor, digest: str, deed: str) -> Deed:
    """The actor types the app's code for a document; answers the deed to hand to a service."""
    return services.confirm_deed(actor=actor, code=next_code(actor), digest=digest, deed=deed)
