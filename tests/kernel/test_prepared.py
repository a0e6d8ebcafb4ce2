"""Querysets compiled once: parameters stay parameters, what is fixed stands in the text."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Q, Value

from gapura.kernel.ids import uuid7
from gapura.kernel.prepared import Prepared, PreparedRow
from gapura.notifications.models import Notice
from gapura.organizations.models import Agency, Unit

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


def test_a_row_comes_with_its_neighbors_as_django_makes_it(
    db: None, django_assert_num_queries: Any
) -> None:
    Agency.objects.create(code="T1", name="Agency", kind="ministry")
    Unit.objects.create(code="T1.1", agency_id="T1", name="Unit", npwp="091234567812000")

    def build(code: str) -> Any:
        shown = Unit.objects.select_related("agency", "parent").defer("address")
        return shown.annotate(said=Value(ODD)).filter(code=code)

    query = PreparedRow(build, "probe")
    for _ in range(2):
        with django_assert_num_queries(1):
            found = query.one("T1.1")
            assert found is not None
            assert (found.agency.name, found.parent, found.npwp) == (
                "Agency", None, "091234567812000",
            )  # fmt: skip
        theirs = build("T1.1").get()
        assert vars(found) | {"_state": None} == vars(theirs) | {"_state": None}
        assert found.get_deferred_fields() == {"address"}
    assert query.one("nowhere") is None
