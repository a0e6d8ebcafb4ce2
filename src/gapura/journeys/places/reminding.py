"""Administrators of agencies hear which units they have to confirm."""

from django.db import transaction

from gapura.access.queries import holders
from gapura.accounts.queries import people_by_id, recipient
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.notifications.services import Message, notify_many
from gapura.organizations.permissions import Can
from gapura.organizations.queries import agencies_to_remind, agency
from gapura.organizations.services import note_reminded

ADMIN = "admin_instansi"


def remind_of_units(*, actor: Actor) -> int:
    """Tell the administrators of up to 200 agencies; answers how many agencies.

    An agency is told once in the period that the rule names, whether it has administrators or not.
    Only the system does this.

    :raises Refused: a person tried.
    """
    require(actor, Can.REMIND_PLACES)
    due = agencies_to_remind()
    for code, units in due:
        with transaction.atomic():
            note_reminded(actor=actor, agency=code)
            values = {"agency": agency(code).name, "units": units}
            people = people_by_id(set(holders(ADMIN, code))).values()
            notify_many(
                Message(
                    recipient(row),
                    "journeys/mail/units_to_confirm.txt",
                    values,
                    link="/people/units",
                )
                for row in people
            )
    return len(due)
