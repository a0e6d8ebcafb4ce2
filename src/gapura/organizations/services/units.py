"""What is kept of a unit besides its name: its tax number and its address."""

from dataclasses import dataclass

from django.db import transaction

from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations import events
from gapura.organizations.errors import NoSuchUnit
from gapura.organizations.models import Unit
from gapura.organizations.permissions import Can


@dataclass(frozen=True, slots=True)
class Described:
    """What the rules look at: the unit and its agency."""

    agency_id: str
    unit: Unit


def describe_unit(*, actor: Actor, code: str, npwp: str = "", address: str = "") -> None:
    """Keep what whoever registered for the unit told, once it was checked.

    A tax number (16 digits) replaces the one before. An address is taken only where there is none
    yet: the first registrant tells it. Nothing happens where nothing is new.

    :raises NoSuchUnit: unknown code.
    :raises Refused: not the agency's verifier, nor the platform.
    """
    with transaction.atomic():
        row = Unit.objects.select_for_update().filter(pk=code).first()
        if row is None:
            raise NoSuchUnit()
        require(actor, Can.DESCRIBE_UNIT, Described(row.agency_id, row))
        changed = []
        if npwp and npwp != row.npwp:
            row.npwp = npwp
            changed.append("npwp")
        if address and not row.address:
            row.address = address
            changed.append("address")
        if changed:
            row.save(update_fields=changed)
            subject = Subject("unit", row.code, row.code)
            facts = {"told": changed}
            audit.record(actor, events.UNIT_DESCRIBED, subject, facts=facts, agency=row.agency_id)
