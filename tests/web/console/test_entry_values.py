"""/console/log/<id>: recorded values as people read them."""

from datetime import timedelta

import pytest

from gapura.access.services import escalate_overdue
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from tests.access import world
from tests.web.browser import text_of
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


def test_moments_are_shown_in_the_readers_zone_and_never_as_they_are_stored() -> None:
    world.places()
    world.verifier()
    world.submitted(world.person("asker", state="contact_verified"))
    with clock.frozen(clock.now() + timedelta(days=5)):
        escalate_overdue(actor=world.SYSTEM)
    event = LogEvent.objects.get(name="access.request.escalated")
    said = text_of(signed_in("admin_platform").get(f"/console/log/{event.pk}"))
    assert event.facts["new_due_at"] not in said
    assert "+00:00" not in said
    assert "WIB" in said
