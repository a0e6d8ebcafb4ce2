"""Offboarding: all that hangs on a person at an agency ends at once, their work is handed over."""

from gapura.journeys.offboarding.doing import LONGEST_REASON, Done, offboard
from gapura.journeys.offboarding.picture import Heir, Picture, look

__all__ = ["LONGEST_REASON", "Done", "Heir", "Picture", "look", "offboard"]
