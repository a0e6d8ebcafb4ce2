"""The list of accesses that end soon, as the people who renew them see it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access.models import Grant
from gapura.kernel import clock
from gapura.organizations.models import AppointmentLetter
from tests.personas import ClientFor


@pytest.fixture
def soon(client_for: ClientFor) -> Grant:
    """The grant of the persona `ppk` ends in twenty days."""
    grant = Grant.objects.get(person__username="ppk", role="ppk")
    grant.valid = DateRange(grant.valid.lower, clock.today() + timedelta(days=21))
    grant.save()
    return grant


@pytest.mark.parametrize("username", ["verifikator", "admin_instansi", "apip"])
def test_overseers_see_whose_access_ends(client_for: ClientFor, soon: Grant, username: str) -> None:
    answer = client_for(username).get("/people/expiring")
    assert answer.status_code == 200
    assert "(ppk)" in answer.content.decode()


def test_another_agency_sees_nothing_of_it(client_for: ClientFor, soon: Grant) -> None:
    answer = client_for("luar").get("/people/expiring")
    assert "(ppk)" not in answer.content.decode()


@pytest.mark.parametrize("username", ["ppk", "penyedia", "warga", "bendahara"])
def test_who_leads_nobody_has_no_such_page(
    client_for: ClientFor, soon: Grant, username: str
) -> None:
    assert client_for(username).get("/people/expiring").status_code in {403, 404}


def test_an_impossible_day_is_explained_and_a_damaged_cursor_begins_anew(
    client_for: ClientFor, soon: Grant
) -> None:
    client = client_for("verifikator")
    assert client.get("/people/expiring", {"until": "2026-02-31"}).status_code == 422
    assert "(ppk)" in client.get("/people/expiring", {"after": "x_y"}).content.decode()


def test_what_ends_is_grouped_by_letter_with_the_way_to_renew(
    client_for: ClientFor, soon: Grant
) -> None:
    """The wave of 1 January: a new letter with the same officers, from the list."""
    letter = soon.letter
    assert letter is not None
    AppointmentLetter.objects.filter(pk=letter.pk).update(
        state="checked", checked_by=UUID(int=1), checked_at=clock.now()
    )
    until = (clock.today() + timedelta(days=30)).isoformat()
    client = client_for("verifikator")
    asked = {"until": until, "by": "letter"}
    page = client.get("/people/expiring", asked).content.decode()
    again = f"/letters/new?from={letter.pk}"
    assert again in page
    assert letter.number in client.get(again).content.decode()
    auditor = client_for("apip").get("/people/expiring", asked).content.decode()
    assert letter.number in auditor
    assert again not in auditor


def test_the_filter_keeps_the_way_of_looking(client_for: ClientFor, soon: Grant) -> None:
    client = client_for("verifikator")
    page = client.get("/people/expiring", {"by": "letter"}).content.decode()
    assert '<input type="hidden" name="by" value="letter">' in page
    year_end = f"until={clock.today().year}-12-31"
    assert f'href="/people/expiring?{year_end}&amp;by=letter"' in page
    filtered = {"by": "letter", "until": clock.today().isoformat()}
    assert (
        'href="/people/expiring?by=letter"'
        in client.get("/people/expiring", filtered).content.decode()
    )
    plain = client.get("/people/expiring").content.decode()
    assert 'name="by"' not in plain
