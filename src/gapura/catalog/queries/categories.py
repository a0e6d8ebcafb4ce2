"""Reads of categories in the current language."""

from collections.abc import Iterator

from django.utils.translation import get_language

from gapura.catalog.attributes import read_schema
from gapura.catalog.errors import NoSuchCategory
from gapura.catalog.models import Category
from gapura.catalog.queries.views import CategoryDetail, CategoryView
from gapura.catalog.rules import kbli_fits
from gapura.kernel.actor import Actor
from gapura.kernel.prepared import Prepared
from gapura.kernel.problems import FieldProblems
from gapura.organizations.queries import company

_LONGEST_CODE = 40
_TREE = {
    column: Prepared(
        lambda column=column: Category.objects.order_by(column).values_list(
            "code", column, "level", "parent_id"
        )
    )
    for column in ("name_id", "name_en")
}


def name_column() -> str:
    """The column that holds the name in the current language."""
    return "name_en" if get_language() == "en" else "name_id"


def category_tree() -> tuple[CategoryView, ...]:
    """Every category in the order of the tree: a parent, then what is below it, by name.

    One query.
    """
    below: dict[str, list[CategoryView]] = {}
    for code, name, level, parent in _TREE[name_column()].rows():
        below.setdefault(parent or "", []).append(CategoryView(code, name, level, parent or ""))
    return tuple(_walk(below, ""))


def _walk(below: dict[str, list[CategoryView]], parent: str) -> Iterator[CategoryView]:
    for view in below.get(parent, ()):
        yield view
        yield from _walk(below, view.code)


def category(code: str) -> CategoryDetail:
    """One category with the schema of its products. One query.

    :raises FieldProblems: category (NoSuchCategory) for an unknown code.
    """
    rows = Category.objects.select_related("parent__parent").filter(pk=code[:_LONGEST_CODE])
    row = rows.first()
    if row is None:
        raise FieldProblems({"category": NoSuchCategory()})
    return detail_of(row)


def detail_of(row: Category) -> CategoryDetail:
    """The view of a row whose parents are loaded."""
    column = name_column()
    line = [row]
    while (parent := line[0].parent) is not None:
        line.insert(0, parent)
    path = tuple(getattr(one, column) for one in line)
    return CategoryDetail(
        code=row.code,
        name=path[-1],
        level=row.level,
        parent=row.parent_id or "",
        path=path,
        kblis=tuple(row.kblis),
        schema=read_schema(row.schema),
        tax_class=row.tax_class,
    )


def may_offer_in(actor: Actor, found: CategoryDetail) -> bool:
    """Whether the business fields (KBLI) of the actor's company fit a category. Two queries."""
    code = actor.grant.company if actor.grant else ""
    return bool(code) and kbli_fits(found.kblis, company(code).kblis)
