"""Loads the categories and dated rules that ship with the product."""

import json
import re
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from django.db import transaction

from gapura.audit.services import Subject, record
from gapura.catalog import events
from gapura.catalog.attributes import read_schema
from gapura.catalog.models import CatalogRule, Category
from gapura.catalog.permissions import Can
from gapura.catalog.rules import PRICE_CHANGES
from gapura.catalog.words import TAX_CLASSES
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import require

_CODE = re.compile(r"[a-z0-9_.]{1,40}", re.ASCII)
_KBLI = re.compile(r"\d{2,5}", re.ASCII)
_PRODUCTS = 3
_CHANGED = ["name_id", "name_en", "kblis", "schema", "tax_class"]
_RULES = (
    (
        PRICE_CHANGES,
        5,
        "Product policy after Kepka LKPP 177/2024: prices change at once, but not by the hour",
    ),
)


def load_categories(*, actor: Actor | None = None) -> int:
    """Load the categories that ship with the product; answers how many were not there yet.

    `reference/categories.json` is a list in which parents stand before their children::

        {"code": "atk", "parent": "", "level": 1, "name_id": "...", "name_en": "..."}
        {"code": "atk.kertas.hvs", "parent": "atk.kertas", "level": 3, "name_id": "...",
         "name_en": "...", "kblis": ["4649", "47611"], "tax_class": "ppn",
         "schema": [{"code": "weight", "label_id": "Gramatur", "label_en": "Weight",
                     "kind": "number", "unit": "g/m²", "required": true}]}

    - `code`: at most 40 of a-z, 0-9, "_" and "."; `level`: 1 to 3; names at most 100 characters.
    - Only level 3 has `kblis` (KBLI 2020 codes of five digits or their beginnings; an empty list
      lets every company sell), `tax_class` (words.TAX_CLASSES, default ppn) and `schema`.
    - `schema`: attributes with `code`, `label_id`, `label_en`, `kind` (text, number, choice,
      yes_no) and, where wanted, `unit` (shown behind numbers), `required` (default false) and, for
      a choice, `choices`: texts that are the same in both languages, or objects with `code`,
      `label_id` and `label_en`.
    A category that is there already gets changed names, kblis, tax class and schema.

    :raises ValueError: for a file that is not in this form.
    """
    actor = actor or system_actor("reference")
    require(actor, Can.LOAD_CATEGORIES)
    source = files("gapura.catalog").joinpath("reference", "categories.json")
    rows = [_category(row) for row in json.loads(source.read_text(encoding="utf-8"))]
    _check_tree(rows)
    with transaction.atomic():
        _load_rules()
        there = set(Category.objects.values_list("code", flat=True))
        new = [row for row in rows if row.code not in there]
        Category.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"], update_fields=_CHANGED
        )
        if new:
            subject = Subject("reference", "categories")
            record(actor, events.CATEGORIES_LOADED, subject, facts={"count": len(new)})
    return len(new)


def _category(row: Mapping[str, Any]) -> Category:
    code, kblis, tax = row["code"], list(row.get("kblis", [])), row.get("tax_class", "ppn")
    schema = row.get("schema", [])
    sane = _CODE.fullmatch(code) and all(_KBLI.fullmatch(kbli) for kbli in kblis)
    if not sane or tax not in TAX_CLASSES:
        raise ValueError(f"category {code!r}: malformed code, KBLI or tax class")
    if row["level"] != _PRODUCTS and (kblis or schema):
        raise ValueError(f"category {code!r}: only level 3 has KBLI codes and attributes")
    read_schema(schema)
    return Category(
        code=code,
        parent_id=row.get("parent") or None,
        level=row["level"],
        name_id=row["name_id"],
        name_en=row["name_en"],
        kblis=kblis,
        schema=schema,
        tax_class=tax,
    )


def _check_tree(rows: list[Category]) -> None:
    levels: dict[str, int] = {"": 0}
    for row in rows:
        if row.code in levels or levels.get(row.parent_id or "") != row.level - 1:
            raise ValueError(f"category {row.code!r}: doubled, or not right below its parent")
        levels[row.code] = row.level


def _load_rules() -> None:
    for key, value, basis in _RULES:
        CatalogRule.objects.get_or_create(
            key=key, valid_from=date(2020, 1, 1), defaults={"value": value, "basis": basis}
        )
