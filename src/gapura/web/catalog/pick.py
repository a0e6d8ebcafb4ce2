"""Picking a category in three levels, for a new product (/catalog/upload) or a changed one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy

from gapura.catalog.permissions import Can
from gapura.catalog.queries import CategoryView, category_tree, product_for
from gapura.kernel.permissions import require
from gapura.web.shell.forms import Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

_LAST_LEVEL = 3
_MOST_FOUND = 30


class FindForm(Form):
    """Words of a category's name."""

    text = TextField(
        label=lazy("Find a category by name"),
        hint=lazy("For example: paper, chair, laptop."),
        longest=100,
        required=False,
        type="search",
    )


def for_new(request: Request) -> HttpResponse:
    """Where the new product belongs."""
    return _page(request, "/catalog/upload", "/catalog/upload/%s", None)


def for_change(request: Request, product_id: UUID) -> HttpResponse:
    """Where a product belongs instead."""
    view = product_for(request.actor, product_id)
    require(request.actor, Can.SAVE, view)
    here = f"/catalog/{product_id}"
    return _page(request, f"{here}/category", f"{here}/edit?category=%s", view)


def _page(request: Request, here: str, onward: str, product: Any) -> HttpResponse:
    form = FindForm(request.GET)
    tree = category_tree()
    by_code = {each.code: each for each in tree}
    chosen = by_code.get(request.GET.get("in", ""))
    text = form.cleaned_data["text"] if form.is_valid() else ""
    rows = _found(tree, by_code, text) if text else _below(tree, chosen)
    values = {
        "form": form,
        "here": here,
        "product": product,
        "path": _path(by_code, chosen) if not text else [],
        "rows": [(row, _href(row, here, onward), _above(by_code, row)) for row in rows],
        "text": text,
        "level": chosen.level + 1 if chosen else 1,
    }
    return render(request, "catalog/pick.html", values, 422 if form.errors else 200)


def _href(row: CategoryView, here: str, onward: str) -> str:
    return onward % row.code if row.level == _LAST_LEVEL else f"{here}?in={row.code}"


def _below(tree: Sequence[CategoryView], chosen: CategoryView | None) -> list[CategoryView]:
    parent = chosen.code if chosen else ""
    return [each for each in tree if each.parent == parent]


def _found(
    tree: Sequence[CategoryView], by_code: dict[str, CategoryView], text: str
) -> list[CategoryView]:
    """Categories of the last level whose name, or a name above it, holds every word."""
    words = text.casefold().split()
    hits = []
    for each in tree:
        if each.level == _LAST_LEVEL:
            names = f"{_above(by_code, each)} {each.name}".casefold()
            if all(word in names for word in words):
                hits.append(each)
    return hits[:_MOST_FOUND]


def _path(by_code: dict[str, CategoryView], chosen: CategoryView | None) -> list[CategoryView]:
    """From the first level down to the chosen one."""
    path: list[CategoryView] = []
    while chosen is not None:
        path.insert(0, chosen)
        chosen = by_code.get(chosen.parent)
    return path


def _above(by_code: dict[str, CategoryView], row: CategoryView) -> str:
    return " / ".join(each.name for each in _path(by_code, by_code.get(row.parent)))
