"""/catalog: what this role may see; search, categories and, for buyers, the way to choose."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from gapura.catalog.permissions import Can
from gapura.catalog.queries import (
    PAGE,
    CategoryView,
    Only,
    ProductPage,
    categories,
    chosen_by_unit,
    products_for,
)
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

_LAST_PAGE = 1000


class SearchForm(Form):
    """A GET form: words and a category."""

    text = TextField(label=lazy("Product or company"), longest=100, required=False, type="search")
    category = ChoiceField(label=lazy("Category"), look="select", required=False)


def show(request: Request) -> HttpResponse:
    """One page of the list; words that cannot be searched for are said to be so."""
    form, only = SearchForm(request.GET), _only(request)
    _offer(form, categories(), "")
    page = _number(request.GET.get("page", ""))
    if not form.is_valid():
        nothing = ProductPage((), 0, ())
        return render(request, "catalog/products.html", _values(request, form, nothing, only), 422)
    text, category = form.cleaned_data["text"], form.cleaned_data["category"]
    found = products_for(request.actor, text, category, page, only)
    _offer(form, found.found, category)
    return render(request, "catalog/products.html", _values(request, form, found, only, page))


def _offer(form: SearchForm, found: tuple[CategoryView, ...], chosen: str) -> None:
    """The categories that have something, with how much; the chosen one always."""
    field: Any = form.fields["category"]
    named = dict(field.choices)
    options = [(c.code, f"{c.name} ({c.count})" if c.count else c.name) for c in found]
    if chosen and all(code != chosen for code, _name in options):
        options.append((chosen, named[chosen]))
    field.choices = [("", _("All categories")), *options]


def _values(
    request: Request, form: SearchForm, found: ProductPage, only: Only, page: int = 1
) -> dict[str, Any]:
    actor = request.actor
    kept = [(n, request.GET.get(n, "")) for n in ("show", "text", "category")]
    kept = [(name, value) for name, value in kept if value]
    searched = any(name != "show" for name, _value in kept)
    return {
        "form": form,
        "found": found,
        "page": page,
        "pages": -(-found.total // PAGE),
        "base": f"?{urlencode([*kept, ('page', '')])}",
        "clear": f"?show={only.value}" if searched and only else "?" if searched else "",
        "summary": _summary(form, found),
        "only": only.value,
        "tabs": _tabs(actor, only),
        "chosen": chosen_by_unit(actor, [p.id for p in found.products]),
        "may_choose": may(actor, Can.CHOOSE),
        "may_upload": may(actor, Can.UPLOAD),
        "place": actor.grant.place if actor.grant else "",
    }


def _summary(form: SearchForm, found: ProductPage) -> str:
    if not form.is_valid():
        return ""
    count = ngettext("%(count)s product", "%(count)s products", found.total)
    said = count % {"count": found.total}
    text = form.cleaned_data["text"]
    return _("%(products)s for “%(text)s”") % {"products": said, "text": text} if text else said


def _tabs(actor: Actor, only: Only) -> list[dict[str, Any]]:
    """The parts of the list that this role has; none for those who see one list only."""
    parts = {
        Only.OWN: (_("Your company's products"), Can.UPLOAD),
        Only.UNLISTED: (_("Waiting for a check"), Can.PUBLISH),
    }
    mine = [(part, text) for part, (text, right) in parts.items() if may(actor, right)]
    if not mine:
        return []
    return [
        {"text": text, "href": f"?show={part.value}" if part else "?", "current": part == only}
        for part, text in [(Only.ALL, _("Everything")), *mine]
    ]


def _only(request: Request) -> Only:
    asked = request.GET.get("show", "")
    return Only(asked) if asked in set(Only) else Only.ALL


def _number(text: str) -> int:
    """A page number; anything else is the first page."""
    if not (text.isascii() and text.isdigit()) or len(text) > 4:
        return 1
    return min(max(int(text), 1), _LAST_PAGE)
