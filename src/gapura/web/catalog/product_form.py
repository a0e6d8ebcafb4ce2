"""The form of a product, made from the schema of its category."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.catalog.queries import (
    LONGEST_BRAND,
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    ORIGINS,
    SHORTEST_DESCRIPTION,
    SHORTEST_NAME,
    TAX_CLASSES,
    UNITS,
    Attribute,
    CategoryDetail,
    ProductFields,
    Value,
)
from gapura.web.catalog.amounts import quantity_field, rupiah_field
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, TextField

_LONGEST_VALUE = 200
# So many options are shown at once; more of them go into a select.
_RADIOS = 4
_YES_NO = {True: "yes", False: "no"}


class ProductForm(Form):
    """What a curator checks: name, description, the category's properties, tax and origin."""

    name = TextField(
        label=lazy("Name of the product"),
        hint=lazy("Brand, kind and size, for example: A4 paper 80 gsm, 500 sheets."),
        shortest=SHORTEST_NAME,
        longest=LONGEST_NAME,
        spelling=True,
        autocomplete="off",
    )
    brand = TextField(
        label=lazy("Brand (optional)"),
        longest=LONGEST_BRAND,
        required=False,
        width="20",
        autocomplete="off",
    )
    description = TextField(
        label=lazy("Description"),
        hint=lazy("What it is, what is in the package and what it is for."),
        shortest=SHORTEST_DESCRIPTION,
        longest=LONGEST_DESCRIPTION,
        lines=True,
        rows=6,
    )

    def __init__(
        self, category: CategoryDetail, data: Any = None, *, fields: ProductFields | None = None
    ) -> None:
        super().__init__(data, initial=_initial(category, fields))
        self.category = category
        language = get_language() or "id"
        for attribute in category.schema:
            self.fields[_name(attribute)] = _field(attribute, language)
        self.fields["unit"] = _select(lazy("Unit of measure"), UNITS)
        self.fields["origin"] = _radios(lazy("Where it is made"), ORIGINS)
        self.fields["tax_class"] = _radios(lazy("Tax (PPN)"), TAX_CLASSES)

    @property
    def properties(self) -> list[Any]:
        """The bound fields of the category's attributes."""
        return [self[_name(attribute)] for attribute in self.category.schema]

    def product_fields(self) -> ProductFields:
        """What was typed; call it on a valid form."""
        given = self.cleaned_data
        return ProductFields(
            name=given["name"],
            category=self.category.code,
            description=given["description"],
            attributes={a.code: given[_name(a)] for a in self.category.schema},
            unit=given["unit"],
            tax_class=given["tax_class"],
            origin=given["origin"],
            brand=given["brand"],
        )


class NewProductForm(ProductForm):
    """The same with the first price and stock, which need no check."""

    def __init__(self, category: CategoryDetail, data: Any = None) -> None:
        super().__init__(category, data)
        self.fields["price"] = rupiah_field(label=lazy("Price for one unit, without PPN"))
        self.fields["stock"] = quantity_field(
            label=lazy("Stock that can be ordered now (optional)"),
            divisible=True,
            required=False,
        )

    @property
    def stock(self) -> Decimal:
        """What can be ordered from the start; nothing typed is none."""
        return self.cleaned_data["stock"] or Decimal(0)


def _name(attribute: Attribute) -> str:
    return f"attribute.{attribute.code}"


def _initial(category: CategoryDetail, fields: ProductFields | None) -> dict[str, Any]:
    if fields is None:
        return {"unit": "piece", "origin": "local", "tax_class": category.tax_class}
    attributes = {f"attribute.{code}": _typed(v) for code, v in _shown(category, fields).items()}
    return {
        "name": fields.name,
        "brand": fields.brand,
        "description": fields.description,
        "unit": fields.unit,
        "origin": fields.origin,
        "tax_class": fields.tax_class or category.tax_class,
        **attributes,
    }


def _shown(category: CategoryDetail, fields: ProductFields) -> Mapping[str, Value]:
    """The values that this category asks for, numbers with a comma as people write them."""
    numbers = {attribute.code for attribute in category.schema if attribute.kind == "number"}
    return {
        code: value.replace(".", ",") if code in numbers and isinstance(value, str) else value
        for code, value in fields.attributes.items()
    }


def _typed(value: Value) -> str:
    return _YES_NO[value] if isinstance(value, bool) else value


def _field(attribute: Attribute, language: str) -> Any:
    label = attribute.label(language)
    if attribute.unit:
        label = f"{label} ({attribute.unit})"
    if not attribute.required:
        label = _("%(label)s (optional)") % {"label": label}
    return _KINDS[attribute.kind](attribute, label, language)


def _text(attribute: Attribute, label: str, language: str) -> TextField:
    return TextField(
        label=label,
        longest=_LONGEST_VALUE,
        required=attribute.required,
        spelling=True,
        autocomplete="off",
    )


def _number(attribute: Attribute, label: str, language: str) -> TextField:
    return TextField(
        label=label,
        hint=lazy("A number without grouping, for example 1500 or 12,5."),
        longest=30,
        required=attribute.required,
        inputmode="decimal",
        width="10",
        autocomplete="off",
    )


def _choice(attribute: Attribute, label: str, language: str) -> ChoiceField:
    options = [
        (each.code, each.label_en if language == "en" else each.label_id)
        for each in attribute.options
    ]
    few = len(options) <= _RADIOS and attribute.required
    return ChoiceField(
        label=label,
        choices=options if few else [("", _("Choose")), *options],
        look="radios" if few else "select",
        required=attribute.required,
    )


def _yes_no(attribute: Attribute, label: str, language: str) -> ChoiceField:
    options = [("yes", _("Yes")), ("no", _("No"))]
    return ChoiceField(label=label, choices=options, inline=True, required=attribute.required)


_KINDS = {"text": _text, "number": _number, "choice": _choice, "yes_no": _yes_no}


def _select(label: Any, words: Mapping[str, str]) -> ChoiceField:
    choices = [(code, tr(text)) for code, text in words.items()]
    return ChoiceField(label=label, choices=choices, look="select")


def _radios(label: Any, words: Mapping[str, str]) -> ChoiceField:
    return ChoiceField(label=label, choices=[(code, tr(text)) for code, text in words.items()])
