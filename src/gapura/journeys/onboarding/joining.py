"""An invited person takes the role, with the identity proven where the registry can."""

from uuid import UUID

from gapura.access import services as access
from gapura.journeys.onboarding.identity import prove_identity
from gapura.kernel.actor import Actor


def accept_invitation(*, actor: Actor, token: str) -> UUID:
    """Accept; answers the grant, which works once it is activated and the identity is verified.

    Not inside a transaction. Raises as access.services.accept_invitation.
    """
    grant = access.accept_invitation(actor=actor, token=token)
    prove_identity(actor=actor)
    return grant
