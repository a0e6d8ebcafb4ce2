"""Reads what a company said about a product, and tells what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from gapura.catalog import errors
from gapura.catalog.attributes import Value, read_values
from gapura.catalog.fields import ProductFields
from gapura.catalog.queries.categories import category
from gapura.catalog.queries.views import CategoryDetail
from gapura.catalog.rules import (
    LONGEST_BRAND,
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    SHORTEST_DESCRIPTION,
    SHORTEST_NAME,
    kbli_fits,
)
from gapura.catalog.texts import line_problem, paragraphs_problem, tidy_line, tidy_paragraphs
from gapura.catalog.words import ORIGINS, TAX_CLASSES, UNITS
from gapura.kernel.problems import FieldProblems, Problem

_PRODUCTS = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """Fields that hold: tidied, with the values of the attributes as they are kept."""

    fields: ProductFields
    values: dict[str, Value]

    def columns(self) -> dict[str, object]:
        """What a version's row holds of them."""
        return {
            "category_id": self.fields.category,
            "name": self.fields.name,
            "description": self.fields.description,
            "attributes": self.values,
            "unit": self.fields.unit,
            "tax_class": self.fields.tax_class,
            "origin": self.fields.origin,
            "brand": self.fields.brand,
        }


def check_fields(
    fields: ProductFields,
    kblis: tuple[str, ...],
    others: dict[str, Problem] | None = None,
    look_up: Callable[[str], CategoryDetail] = category,
) -> Checked:
    """The fields tidied; `kblis` are the company's, `others` problems found before.

    `look_up` finds a category; who checks many products hands in one that remembers.

    :raises FieldProblems: everything that is wrong, at once.
    """
    problems: dict[str, Problem | str] = dict(others or {})
    fields = replace(
        fields,
        name=tidy_line(fields.name),
        description=tidy_paragraphs(fields.description),
        brand=tidy_line(fields.brand),
    )
    problems.update(_texts(fields))
    values: dict[str, Value] = {}
    try:
        found = look_up(fields.category)
    except FieldProblems as problem:
        problems.update(problem.fields)
    else:
        values = _fit(found, fields, kblis, problems)
        fields = replace(fields, tax_class=fields.tax_class or found.tax_class)
    if problems:
        raise FieldProblems(problems)
    return Checked(fields, values)


def _fit(
    found: CategoryDetail,
    fields: ProductFields,
    kblis: tuple[str, ...],
    problems: dict[str, Problem | str],
) -> dict[str, Value]:
    """The attribute values; what does not fit the category is added to `problems`."""
    if found.level != _PRODUCTS:
        problems["category"] = errors.NoSuchCategory()
        return {}
    if not kbli_fits(found.kblis, kblis):
        problems["category"] = errors.CategoryNotYours(kblis=", ".join(found.kblis))
    values, wrong = read_values(found.schema, fields.attributes)
    problems.update(wrong)
    return values


def _texts(fields: ProductFields) -> dict[str, Problem]:
    found = {
        "name": _name(fields.name),
        "description": _description(fields.description),
        "brand": line_problem(fields.brand, LONGEST_BRAND),
        "unit": None if fields.unit in UNITS else errors.NoSuchUnit(),
        "tax_class": None if fields.tax_class in {"", *TAX_CLASSES} else errors.NoSuchCode(),
        "origin": None if fields.origin in ORIGINS else errors.NoSuchCode(),
    }
    return {field: problem for field, problem in found.items() if problem is not None}


def _name(name: str) -> Problem | None:
    if problem := line_problem(name, LONGEST_NAME):
        return problem
    return errors.WrongName() if len(name) < SHORTEST_NAME else None


def _description(text: str) -> Problem | None:
    least, most = SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION
    if not least <= len(text) <= most:
        return errors.WrongDescription(least=least, most=most)
    return paragraphs_problem(text, most)
