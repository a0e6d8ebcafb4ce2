"""Querysets compiled once: parameters stay parameters, what is fixed stands in the text."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db.models import Q, Value

from gapura.kernel.ids import uuid7
from gapura.kernel.prepared import Prepared
from gapura.notifications.models import Notice

PERSON = UUID(int=1)
ODD = "100% of 'all' \\ %s"


@pytest.fixture
def reader(db: None) -> UUID:
    """Somebody with two notices, one of them with an odd text."""
    person, now = uuid7(), datetime(2026, 1, 1, tzinfo=UTC)
    for text in ("plain", ODD):
        Notice.objects.create(person=person, text=text, created_at=now)
    return person


def test_what_is_fixed_is_written_and_what_varies_is_not() -> None:
    query = Prepared(
        lambda person: Notice.objects.filter(person=person, link="").values_list("text")[:5],
        PERSON,
    )
    sql, params = query.statement(UUID(int=7))
    assert params == [UUID(int=7)]
    assert "'' " in sql.replace(")", " ")
    assert sql.endswith("LIMIT 5")


def test_odd_texts_are_found_as_they_are(reader: UUID) -> None:
    """A percent sign, a quote, a backslash: no parameter and no end of the text (CWE-89)."""
    query = Prepared(
        lambda person: (
            Notice.objects.filter(Q(text=ODD) | Q(text__startswith="50%"), person=person)
            .annotate(said=Value(ODD))
            .values_list("text", "said")
        ),
        PERSON,
    )
    assert query.rows(reader) == [(ODD, ODD)]


def test_without_parameters_it_runs_as_well(reader: UUID) -> None:
    query = Prepared(lambda: Notice.objects.filter(text=ODD).values_list("text"))
    assert query.rows() == [(ODD,)]


def test_a_parameter_that_is_nowhere_is_refused() -> None:
    query = Prepared(lambda person: Notice.objects.values_list("text"), PERSON)
    with pytest.raises(ValueError, match="missing"):
        query.statement(PERSON)
