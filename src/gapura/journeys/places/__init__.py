"""Units and agencies change: people are told, requests follow, what is due is reminded of."""

from gapura.journeys.places.deciding import (
    close_agency,
    close_unit,
    merge_unit,
    move_unit,
    rename_agency,
    rename_unit,
    take_back,
)
from gapura.journeys.places.following import follow_changes
from gapura.journeys.places.reminding import remind_of_units

__all__ = [
    "close_agency",
    "close_unit",
    "follow_changes",
    "merge_unit",
    "move_unit",
    "remind_of_units",
    "rename_agency",
    "rename_unit",
    "take_back",
]
