"""Who guards accounts: a room above this one, which puts itself here as it starts.

What keeps a person out and what a person signs in with is known up there only, yet who decides
about a person down here has to know it, too.
"""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet

from gapura.kernel.actor import Actor


class Guardian(Protocol):
    """What this room asks of whoever guards accounts."""

    def bars(self) -> Mapping[str, QuerySet[Any]]:
        """By a word for it, the gravest first: the rows about a person (`OuterRef("pk")`) that keep
        them from acting at all. Part of the statement with which decisions read who is asked about.
        """
        ...

    def has_strong_factor(self, person: UUID) -> bool:
        """The person signs in with an authenticator app or a passkey."""
        ...

    def tell(
        self,
        actor: Actor,
        person: UUID,
        template: str,
        facts: Mapping[str, Any],
        what: str,
        link: str = "",
    ) -> None:
        """Send a notice to the owner in every way there is, with the link "this was not me", or
        with `link` in its place; then the template has the other one as `not_me`.

        `what` says what it is about: `email` or `phone`. The address is the one that stands in the
        database now. Part of the running transaction.
        """
        ...

    def shut_out(self, person: UUID) -> None:
        """From now on this account lets nobody in: what is open has ended with this transaction."""
        ...


_guardian: list[Guardian] = []


def guard_accounts(guardian: Guardian) -> None:
    """Put the guardian in its place; the last one counts."""
    _guardian[:] = [guardian]


def guardian() -> Guardian:
    """Whoever guards accounts.

    :raises RuntimeError: nobody does: then nothing may go on as if all were well.
    """
    if not _guardian:
        raise RuntimeError("nobody guards accounts: the room of signing in did not start")
    return _guardian[0]
