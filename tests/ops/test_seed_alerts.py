"""The sample data's alerts: some open, some disposed of, the same each time, and only once."""

from collections import Counter

import pytest

from gapura.ops.seeding.alerts import look_back
from gapura.ops.seeding.cast import HOME
from gapura.reports.models import Alert
from tests.house.things_oversight import alerted
from tests.personas import ClientFor

pytestmark = pytest.mark.django_db
RULES = ("dormant_used", "mass_export", "hasty_approval", "unread_approval", "night_approval",
         "granted_and_used")  # fmt: skip


def test_overseers_have_said_what_came_of_some(client_for: ClientFor) -> None:
    client_for("ppk")
    for rule in RULES:
        alerted("ppk", HOME, rule)
    assert look_back() >= 4
    states = Counter(Alert.objects.values_list("state", flat=True))
    assert {"explained", "followed_up", "upheld", "raised"} == set(states)
    assert all(row.reason for row in Alert.objects.exclude(state="raised"))
    assert look_back() == 0
    assert Counter(Alert.objects.values_list("state", flat=True)) == states
