"""Regions, agencies and units that ship with the product."""

import csv
from dataclasses import dataclass
from importlib.resources import files

from django.db import transaction

from gapura.accounts.queries import regions
from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import require
from gapura.organizations import events
from gapura.organizations.models import Agency, Region, Unit
from gapura.organizations.permissions import Can
from gapura.organizations.services.tree import fill_paths

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were new."""

    regions: int
    agencies: int
    units: int


def load_reference(*, actor: Actor | None = None) -> Loaded:
    """Add the reference rows that are not there yet; what an administrator changed stays as it is.

    Doing it again adds nothing. Under a second for all.
    """
    actor = actor or system_actor("reference")
    with transaction.atomic():
        require(actor, Can.LOAD_REFERENCE)
        loaded = Loaded(_regions(), _agencies(), _units())
        if loaded != Loaded(0, 0, 0):
            facts = {
                "regions": loaded.regions,
                "agencies": loaded.agencies,
                "units": loaded.units,
            }
            audit.record(
                actor, events.REFERENCE_LOADED, Subject("reference", "reference"), facts=facts
            )
    return loaded


def _read(name: str) -> list[dict[str, str]]:
    source = files("gapura.organizations").joinpath("reference", name)
    return list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


def _regions() -> int:
    there = set(Region.objects.values_list("code", flat=True))
    new = [Region(code=code, name=name) for code, name in regions().items() if code not in there]
    Region.objects.bulk_create(new, BATCH, ignore_conflicts=True)
    return len(new)


def _agencies() -> int:
    there = set(Agency.objects.values_list("code", flat=True))
    new = [
        Agency(
            code=row["code"],
            name=row["name"],
            short=row["short"],
            kind=row["kind"],
            region_id=row["region"] or None,
        )
        for row in _read("agencies.csv")
        if row["code"] not in there
    ]
    Agency.objects.bulk_create(new, BATCH, ignore_conflicts=True)
    return len(new)


def _units() -> int:
    there = set(Unit.objects.values_list("code", flat=True))
    new = [
        Unit(
            code=row["code"],
            agency_id=row["agency"],
            parent_id=row["parent"] or None,
            name=row["name"],
            zone=row["zone"],
        )
        for row in _read("units.csv")
        if row["code"] not in there
    ]
    Unit.objects.bulk_create(new, BATCH, ignore_conflicts=True)
    fill_paths()
    return len(new)
