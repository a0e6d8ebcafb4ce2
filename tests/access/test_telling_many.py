"""What concerns many people costs as few statements as for a few, and gives each the same."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from gapura.access import services
from gapura.access.models import ExpiryNotice, Grant
from gapura.access.services.notices import message, tell
from gapura.access.services.officer_notices import tell_officers
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.notifications.models import Mail, Notice
from gapura.notifications.services import notify_many
from tests.access import world
from tests.access.registered import check, enter, name

pytestmark = pytest.mark.usefixtures("places")
FEW, MANY = 2, 50
REASON = "Surat keputusan dicabut oleh kepala dinas"


def statements_of(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as sent:
        act()
    return len(sent)


def ending(many: int) -> list[Grant]:
    """So many grants of as many people whose end is to be told today."""
    until = clock.today() + timedelta(days=8)
    people = [world.holder("officer", "ppk", "T1", "T1.1") for _ in range(many)]
    grants = Grant.objects.filter(person__in=people)
    for grant in grants:
        grant.valid = DateRange(grant.valid.lower, until)
        grant.save()
    return list(grants)


def tell_endings() -> None:
    services.tell_endings(actor=world.SYSTEM)


def test_telling_fifty_of_their_end_takes_as_many_statements_as_telling_two() -> None:
    ending(FEW)
    few = statements_of(tell_endings)
    ending(MANY)
    assert statements_of(tell_endings) == few
    assert ExpiryNotice.objects.count() == Notice.objects.count() == FEW + MANY


def test_many_are_told_what_one_is_told() -> None:
    (grant,) = ending(1)
    values: dict[str, Any] = {"until": clock.today(), "days": 7, "step": 7}
    tell(grant.person, "grant_ending", grant, **values)
    alone = Mail.objects.values_list("person", "subject", "body", "template").get()
    Mail.objects.all().delete()
    notify_many([message(grant.person, "grant_ending", grant, **values)])
    assert Mail.objects.values_list("person", "subject", "body", "template").get() == alone


def revoked(many: int) -> int:
    ids = [grant.id for grant in ending(many)]
    admin = world.actor(world.platform_admin())
    return statements_of(lambda: services.revoke(actor=admin, grants=ids, reason=REASON))


def test_ending_fifty_takes_as_many_statements_as_ending_two_and_notes_each() -> None:
    assert revoked(FEW + 20) == revoked(MANY)
    ended = Grant.objects.filter(state="revoked").values_list("id", flat=True)
    noted = LogEvent.objects.filter(name="access.grant.revoked").values_list(
        "subject_id", flat=True
    )
    assert sorted(map(str, ended)) == sorted(noted)
    assert Notice.objects.filter(person__in=Grant.objects.values("person")).count() == len(ended)


def letter_of(many: int, number: str, keeper: Person, verifier: Person) -> tuple[int, int, int]:
    """Statements of checking a letter, of telling its officers and of ending it."""
    letter = enter(keeper, number=number)
    for _ in range(many):
        name(keeper, letter, world.person("named"))
    checking = statements_of(lambda: check(verifier, letter))
    telling = statements_of(lambda: tell_officers(letter_id=letter))
    actor = world.actor(verifier)
    end = statements_of(lambda: services.end_letter(actor=actor, letter_id=letter, reason=REASON))
    assert services.tell_ended(letter_id=letter) == many
    return checking, telling, end


def test_a_letter_costs_few_statements_however_many_it_names() -> None:
    keeper, verifier = world.holder("keeper", "admin_instansi", "T1"), world.verifier()
    few = letter_of(21, "821/1/2026", keeper, verifier)
    assert letter_of(40, "821/2/2026", keeper, verifier) == few
    assert Grant.objects.filter(letter__isnull=False, state="revoked").count() == 61
    assert LogEvent.objects.filter(name="access.appointment.granted").count() == 61
