"""Looking at what another person may do: the answer, and the record that somebody looked."""

from dataclasses import replace

from django.db import transaction

from gapura.access import events
from gapura.access.queries.held import HolderView, explain, holder
from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.kernel.actor import Actor
from gapura.organizations.queries import Spot


def look_at_holder(
    *, actor: Actor, username: str, permission: str = "", spot: Spot | None = None
) -> HolderView:
    """A person's grants; with `permission` and `spot` also whether they may do that there, and why.

    Looking at somebody else is recorded, with what was asked.

    :raises NoSuchHolder: unknown, or nobody whom the actor's agency has to do with.
    :raises Refused: when only a stronger sign-in is missing.
    """
    with transaction.atomic():
        found = holder(actor, username)
        if permission:
            found = replace(found, decision=explain(found, permission, spot))
        if actor.person != found.subject.id:
            place = (spot.unit or spot.agency or spot.company or spot.kind) if spot else ""
            facts = {"permission": permission, "place": place} if permission else {}
            subject = Subject("person", str(found.subject.id), found.subject.username)
            audit.record(actor, events.HOLDER_SHOWN, subject, facts=facts, person=found.subject.id)
    return found
