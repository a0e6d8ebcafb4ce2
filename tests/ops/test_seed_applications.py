"""The sample data's connected applications: registered by the services, once, under their rules."""

import pytest

from gapura.ops.seeding.applications import SAMPLES, connect_applications
from gapura.ops.seeding.cast import ABROAD, HOME
from gapura.sso.models import Client, ClientSecret
from tests.personas import ClientFor
from tests.web.browser import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("personas")]


def test_three_applications_are_registered_once() -> None:
    assert connect_applications() == len(SAMPLES) == 3
    assert connect_applications() == 0
    rows = {row.name: row for row in Client.objects.all()}
    assert {row.agency for row in rows.values()} == {HOME, ABROAD, ""}
    assert sum(row.sandbox for row in rows.values()) == 2
    assert ClientSecret.objects.filter(client__name="Katalog Elektronik").count() == 2


def test_an_agencys_administrator_sees_its_own(client_for: ClientFor) -> None:
    connect_applications()
    said = text_of(client_for("admin_instansi").get("/console/clients"))
    assert "SPSE Kota Contoh" in said
    assert "SiRUP" not in said
