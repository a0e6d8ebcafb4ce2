"""What the dated rows rest on is read in both languages."""

import pytest
from django.utils.translation import gettext, override

from gapura.access.models import AccessRule, ConflictRule, StandingRule
from gapura.access.rules.citations import CITATIONS


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [AccessRule, ConflictRule, StandingRule])
def test_every_basis_is_known_to_the_translators(rows: type) -> None:
    told = set(rows.objects.values_list("basis", flat=True))  # type: ignore[attr-defined]
    assert told
    assert told <= set(CITATIONS)


def test_every_basis_is_told_in_indonesian() -> None:
    with override("id"):
        assert [text for text in CITATIONS if gettext(text) == text] == []
