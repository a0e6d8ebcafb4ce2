"""This room as the guardian of accounts: what bars a person, how they sign in, who is told."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet

from gapura.accounts.queries import guard_accounts, person_by_id, recipient
from gapura.authentication.endings import sessions_ended
from gapura.authentication.models import AccountLock, Password
from gapura.authentication.queries import has_strong_factor
from gapura.authentication.services.disavowals import link_for
from gapura.authentication.services.notices import tell_all_channels
from gapura.kernel.actor import Actor
from gapura.notifications.services import notify

_OF_PERSON = {"person": OuterRef("pk")}


class Guardian:
    """See `accounts.guardian.Guardian`; the words of `bars` are codes of `access` decisions."""

    def bars(self) -> Mapping[str, QuerySet[Any]]:
        """A lock that holds, and a new password that is demanded."""
        return {
            "locked": AccountLock.objects.filter(**_OF_PERSON, lifted_at__isnull=True),
            "must_change": Password.objects.filter(**_OF_PERSON).exclude(must_change=""),
        }

    def has_strong_factor(self, person: UUID) -> bool:
        """An app that is confirmed, or a passkey that works."""
        return has_strong_factor(person)

    def tell(
        self,
        actor: Actor,
        person: UUID,
        template: str,
        facts: Mapping[str, Any],
        what: str,
        link: str = "",
    ) -> None:
        """To the address that stands in the database now, and to a proven telephone.

        A number that has just changed is no way to reach the owner; the one before is told by its
        own room.
        """
        not_me = link_for(person, what, actor.session)
        facts = {**facts, "not_me": not_me if link else ""}
        link = link or not_me
        if what == "phone":
            notify(recipient(person_by_id(person)), template, facts, link=link)
        else:
            tell_all_channels(person, template, facts, link=link)

    def shut_out(self, person: UUID) -> None:
        """Sessions look at the account's state, so nothing is written; those above are told."""
        sessions_ended(person)


guard_accounts(Guardian())
