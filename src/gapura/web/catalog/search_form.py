"""The form above the catalog: words, category, price, labels and order."""

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.catalog.queries import LABELS, CategoryView, Search
from gapura.kernel.texts import N_
from gapura.web.catalog.amounts import rupiah_field
from gapura.web.shell.display import rupiah, tr
from gapura.web.shell.forms import ChoiceField, Form, ManyChoicesField, TextField

_LAST_PAGE = 1000
_LONGEST_CODE = 40
_NAMES = ("text", "category", "price_from", "price_to", "labels", "sort", "company")

SORTS = {
    "": N_("Best match"),
    "cheap": N_("Lowest price first"),
    "dear": N_("Highest price first"),
    "newest": N_("Newest first"),
    "name": N_("By name"),
}


class SearchForm(Form):
    """A GET form: everything may be left empty."""

    text = TextField(label=lazy("Product or company"), longest=100, required=False, type="search")
    category = TextField(label=lazy("Category"), longest=_LONGEST_CODE, required=False)
    sort = ChoiceField(label=lazy("Order"), look="select", required=False)
    price_from = rupiah_field(label=lazy("Price from, in rupiah"), hint="", required=False)
    price_to = rupiah_field(label=lazy("Price up to, in rupiah"), hint="", required=False)
    labels = ManyChoicesField(label=lazy("Only with these verified labels"), required=False)
    company = TextField(label=lazy("Company"), longest=_LONGEST_CODE, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        sort: Any = self.fields["sort"]
        sort.choices = [(code, tr(text)) for code, text in SORTS.items()]
        labels: Any = self.fields["labels"]
        labels.choices = [(code, tr(text)) for code, text in LABELS.items()]

    def clean(self) -> dict[str, Any]:
        """A price range that can hold something."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        low, high = cleaned.get("price_from"), cleaned.get("price_to")
        if low is not None and high is not None and low > high:
            self.add_error(
                "price_to", _("The highest price is lower than the lowest. Swap the two prices.")
            )
        return cleaned

    def wanted(self, page: int) -> Search:
        """What is looked for; call it on a valid form."""
        given = self.cleaned_data
        return Search(
            text=given["text"],
            category=given["category"],
            price_from=given["price_from"],
            price_to=given["price_to"],
            labels=tuple(given["labels"]),
            sort=given["sort"],
            page=page,
            company=given["company"],
        )

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What was asked, for the addresses of other pages of the same list."""
        data: Any = self.data
        pairs = [(name, value) for name in _NAMES for value in data.getlist(name) if value]
        return pairs[:20]

    def address(self, **changed: str) -> str:
        """This search with some values changed; an empty one is left out."""
        pairs = [(name, value) for name, value in self.kept if name not in changed]
        pairs += [(name, value) for name, value in changed.items() if value]
        return f"/catalog?{urlencode(pairs)}" if pairs else "/catalog"


def page_number(text: str) -> int:
    """A page number; anything else is the first page."""
    if not (text.isascii() and text.isdigit()) or len(text) > 4:
        return 1
    return min(max(int(text), 1), _LAST_PAGE)


def category_options(
    found: tuple[CategoryView, ...], chosen: CategoryView | None
) -> list[tuple[str, str]]:
    """The select's options: what holds something, indented by level; the chosen one always."""
    rows = [(c.code, f"{'- ' * (c.level - 1)}{c.name} ({c.count})") for c in found]
    if chosen and all(code != chosen.code for code, _name in rows):
        rows.append((chosen.code, f"{chosen.name} (0)"))
    return [("", _("All categories")), *rows]


def filters_in_use(form: SearchForm, company_name: str) -> list[dict[str, str]]:
    """What narrows the list beside words and category, each with the address without it."""
    given = form.cleaned_data
    rows = []
    if given["price_from"] is not None:
        text = _("From %(price)s") % {"price": rupiah(given["price_from"])}
        rows.append({"text": text, "href": form.address(price_from="")})
    if given["price_to"] is not None:
        text = _("Up to %(price)s") % {"price": rupiah(given["price_to"])}
        rows.append({"text": text, "href": form.address(price_to="")})
    if given["company"]:
        text = company_name or _("One company")
        rows.append({"text": text, "href": form.address(company="")})
    for code in given["labels"]:
        left = [("labels", each) for each in given["labels"] if each != code]
        others = [pair for pair in form.kept if pair[0] != "labels"]
        href = f"/catalog?{urlencode([*others, *left])}"
        rows.append({"text": tr(LABELS[code]), "href": href})
    return rows
