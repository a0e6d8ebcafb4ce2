"""The page of an agency's verifiers, and the platform's page of agencies that lack some."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.access.models import Grant
from gapura.accounts.models import Person
from gapura.kernel import clock
from tests.personas import ClientFor

HERE = "/people/verifiers"


@pytest.mark.parametrize("username", ["verifikator", "admin_instansi"])
def test_the_agency_sees_its_verifiers(client_for: ClientFor, username: str) -> None:
    client = client_for(username)
    client.get(HERE)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(HERE).content.decode()
    assert "verifikator2" in page
    assert len(asked) <= 6
    assert client.get(f"{HERE}?agency=D3578").status_code == 404


@pytest.mark.parametrize("username", ["ppk", "luar", "apip", "penyedia", "warga"])
def test_others_have_no_such_page(client_for: ClientFor, username: str) -> None:
    assert client_for(username).get(HERE).status_code == 404


def test_the_platform_sees_where_verifiers_are_missing(client_for: ClientFor) -> None:
    client = client_for("admin")
    page = client.get(HERE)
    assert page.status_code == 200
    assert "start=40" in page.content.decode()
    assert client.get(f"{HERE}?start=x&text=kesehatan").status_code == 200
    one = client.get(f"{HERE}?agency=D3578").content.decode()
    assert 'class="govuk-notification-banner__heading"' in one
    assert client.get(f"{HERE}?agency=D9999").status_code == 404


@pytest.mark.parametrize("username", ["verifikator", "admin_instansi"])
def test_home_warns_without_one_more_query(client_for: ClientFor, username: str) -> None:
    client = client_for(username)
    assert f'href="{HERE}" aria-describedby' not in client.get("/").content.decode()
    other = Person.objects.get(username="verifikator2")
    Grant.objects.filter(person=other).update(superseded_at=clock.now())
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/").content.decode()
    assert f'href="{HERE}" aria-describedby' in page
    assert len(asked) <= 6
