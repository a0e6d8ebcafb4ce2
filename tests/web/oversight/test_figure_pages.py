"""The pages of figures: what they show to whom, how safe their pictures are, what they cost."""

import re
from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

import openpyxl
import pypdfium2
import pytest
from pytest_django import DjangoAssertNumQueries

from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.notifications.models import Mail
from gapura.organizations.models import Agency, Company
from gapura.reports.models import MonthlyReport, Subscription
from gapura.reports.rules.pictures import BARS, HEAT, KINDS, LINES, STACKED, Picture, Row
from gapura.reports.services.counting import keep_figures
from gapura.reports.services.monthly import send_reports
from gapura.web.oversight.charts import Point, draw, draw_dots
from tests.purchasing import shop as market
from tests.web.browser import Browser, text_of
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
EVIL = '=HYPERLINK("http://x")<script>alert(1)</script>&"\''
PAGES = ("/oversight", "/oversight/sign-ins", "/oversight/orders", "/oversight/suppliers")
_SVG = re.compile(r"<svg class=\"gp-chart\".*?</svg>", re.DOTALL)


@pytest.fixture(autouse=True)
def _places() -> None:
    market.places()


def _month() -> str:
    return f"{(clock.today().replace(day=1) - timedelta(days=1)):%Y-%m}"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["admin_platform", "admin_instansi", "apip"])
def test_overseers_open_each_page_with_few_statements(
    role: str, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    here = signed_in(role)
    here.get("/")
    with django_assert_max_num_queries(10):
        answer = here.get(page)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "style=" not in html
    for svg in _SVG.findall(html):
        ET.fromstring(svg.replace("&nbsp;", " "))  # noqa: S314 - made by ourselves


def test_the_platform_opens_kept_pictures_with_fewer() -> None:
    keep_figures(actor=system_actor("figures"))
    html = signed_in("admin_platform").get("/oversight?days=30").content.decode()
    assert html.count('class="gp-chart"') + html.count("gp-nothing") == 4
    assert "/oversight?group=ministry&amp;days=30" in html


def test_others_have_no_such_pages_and_no_other_agency() -> None:
    for role in ("ppk", "verifikator", "bendahara", "admin_perusahaan"):
        assert signed_in(role).get("/oversight").status_code == 404
    for role in ("admin_instansi", "apip"):
        here = signed_in(role)
        assert here.get("/oversight?agency=T1").status_code == 200
        for asked in ("agency=T2", "group=ministry", "agency=%00"):
            assert here.get(f"/oversight?{asked}").status_code == 404
        file = f"/oversight/monthly/file?month={_month()}&kind=pdf&agency=T2"
        assert here.get(file).status_code == 404
    assert signed_in("admin_perusahaan").get("/oversight/suppliers").status_code == 404
    assert signed_in("ppk").get("/company/performance").status_code == 404


def test_names_are_letters_wherever_they_stand() -> None:
    Agency.objects.filter(pk="T1").update(name=EVIL)
    market.opened().until("ship")
    Company.objects.filter(pk="PT1").update(name=EVIL)
    here = signed_in("apip")
    for page in PAGES:
        assert b"<script>alert" not in here.get(page).content
    for svg in _SVG.findall(here.get("/oversight/suppliers").content.decode()):
        assert "&lt;script" in svg
        ET.fromstring(svg)  # noqa: S314 - made by ourselves


@pytest.mark.parametrize("kind", [BARS, STACKED, LINES, HEAT])
def test_drawings_keep_inside_their_picture(kind: str) -> None:
    columns = tuple(f"{hour:02}" for hour in range(24)) if kind == HEAT else ("One", "Two")
    many = [tuple((place * 7 + at) % 11 * 1000 for at in range(len(columns))) for place in range(5)]
    nothing = tuple(0 for _ in columns)
    rows = tuple(Row(f"Row {at} {'x' * 90}", values, said=True) for at, values in enumerate(many))
    for found in (rows, (*rows, Row("None", nothing, said=True)), ()):
        drawn = draw(Picture("c", kind, "T", "S", "H", columns, found, said=True))
        for bar in drawn.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= drawn.width + 0.2
            assert 0 <= bar.y <= bar.y + bar.height <= drawn.height
        for dot in drawn.dots:
            assert 0 <= dot.x <= drawn.width
            assert 0 <= dot.y <= drawn.height
        assert all(len(words.text) < 70 for words in drawn.words)
    assert kind in KINDS


def test_a_dot_needs_enough_orders() -> None:
    points = (Point("A", "1 of 9", 0.11, 0.02, 0.43), Point("B", "1 of 2", None, None, None))
    drawn = draw_dots("d", "T", points, ("0 %", "100 %"))
    assert len(drawn.dots) == 1
    assert [words.text for words in drawn.words[:4]] == ["A", "1 of 9", "B", "1 of 2"]


def test_a_month_as_pdf_holds_the_numbers_and_the_checkpoint() -> None:
    here = signed_in("apip")
    answer = here.get(f"/oversight/monthly/file?month={_month()}&kind=pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    text = _text(answer.content)
    row = MonthlyReport.objects.get(agency="T1")
    for words in ("Agency T1", "From registration to access", "Checkpoint", str(row.checkpoint)):
        assert words in text
    assert b"/UA" in answer.content or b"pdfuaid" in answer.content
    again = here.get(f"/oversight/monthly/file?month={_month()}&kind=pdf").content
    assert again == answer.content
    names = LogEvent.objects.filter(name__startswith="reports.monthly.").values_list("name")
    assert sorted(name for (name,) in names) == [
        "reports.monthly.downloaded", "reports.monthly.downloaded", "reports.monthly.made",
    ]  # fmt: skip


def test_a_month_as_workbook_has_numbers_and_no_formulas() -> None:
    Agency.objects.filter(pk="T1").update(name=EVIL)
    here = signed_in("admin_instansi", language="id")
    answer = here.get(f"/oversight/monthly/file?month={_month()}&kind=xlsx")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert EVIL in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert len(book.sheetnames) == len(MonthlyReport.objects.get().pictures) + 1


@pytest.mark.parametrize("asked", ["month=2026-13&kind=pdf", "month=x&kind=pdf", "kind=pdf"])
def test_no_such_month_is_404(asked: str) -> None:
    here = signed_in("admin_platform")
    assert here.get(f"/oversight/monthly/file?{asked}").status_code == 404
    this = f"month={clock.today():%Y-%m}&kind=pdf"
    assert here.get(f"/oversight/monthly/file?{this}").status_code == 404
    assert here.get(f"/oversight/monthly/file?month={_month()}&kind=exe").status_code == 404
    assert not MonthlyReport.objects.exists()


def test_subscribers_are_told_once_and_only_while_they_oversee() -> None:
    here, other = signed_in("apip"), signed_in("admin_platform")
    for browser in (here, other):
        _subscribe(browser)
        _subscribe(browser)
    assert Subscription.objects.count() == 2
    month = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    system = system_actor("figures")
    assert send_reports(actor=system, month=month) == 2
    assert send_reports(actor=system, month=month) == 0
    mails = Mail.objects.filter(template="reports/mail/monthly.txt")
    assert mails.count() == 2
    assert here.submit("/oversight/monthly/unsubscribe", "/oversight/monthly").status_code == 303
    assert not Subscription.objects.filter(agency="T1").exists()


def _subscribe(browser: Browser) -> None:
    page = browser.submit("/oversight/monthly/subscribe", "/oversight/monthly")
    assert page.status_code == 303


def test_the_ppk_rates_on_the_orders_page() -> None:
    shop = market.opened()
    order = shop.until("pay")
    here = signed_in("ppk")
    page = here.get(f"/orders/{order}")
    assert f'/orders/{order}/rate"' in page.content.decode()
    assert "something to correct" not in text_of(here.get(f"/orders/{order}/rate"))
    given = {"quality": "5", "cost": "4", "time": "4", "service": "5", "note": ""}
    missing = here.submit(f"/orders/{order}/rate", **{**given, "cost": ""})
    assert missing.status_code == 422
    assert text_of(missing).count("something to correct") == 1
    answer = here.submit(f"/orders/{order}/rate", **given)
    assert (answer.status_code, answer["Location"]) == (303, f"/orders/{order}")
    assert "Rating" in text_of(here.get("/oversight/suppliers"))
    assert signed_in("bendahara").get(f"/orders/{order}/rate").status_code in {403, 404}
    seen = text_of(signed_in("admin_perusahaan").get("/company/performance"))
    assert "orders accepted" in seen


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)
