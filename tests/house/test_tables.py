"""Tables know only tables below them, and the migrations make exactly the models."""

import tomllib
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Field, ForeignObject, Model

from tools.house.inventory import ROOT

LEDGERS = {"audit", "notifications"}


def _lines() -> dict[str, int]:
    """Room to line, the lowest room on line 0, as the import contract has them."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = config["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    rooms = [[room.strip(" ()") for room in layer.split("|")] for layer in reversed(layers)]
    return {room: line for line, layer in enumerate(rooms) for room in layer}


LINES = _lines()
MODELS = [m for m in apps.get_models() if m.__module__.startswith("gapura.")]


def _links(model: type[Model]) -> "list[ForeignObject[Any, Any]]":
    return [f for f in model._meta.get_fields() if isinstance(f, ForeignObject)]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_foreign_keys_point_down(model: type[Model]) -> None:
    room = model._meta.app_label
    for link in _links(model):
        target = link.related_model._meta.app_label
        assert target == room or LINES[target] < LINES[room], f"{link.name} points up to {target}"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_a_proof_outlives_its_subject(model: type[Model]) -> None:
    """Entries of the log and sent notices hold no foreign key into other rooms."""
    room = model._meta.app_label
    if room in LEDGERS:
        foreign = [f.name for f in _links(model) if f.related_model._meta.app_label != room]
        assert foreign == []


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_numbers_of_people_are_sealed(model: type[Model]) -> None:
    """A stolen backup must not hold NIK, NIP, phone numbers or secrets in the clear."""
    for name in ("nik", "nip", "phone", "secret"):
        field = next((f for f in model._meta.get_fields() if f.name == name), None)
        if isinstance(field, Field):
            assert type(field).__name__ == "SealedText"


@pytest.mark.django_db
def test_the_migrations_make_the_models() -> None:
    said = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said, stderr=said)
