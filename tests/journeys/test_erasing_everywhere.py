"""Somebody whose every value is planted is erased: it is nowhere, and the log proves itself."""

from datetime import timedelta
from typing import Any

import pytest

from gapura.audit.services import checkpoint, seal_all, verify_log
from gapura.documents.queries import original_bytes
from gapura.journeys.erasing import ask, carry_out_due, tidy_mails
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.privacy.models import Erasure
from tests.access import world
from tests.jobs import do_jobs
from tests.journeys.hunting import places_of
from tests.journeys.planting import EMAIL, plant
from tests.simulator import Authorities
from tests.web.people import holder

SYSTEM = system_actor("tests")


def findings() -> set[str]:
    """What the check of the log finds, but for people whom these tests put into the tables."""
    found = verify_log(tables=True).findings
    return {f"{one.kind} {one.values}" for one in found if one.kind != "row_without_event"}


@pytest.mark.django_db(transaction=True)
def test_no_planted_value_is_left_anywhere_and_the_log_still_proves_itself(
    authorities: Authorities, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every table, what is sealed in them, the data folder and the last mail: none has a word."""
    world.places()
    holder("admin_perusahaan", "PT1")
    planted = plant(authorities)
    seal_all()
    before = places_of(planted.words)
    assert {
        "accounts_person",
        "audit_personal",
        "helpdesk_case.text",
        "notifications_notice",
    } <= before
    ask(actor=planted.actor)
    with clock.frozen(clock.now() + timedelta(hours=72, seconds=1)):
        carry_out_due(actor=SYSTEM)
    row = Erasure.objects.get()
    assert row.state == "done", row.obstacles
    left: list[Any] = []
    monkeypatch.setattr("gapura.notifications.tasks._deliver", left.append)
    assert tidy_mails(actor=SYSTEM) == 0, "the last mail has not left yet"
    do_jobs("notifications.send_mail")
    assert left[-1]["To"] == EMAIL
    assert tidy_mails(actor=SYSTEM) == 1
    assert places_of(planted.words) == set()
    assert original_bytes(row.document_id or row.id).content[:5] == b"%PDF-"
    seal_all()
    checkpoint(now=True)
    assert findings() - before == set()
