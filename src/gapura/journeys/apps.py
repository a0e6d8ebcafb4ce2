"""The journeys room as a Django app."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Acts that cross rooms: registration, activation, recovery, escalation."""

    name = "gapura.journeys"
    label = "journeys"
