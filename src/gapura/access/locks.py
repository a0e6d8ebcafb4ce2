"""Holding rows that are about to change, before anything about them is read."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gapura.access.models import Grant
from gapura.access.roles import COMPANY_ADMIN


def hold(rows: QuerySet[Any, Any], *, pass_by: bool = False, most: int | None = None) -> list[UUID]:
    """Lock rows of one table until the transaction ends; answers their ids in the order of `rows`.

    Read them, and what they are joined with, in a statement after this one: a statement that had
    to wait for its lock shows the joined tables as they were before it waited, so that a request
    could look undecided while it names who decided it. `pass_by` leaves rows that others hold.
    """
    found = rows.order_by(*(rows.query.order_by or ("pk",))).select_for_update(skip_locked=pass_by)
    return list(found.values_list("pk", flat=True)[:most])


def hold_person(person_id: UUID) -> None:
    """Let one transaction at a time decide what a person may hold besides what they hold.

    A row, not an advisory lock: thousands of people in one transaction must not fill the server's
    table of locks. Keys stay free, so that others go on writing rows that refer to the person.
    """
    people: Any = Grant._meta.get_field("person").remote_field.model
    rows = people.objects.filter(pk=person_id).select_for_update(no_key=True)
    rows.values_list("pk", flat=True).first()


def hold_people(people: Collection[UUID]) -> None:
    """The same for many, in one order for everybody."""
    table: Any = Grant._meta.get_field("person").remote_field.model
    rows = table.objects.filter(pk__in=list(people)).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def hold_companies_of(grants: Collection[UUID]) -> None:
    """The same for the companies of administrators' grants among these."""
    admins = Grant.objects.filter(pk__in=list(grants), role=COMPANY_ADMIN)
    codes = set(admins.order_by().values_list("company_id", flat=True))
    if codes:
        hold_companies({code for code in codes if code})


def hold_companies(codes: Collection[str]) -> None:
    """Let one transaction at a time decide who stays a company's administrator.

    Taken before any grant of the company is read or locked, by everybody: two administrators who
    leave at the same moment meet here, and the second finds that the first has gone; whoever takes
    the company over finds also whom the old administrator made one a moment ago.
    """
    table: Any = Grant._meta.get_field("company").remote_field.model
    rows = table.objects.filter(pk__in=list(codes)).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))
