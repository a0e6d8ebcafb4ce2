"""Erasing a person across all rooms: asked, cooled down, carried out, certified."""

from gapura.journeys.erasing.asking import Picture, ask, look
from gapura.journeys.erasing.doing import carry_out_due, drop_names_due, tidy_mails
from gapura.journeys.erasing.obstacles import Obstacle, obstacles

__all__ = [
    "Obstacle",
    "Picture",
    "ask",
    "carry_out_due",
    "drop_names_due",
    "look",
    "obstacles",
    "tidy_mails",
]
