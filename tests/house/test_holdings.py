"""Every table that names a person belongs to what is told and copied, or a reason says why not."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.db.models import Field, ForeignKey, Model, UUIDField

from gapura.accounts.models import Person
from gapura.kernel.encryption import SealedText
from gapura.kernel.holdings import Holding, Table, all_holdings
from gapura.privacy.purposes import BASES, KEEPS, KINDS, ORIGINS, PURPOSES
from gapura.privacy.words import as_json, shown

MODELS = [m for m in apps.get_models() if m.__module__.startswith("gapura.")]
_TOLD = Path(__file__).with_name("unheld.toml").read_text(encoding="utf-8")
REASONS: dict[str, str] = tomllib.loads(_TOLD)["reasons"]
HOLDINGS = all_holdings()
HELD = {place for one in HOLDINGS for place in one.read.places}
HELD_TABLES = {place.partition(".")[0] for place in HELD} | {
    one.read.model._meta.db_table for one in HOLDINGS if isinstance(one.read, Table)
}
# The people of whoever acted stand under these names where there is no key to their table.
_ACTED = ("by", "person", "sent_by")


def _names_a_person(field: "Field[object, object]") -> bool:
    if isinstance(field, ForeignKey):
        return field.related_model is Person
    named = field.name in _ACTED or field.name.endswith(("_by", "_person"))
    return isinstance(field, UUIDField) and named


def _places(model: type[Model]) -> Iterator[str]:
    """Columns that name a person; and sealed ones, in which a person stands without a name."""
    for field in model._meta.concrete_fields:
        if _names_a_person(field) or isinstance(field, SealedText):
            yield f"{model._meta.db_table}.{field.name}"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_column_about_a_person_is_told_to_them_or_says_why_not(model: type[Model]) -> None:
    """Attack on the right of access: a new table that no copy and no erasure knows of."""
    table, told = model._meta.db_table, {*HELD, *REASONS}
    left = {place for place in _places(model) if place not in told}
    if table in HELD_TABLES or table in REASONS:
        # A sealed column of a table that is told goes with its rows.
        sealed = {f.name for f in model._meta.concrete_fields if isinstance(f, SealedText)}
        left = {place for place in left if place.partition(".")[2] not in sealed}
    left = set() if table in REASONS else left
    assert left == set(), "neither in a holding of the room nor in tests/house/unheld.toml"


def test_no_reason_is_left_over() -> None:
    known = {place for model in MODELS for place in _places(model)}
    known |= {model._meta.db_table for model in MODELS}
    assert set(REASONS) <= known
    assert not set(REASONS) & HELD
    assert all(len(why) > 20 for why in REASONS.values())


@pytest.mark.parametrize("one", HOLDINGS, ids=lambda one: one.name)
def test_each_holding_says_what_why_by_which_law_how_long_and_from_where(one: Holding) -> None:
    """UU 27/2022 art. 21: purpose, basis and retention are told."""
    assert one.title
    assert one.kind in KINDS
    assert one.purpose in PURPOSES
    assert one.basis in BASES
    assert one.keeps in KEEPS
    assert one.origin in ORIGINS


@pytest.mark.django_db
@pytest.mark.parametrize("one", HOLDINGS, ids=lambda one: one.name)
def test_each_holding_can_be_read_in_each_way(one: Holding) -> None:
    nobody = UUID(int=1)
    assert list(one.read.rows(nobody)) == []
    assert one.read.newest(nobody, 5) == []
    assert one.read.count(nobody) == 0


def test_every_kind_word_is_used() -> None:
    assert {one.kind for one in HOLDINGS} == set(KINDS)


def test_values_of_any_type_can_be_written_and_shown() -> None:
    at = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    values = [at, UUID(int=1), b"\x01", None, True, 1.5, ["a"], {"b": 1}, "c" * 500]
    assert all(as_json(value) for value in values)
    assert shown(at, "Asia/Jayapura") == "2026-11-24 10:00 WIT"
    assert len(shown("c" * 500, "Asia/Jakarta")) < 200
