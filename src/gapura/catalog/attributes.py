"""Attributes of a category: their definition, and the values that products give."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gapura.catalog import errors
from gapura.catalog.rules import LONGEST_VALUE
from gapura.catalog.texts import line_problem, tidy_line
from gapura.kernel.problems import Problem

KINDS = frozenset({"text", "number", "choice", "yes_no"})
Value = str | bool

_NUMBER = re.compile(r"(\d{1,12})(?:[.,](\d{1,4}))?", re.ASCII)
# "1.500" is fifteen hundred to one reader and one and a half to another.
_AMBIGUOUS = 3
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a choice."""

    code: str
    label_id: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """One property that products of a category have.

    `kind` is text, number, choice or yes_no; `unit` is shown behind a number.
    """

    code: str
    label_id: str
    label_en: str
    kind: str
    unit: str = ""
    options: tuple[Option, ...] = ()
    required: bool = False

    def label(self, language: str) -> str:
        """Its name in `language`."""
        return self.label_en if language == "en" else self.label_id


def read_schema(rows: Sequence[Mapping[str, Any]]) -> tuple[Attribute, ...]:
    """The attributes that a category's `schema` column holds.

    :raises ValueError: for an unknown kind, a choice without choices or a doubled code.
    """
    found = tuple(_attribute(row) for row in rows)
    if len({attribute.code for attribute in found}) != len(found):
        raise ValueError("two attributes have one code")
    return found


def _attribute(row: Mapping[str, Any]) -> Attribute:
    options = tuple(_option(one) for one in row.get("choices", ()))
    if row["kind"] not in KINDS or (row["kind"] == "choice") != bool(options):
        raise ValueError(f"attribute {row['code']!r}: unknown kind, or choices that do not fit it")
    return Attribute(
        code=row["code"],
        label_id=row["label_id"],
        label_en=row["label_en"],
        kind=row["kind"],
        unit=row.get("unit", ""),
        options=options,
        required=row.get("required", False),
    )


def _option(one: str | Mapping[str, str]) -> Option:
    if isinstance(one, str):
        return Option(one, one, one)
    return Option(one["code"], one["label_id"], one["label_en"])


def read_values(
    schema: Sequence[Attribute], given: Mapping[str, Value]
) -> tuple[dict[str, Value], dict[str, Problem]]:
    """The values as they are kept, and what is wrong by `attribute.<code>`.

    Numbers are kept as text with a decimal point, choices by their code, yes_no as booleans; an
    empty value is left out. Codes that the category does not have are refused.
    """
    kept: dict[str, Value] = {}
    problems: dict[str, Problem] = {}
    for attribute in schema:
        try:
            value = _read(attribute, given.get(attribute.code, ""))
        except Problem as problem:
            problems[f"attribute.{attribute.code}"] = problem
        else:
            if value != "":
                kept[attribute.code] = value
    known = {attribute.code for attribute in schema}
    if set(given) - known:
        problems["attributes"] = errors.NoSuchAttribute()
    return kept, problems


def _read(attribute: Attribute, value: Value) -> Value:
    if isinstance(value, str):
        value = tidy_line(value)
    if value == "":
        if attribute.required:
            raise errors.AttributeMissing()
        return ""
    return _READERS[attribute.kind](attribute, value)


def _text(attribute: Attribute, value: Value) -> Value:
    if not isinstance(value, str):
        raise errors.NoSuchOption()
    if problem := line_problem(value, LONGEST_VALUE):
        raise problem
    return value


def _number(attribute: Attribute, value: Value) -> Value:
    found = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    if found is None or (found[2] and len(found[2]) == _AMBIGUOUS):
        raise errors.WrongNumber()
    fraction = (found[2] or "").rstrip("0")
    return f"{int(found[1])}.{fraction}" if fraction else f"{int(found[1])}"


def _choice(attribute: Attribute, value: Value) -> Value:
    if value not in {option.code for option in attribute.options}:
        raise errors.NoSuchOption()
    return value


def _yes_no(attribute: Attribute, value: Value) -> Value:
    if isinstance(value, bool):
        return value
    if value not in _YES_NO:
        raise errors.NoSuchOption()
    return _YES_NO[value]


_READERS = {"text": _text, "number": _number, "choice": _choice, "yes_no": _yes_no}
