"""Companies by name that fulfil what a higher room asks of them."""

from collections.abc import Collection

from django.db.models import Exists, Q

from gapura.organizations.models import Company

_LONGEST = 100


def companies_among(among: Exists, text: str, first: int, most: int) -> dict[str, str]:
    """Names by code, in the order of names: those of `among` whose name or code holds `text`.

    `among` refers to a company by `OuterRef("pk")`.
    """
    text = text.replace("\0", "").strip()[:_LONGEST]
    rows = Company.objects.filter(among)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(code__iexact=text))
    return dict(rows.order_by("name", "code").values_list("code", "name")[first : first + most])


def company_names(codes: Collection[str]) -> dict[str, str]:
    """Names by code, and nothing else of the companies; unknown codes are left out."""
    rows = Company.objects.filter(pk__in=list(codes)) if codes else Company.objects.none()
    return dict(rows.values_list("code", "name"))
