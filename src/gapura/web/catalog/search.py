"""/catalog: search with filters; cards with pictures; for buyers, the way to choose."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gapura.catalog.permissions import Can
from gapura.catalog.queries import (
    PAGE,
    CategoryView,
    ProductPage,
    Search,
    category,
    chosen_by_unit,
    products_for,
)
from gapura.kernel.permissions import may
from gapura.kernel.problems import FieldProblems
from gapura.web.catalog.search_form import (
    SearchForm,
    category_options,
    filters_in_use,
    page_number,
)
from gapura.web.catalog.search_lines import lines
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

# So many narrower categories are offered as links; the select holds all of them.
_LINKS = 12


def show(request: Request) -> HttpResponse:
    """One page of the list; words that cannot be searched for are said to be so."""
    form, page = SearchForm(request.GET), page_number(request.GET.get("page", ""))
    if not form.is_valid():
        return _page(request, form, Search(), ProductPage((), 0), None, 422)
    wanted = form.wanted(page)
    try:
        found = products_for(request.actor, wanted)
        chosen = _chosen(wanted.category, found)
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, form, Search(), ProductPage((), 0), None, 422)
    return _page(request, form, wanted, found, chosen)


def _chosen(code: str, found: ProductPage) -> CategoryView | None:
    """The category the list is narrowed to, also when nothing is in it.

    :raises FieldProblems: there is no such category.
    """
    if not code:
        return None
    for facet in found.facets:
        if facet.code == code:
            return facet
    known = category(code)
    return CategoryView(known.code, known.name, known.level, known.parent)


def _page(
    request: Request,
    form: SearchForm,
    wanted: Search,
    found: ProductPage,
    chosen: CategoryView | None,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    values: dict[str, Any] = {
        "form": form,
        "options": category_options(found.facets, chosen),
        "chosen_category": chosen.code if chosen else "",
        **_told(form, found, chosen),
        "found": found,
        "page": wanted.page,
        "pages": -(-found.total // PAGE),
        "base": _base(form),
        "searched": bool(form.kept),
        "lines": lines(found.products, chosen_by_unit(actor, [p.id for p in found.products])),
        "may_choose": may(actor, Can.CHOOSE),
        "may_offer": may(actor, Can.LIST_OWN),
        "place": actor.grant.place if actor.grant else "",
    }
    return render(request, "catalog/search.html", values, status)


def _told(form: SearchForm, found: ProductPage, chosen: CategoryView | None) -> dict[str, Any]:
    """What a search is narrowed by and could be narrowed by; nothing while it has errors."""
    if form.errors:
        return {"narrower": (), "in_use": (), "summary": ""}
    company = found.products[0].company_name if found.products else ""
    return {
        "narrower": _narrower(form, found, chosen),
        "in_use": filters_in_use(form, company),
        "summary": _summary(form, found),
    }


def _base(form: SearchForm) -> str:
    address = form.address()
    return f"{address}{'&' if '?' in address else '?'}page="


def _narrower(
    form: SearchForm, found: ProductPage, chosen: CategoryView | None
) -> list[dict[str, Any]]:
    """The categories one level below, as links; and one level up."""
    below = [c for c in found.facets if c.parent == (chosen.code if chosen else "") and c.count]
    rows: list[dict[str, Any]] = [
        {"text": c.name, "count": c.count, "href": form.address(category=c.code)}
        for c in below[:_LINKS]
    ]
    if chosen:
        up = {"text": _("Wider"), "href": form.address(category=chosen.parent)}
        rows.insert(0, up)
    return [{**row, "current": False} for row in rows]


def _summary(form: SearchForm, found: ProductPage) -> str:
    count = ngettext("%(count)s product", "%(count)s products", found.total)
    said = count % {"count": found.total}
    text = form.cleaned_data["text"]
    return _("%(products)s for “%(text)s”") % {"products": said, "text": text} if text else said
