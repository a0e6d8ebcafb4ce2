"""What the sample data offers and orders, before any of it is written."""

from collections import Counter
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from gapura.catalog.attributes import read_schema, read_values
from gapura.ops.seeding import pictures
from gapura.ops.seeding.companies import FIRMS
from gapura.ops.seeding.goods import USUAL, kinds, lines_of_business, make_goods
from gapura.ops.seeding.plan import make_plan
from gapura.ops.seeding.purchases import Purchase
from gapura.ops.simulator.facts import NIB_ENDINGS
from gapura.organizations.rules import is_nib
from tests.personas import Personas

ANCHOR = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)


def test_goods_are_the_same_each_time_and_fit_their_categories() -> None:
    goods = make_goods(list(FIRMS), USUAL)
    assert goods == make_goods(list(FIRMS), USUAL)
    schemas = {kind.category: read_schema(kind.schema) for kind in kinds()}
    for good in goods:
        _, problems = read_values(schemas[good.fields.category], good.fields.attributes)
        assert problems == {}
    assert len({(good.company, good.fields.name.lower()) for good in goods}) == USUAL
    assert {good.company for good in goods} == set(FIRMS)
    assert {good.fields.category for good in goods} == set(schemas)


def test_forty_companies_have_numbers_of_their_own() -> None:
    assert len(FIRMS) == 40
    assert len({firm.nib for firm in FIRMS.values()}) == 40
    special = tuple(ending.digits for ending in NIB_ENDINGS)
    for firm in FIRMS.values():
        assert is_nib(firm.nib)
        assert not firm.nib.endswith(special)
        assert lines_of_business(firm)


@pytest.mark.parametrize("kind", sorted({kind.picture for kind in kinds()}))
def test_every_kind_of_goods_has_a_drawing(kind: str) -> None:
    drawn = pictures.picture(kind)
    with Image.open(BytesIO(drawn)) as image:
        assert image.size == (pictures.SIZE, pictures.SIZE)
        assert len(image.resize((60, 60)).getcolors(3600) or []) > 20
    assert drawn == pictures.picture(kind)


def test_there_are_at_least_sixty_drawings() -> None:
    assert len(pictures.kinds()) >= 60


def test_five_hundred_orders_lie_each_in_one_round(personas: Personas) -> None:
    rounds = make_plan(ANCHOR, 300).rounds
    found: list[Purchase] = []
    since = None
    for part in rounds:
        for deed in part.deeds:
            if deed.verb == "purchase":
                steps = deed.values["purchase"].steps
                assert since is None or steps[0].at >= since
                assert steps[-1].at < part.until
                assert [step.at for step in steps] == sorted(step.at for step in steps)
                found.append(deed.values["purchase"])
        since = part.until
    # Five hundred at home, three of the outsider's.
    assert len({purchase.number for purchase in found}) == len(found) == 503
    assert Counter(purchase.team.unit for purchase in found)["D32.009"] < 300
