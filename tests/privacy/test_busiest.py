"""A copy for the busiest account: within seconds, however long its life in the log is."""

import json
import time

import pytest

from gapura.audit.events import Event, Subject
from gapura.audit.records import compose
from gapura.audit.services import record_all, seal_all
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.texts import N_
from gapura.notifications.models import Notice
from gapura.privacy import services
from tests.access import world
from tests.privacy.asking import asker, fresh

SEEN = Event("audit.trial.busy", N_("%(actor)s looked at %(subject)s"), optional=("note",))
ENTRIES, NOTICES, SECONDS = 20_000, 5_000, 10


@pytest.mark.slow
@pytest.mark.django_db
def test_twenty_thousand_entries_take_less_than_ten_seconds() -> None:
    world.places()
    person = asker()
    actor, subject = fresh(person), Subject("order", "1", "SP-2026-000001")
    for _batch in range(ENTRIES // 500):
        record_all(SEEN, [compose(actor, SEEN, subject) for _n in range(500)])
    seal_all()
    now = clock.now()
    Notice.objects.bulk_create(
        [Notice(person=person.pk, text="Ready", link="/", created_at=now) for _n in range(NOTICES)]
    )
    copy = services.ask_for_copy(actor=actor)
    begun = time.perf_counter()
    services.make_copy(actor=system_actor("privacy"), copy_id=copy)
    taken = time.perf_counter() - begun
    data = json.loads(services.fetch_copy(actor=actor, copy_id=copy, form="json").content)
    rows = {one["name"]: len(one["rows"]) for one in data["holdings"]}
    assert rows["notifications.notice"] == NOTICES
    assert rows["audit.life"] >= ENTRIES
    print(f"copy of {sum(rows.values())} rows: {taken:.2f} s")
    assert taken < SECONDS
