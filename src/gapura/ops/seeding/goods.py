"""What the companies of the sample data offer: products with properties, prices and labels."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from gapura.catalog.services import ProductFields
from gapura.ops.seeding.companies import FIRMS, Firm

USUAL = 2000
_BRANDS = (
    "Arunika", "Bayanaka", "Candrasa", "Dhanuka", "Ekawarna", "Gantari", "Harsaya", "Janitra",
    "Kalandra", "Lentera", "Mahitala", "Nirwasita", "Pranaja", "Rinjana", "Samahita", "Taksaka",
    "Umbara", "Widyasana", "Yudhara", "Zamrud",
)  # fmt: skip
# Properties that have nothing to do with how large or dear the thing is.
_FREE = frozenset(
    {"color", "scent", "gender", "coverage", "position", "language", "support", "packaging",
     "origin_place", "quality", "fuel", "sides", "series", "finish", "interface", "os"}
)  # fmt: skip
_SERVICES = ("jasa", "pangan.boga")
_LOCAL = 0.78
# In a hundred: how many are not in the catalog, and why; the first ones of a company never.
_STATES = (
    ("draft", 3), ("in_review", 4), ("needs_fix", 2), ("withdrawn", 3), ("frozen", 2),
    ("taken_down", 1),
)  # fmt: skip
_ALWAYS_LISTED = 12
_DEAR = 20_000_000
_STOCKS = ((40, 60, 100, 250, 400, 1000), (4, 6, 10, 20, 40))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of goods of a category: how its products are called, sold and drawn.

    `name` has attribute codes in braces; `price` is the range in rupiah; `values` are sample
    values of those attributes that have no choices.
    """

    category: str
    name: str
    unit: str
    picture: str
    price: tuple[int, int]
    values: Mapping[str, Sequence[str]]
    schema: Sequence[Mapping[str, Any]]
    kblis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Good:
    """One product to be: `labels` are kind, value in percent and number of verified claims."""

    company: str
    fields: ProductFields
    price: Decimal
    stock: Decimal
    picture: str
    state: str
    labels: tuple[tuple[str, Decimal | None, str], ...]


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds of goods, in the order of their categories."""
    schemas = {row["code"]: row for row in _read("gapura.catalog", "categories.json")}
    found = []
    for row in _read("gapura.ops.seeding", "goods.json"):
        category = schemas[row["category"]]
        low, high = row.pop("price")
        rest = {"schema": category["schema"], "kblis": tuple(category["kblis"])}
        found.append(Kind(**row, **rest, price=(low, high)))
    return tuple(found)


def _read(package: str, name: str) -> list[dict[str, Any]]:
    text = files(package).joinpath("reference", name).read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = json.loads(text)
    return rows


def lines_of_business(firm: Firm) -> tuple[str, ...]:
    """The KBLI codes that a company needs for what it sells."""
    return tuple(sorted({kind.kblis[0] for kind in kinds() if firm.offers(kind.category)}))


def make_goods(companies: Sequence[str], number: int) -> list[Good]:
    """So many products of these companies, the same for the same two; most are in the catalog."""
    rng = Random("gapura sample goods")  # noqa: S311 - the same each time is the point
    pairs = [
        (kind, firm)
        for kind in kinds()
        for firm in map(FIRMS.__getitem__, companies)
        if firm.offers(kind.category)
    ]
    maker = _Maker(rng)
    return [maker.make(*pairs[place % len(pairs)], place // len(pairs)) for place in range(number)]


class _Maker:
    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._names: set[tuple[str, str]] = set()
        self._made: dict[str, int] = {}

    def make(self, kind: Kind, firm: Firm, turn: int) -> Good:
        """The `turn`-th product of this kind at this company."""
        rng = self._rng
        size = min((turn % 3 + rng.random()) / 3, 0.999)
        fields = self._fields(kind, firm, size)
        price = self._price(kind, size)
        return Good(
            company=firm.code,
            fields=fields,
            price=price,
            stock=Decimal(rng.choice(_STOCKS[price > _DEAR])),
            picture=kind.picture,
            state=self._state(firm),
            labels=self._labels(local=fields.origin == "local"),
        )

    def _fields(self, kind: Kind, firm: Firm, size: float) -> ProductFields:
        rng, service = self._rng, kind.category.startswith(_SERVICES)
        attributes = {row["code"]: self._value(kind, row, size) for row in kind.schema}
        local = service or rng.random() < _LOCAL
        brand = "" if service else rng.choice(_BRANDS)
        name = self._name(kind, firm, attributes, brand)
        return ProductFields(
            name=name,
            category=kind.category,
            description=_described(kind, firm, attributes, name),
            attributes=attributes,
            unit=kind.unit,
            origin="local" if local else "import",
            brand=brand,
        )

    def _value(self, kind: Kind, row: Mapping[str, Any], size: float) -> str | bool:
        """Properties grow together: the larger laptop has more memory as well."""
        if row["kind"] == "yes_no":
            return self._rng.random() < 0.3 + size / 2
        values = row.get("choices") or kind.values[row["code"]]
        at = self._rng.random() if row["code"] in _FREE else size
        value = values[int(at * len(values))]
        code: str = value if isinstance(value, str) else value["code"]
        return code

    def _name(self, kind: Kind, firm: Firm, values: Mapping[str, Any], brand: str) -> str:
        told = {row["code"]: _shown(row, values[row["code"]]) for row in kind.schema}
        plain = kind.name.format(**told)
        model = f"{brand} {brand[0]}{self._rng.randint(100, 989)}" if brand else ""
        name = " ".join(f"{plain} {model}".split())
        again = 2
        while (firm.code, name.lower()) in self._names:
            name = f"{plain} {model} paket {again}".replace("  ", " ")
            again += 1
        self._names.add((firm.code, name.lower()))
        return name

    def _price(self, kind: Kind, size: float) -> Decimal:
        low, high = kind.price
        amount = low * (high / low) ** size * self._rng.uniform(0.93, 1.07)
        step = 500 if amount < 100_000 else 5000 if amount < 2_000_000 else 50_000
        return Decimal(max(1, round(amount / step)) * step)

    def _state(self, firm: Firm) -> str:
        made = self._made[firm.code] = self._made.get(firm.code, 0) + 1
        at = self._rng.randrange(100)
        if made <= _ALWAYS_LISTED:
            return "listed"
        for state, share in _STATES:
            if at < share:
                return state
            at -= share
        return "listed"

    def _labels(self, *, local: bool) -> tuple[tuple[str, Decimal | None, str], ...]:
        rng = self._rng
        found: list[tuple[str, Decimal | None, str]] = []
        if local and rng.random() < 0.45:
            value = Decimal(rng.randint(2500, 7800)) / 100
            found.append(("tkdn", value, f"{rng.randint(100, 9999)}/SJ-IND.8/TKDN/CONTOH"))
        if local and rng.random() < 0.3:
            found.append(("pdn", None, ""))
        if rng.random() < 0.25:
            found.append(
                ("sni", None, f"LSPr-{rng.randint(10, 99)}-CONTOH-{rng.randint(100, 999)}")
            )
        return tuple(found)


def _shown(row: Mapping[str, Any], value: str | bool) -> str:
    """A value as it stands in a name: a choice by its Indonesian word."""
    for choice in row.get("choices", ()):
        if not isinstance(choice, str) and choice["code"] == value:
            return str(choice["label_id"])
    return str(value).replace(".", ",") if row["kind"] == "number" else str(value)


def _described(kind: Kind, firm: Firm, values: Mapping[str, Any], name: str) -> str:
    told = [
        " ".join((row["label_id"].lower(), _shown(row, values[row["code"]]), row.get("unit", "")))
        for row in kind.schema
        if row["kind"] in ("number", "choice")
    ]
    return (
        f"{name} dari {firm.name}. Spesifikasi: {', '.join(map(str.strip, told))}. "
        "Harga belum termasuk PPN. Produk contoh untuk peragaan, bukan barang yang sungguh dijual."
    )
