"""The day on which a grant ends is kept by the database: of its own days and of its letter's."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access.models import Grant
from tests.access import world

FIRST = date(2027, 1, 1)


def _grant(after: date | None) -> Grant:
    person = world.holder("officer", "ppk", "T1", "T1.1")
    Grant.objects.filter(person=person).update(valid=DateRange(FIRST, after))
    return Grant.objects.get(person=person)


def test_the_end_follows_the_days(places: None) -> None:
    grant = _grant(date(2027, 6, 1))
    assert grant.ends_before == date(2027, 6, 1)
    grant.valid = DateRange(FIRST, None)
    grant.save()
    grant.refresh_from_db()
    assert grant.ends_before is None


def test_nothing_else_can_set_it(places: None) -> None:
    grant = _grant(date(2027, 6, 1))
    Grant.objects.filter(pk=grant.pk).update(ends_before=date(2030, 1, 1))
    grant.refresh_from_db()
    assert grant.ends_before == date(2027, 6, 1)


def test_a_letter_that_ends_earlier_ends_the_grant(places: None) -> None:
    grant_id = world.active(world.person("officer"), world.verifier())
    letter, soon = world.letter_of(grant_id), date(2026, 12, 1)
    kept = Grant.objects.get(pk=grant_id).ends_before
    assert kept == letter.valid.upper
    letter.valid = DateRange(letter.valid.lower, soon)
    letter.save()
    assert Grant.objects.get(pk=grant_id).ends_before == soon
