"""Reference data is complete, loads twice without harm, and is found by what people type."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from gapura.organizations import errors, queries
from gapura.organizations.models import Agency, Region, Unit
from gapura.organizations.services import (
    close_agency,
    close_unit,
    load_reference,
    register_company,
)
from tests.organizations.letters import colleague
from tests.personas import Personas
from tools.units import REFERENCE, all_units

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("tests")
REASON = "Merged by Perpres 1/2027."


@pytest.fixture(autouse=True)
def reference(personas: Personas) -> None:
    """Loaded once a run into the database of the personas, not 7868 rows for each test."""


def found(text: str, limit: int = 10) -> list[str]:
    return [agency.code for agency in queries.find_agencies(text, limit)]


def test_loading_again_adds_nothing() -> None:
    again = load_reference()
    assert (again.regions, again.agencies, again.units) == (0, 0, 0)
    assert (Region.objects.count(), Agency.objects.count()) == (552, 639)


def test_loading_again_keeps_what_an_administrator_changed() -> None:
    Agency.objects.filter(pk="K16").update(name="Kementerian Lain")
    load_reference()
    assert queries.agency("K16").name == "Kementerian Lain"


def test_only_the_system_loads() -> None:
    with pytest.raises(Refused):
        load_reference(actor=Actor())


def test_every_agency_has_at_least_three_units() -> None:
    few = [a.code for a in Agency.objects.all() if a.units.count() < 3]
    assert few == []


def test_the_units_file_is_what_its_patterns_make() -> None:
    with Path(REFERENCE / "units.csv").open(encoding="utf-8", newline="") as lines:
        assert list(csv.DictReader(lines)) == list(all_units())


ZONES = [
    ("K16.001", "Asia/Jakarta"),
    ("D6101.001", "Asia/Jakarta"),
    ("D62.001", "Asia/Jakarta"),
    ("D6301.001", "Asia/Makassar"),
    ("D51.001", "Asia/Makassar"),
    ("D7371.001", "Asia/Makassar"),
    ("L27.001", "Asia/Makassar"),
    ("D81.001", "Asia/Jayapura"),
    ("D9501.001", "Asia/Jayapura"),
]


def test_legal_days_follow_the_zone_of_the_province() -> None:
    for unit, zone in ZONES:
        assert queries.unit(unit).zone == zone, unit


TYPED = [
    ("Kementerian Keuangan", "K16"),
    ("kemenkeu", "K16"),
    ("KEMENKEU", "K16"),
    ("lkpp", "L01"),
    ("pemkab bogor", "D3201"),
    ("Pemkot Bogor", "D3271"),
    ("kab. sleman", "D3404"),
    ("bogor kota", "D3271"),
    ("pemprov jabar", "D32"),
    ("dki", "D31"),
    ("bappenas", "K37"),
    ("barang/jasa", "L01"),
    ("\uff2c\uff2b\uff30\uff30", "L01"),
]


def test_an_agency_is_found_by_what_people_type() -> None:
    for text, first in TYPED:
        assert found(text)[0] == first, text


def test_every_word_must_fit_and_the_shortest_name_comes_first() -> None:
    assert found("bogor") == ["D3271", "D3201"]
    assert found("bogor depok") == []
    assert found("papua selatan")[0] == "D93"


ODD = ["", "   ", "...", "%", "_", "'; DROP TABLE", "\0", "x" * 10_000]


def test_odd_searches_find_nothing_and_break_nothing() -> None:
    for text in ODD:
        assert found(text) == [], text


def test_answers_are_bounded() -> None:
    assert len(found("pemerintah", 1000)) == 50
    assert found("pemerintah", -1) == []


def test_a_closed_agency_is_not_offered_but_still_known() -> None:
    close_agency(actor=SYSTEM, code="K16", closed_on=date(2026, 1, 1), reason=REASON)
    assert found("kemenkeu") == []
    assert queries.agency("K16").closed_on == date(2026, 1, 1)
    with pytest.raises(errors.ClosedBefore):
        close_agency(actor=SYSTEM, code="K16", closed_on=date(2026, 2, 1), reason=REASON)


def test_units_come_in_the_order_of_the_tree_without_closed_ones() -> None:
    names = [unit.name for unit in queries.units_of("D3201")]
    assert names[:3] == [
        "Sekretariat Daerah",
        "Bagian Pengadaan Barang dan Jasa",
        "Bagian Umum",
    ]
    assert names.index("Rumah Sakit Umum Daerah") == names.index("Dinas Kesehatan") + 1
    close_unit(actor=SYSTEM, code="D3201.001", closed_on=date(2026, 1, 1), reason=REASON)
    left = [unit.name for unit in queries.units_of("D3201")]
    assert len(left) == len(names) - 1
    assert "Bagian Umum" in left


UNKNOWN = ["", "X99", "k16", "K16\0", "K" * 10_000, "K16'"]


def test_unknown_codes_are_simply_not_there() -> None:
    for code in UNKNOWN:
        with pytest.raises(errors.NoSuchAgency):
            queries.agency(code)
        with pytest.raises(errors.NoSuchUnit):
            queries.unit(code)
        assert queries.units_of(code) == ()


@pytest.mark.parametrize("role", ["verifikator", "admin_instansi", "ppk"])
def test_an_agency_cannot_close_agencies_nor_units_of_another(role: str) -> None:
    actor = colleague(role, "K16")
    with pytest.raises(Refused):
        close_agency(actor=actor, code="K16", closed_on=date(2026, 1, 1), reason=REASON)
    other = colleague(role, "K17")
    with pytest.raises(Refused):
        close_unit(actor=other, code="K16.001", closed_on=date(2026, 1, 1), reason=REASON)


def test_a_company_is_entered_once() -> None:
    register_company(actor=SYSTEM, code="C001", name="PT Maju Bersama")
    assert queries.company("C001").name == "PT Maju Bersama"
    with pytest.raises(errors.CodeTaken):
        register_company(actor=SYSTEM, code="C001", name="PT Lain")
    with pytest.raises(errors.CompanyMalformed):
        register_company(actor=SYSTEM, code="c1", name="PT Lain")


@pytest.mark.parametrize("change", [{"zone": "Europe/Berlin"}, {"parent_id": "K16.001"}])
def test_the_database_refuses_foreign_zones_and_a_unit_above_itself(change: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk="K16.001").update(**change)
