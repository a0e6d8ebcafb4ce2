"""Papers as PDF: quick, tagged, and deaf to markup in what people type."""

import re
import time
from typing import Any

import pypdfium2
import pytest

from gapura.documents.making import MOST_DATA, make_pdf
from gapura.documents.queries import get_document, original_bytes
from gapura.documents.services import keep_made
from gapura.purchasing import services
from gapura.purchasing.models import OrderDocument
from tests.catalog import goods
from tests.purchasing.shop import Shop

HOSTILE = (
    '<script>alert("x")</script>',
    '#read("/etc/passwd")',
    '#include "/etc/passwd"',
    "*bold* _it_ $x^2$ = Heading",
    "#sys.inputs #panic() @label <label>",
    "\\u{41} \\ // /* */ `raw`",
    '"},{"title":"other"',
)


def letter(**changed: Any) -> dict[str, Any]:
    """What the order letter's template is told."""
    return {
        "title": "Surat Pesanan",
        "number": "SP-2026-000001",
        "language": "id",
        "buyer": {"name": "Satker"},
        "words": {
            "page": "Halaman", "lines": "Barang", "columns": ["No.", "Nama", "a", "b", "c", "d"],
            "clauses": "Klausul", "signatures": "Tanda tangan", "signing": "Cara",
        },
        "facts": [["Satker", "Dinas"]],
        "lines": [[str(n), f"Barang {n}", "1", "2", "3", "4"] for n in range(60)],
        "totals": [["Jumlah", "Rp1"]],
        "clauses": ["Baru."],
        "signers": [{"side": "PPK", "place": "Dinas", "person": "A"}] * 2,
        **changed,
    }  # fmt: skip


def text_of(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(content)
    return "\n".join(pdf[n].get_textpage().get_text_range() for n in range(len(pdf)))


def squeezed(text: str) -> str:
    """Without blanks: lines are broken, and ligatures and quotes are the typesetter's."""
    return re.sub(r"[\s\ufffe\"“”'-]", "", text)


@pytest.mark.parametrize("typed", HOSTILE)
def test_markup_in_a_name_stays_letters(typed: str) -> None:
    """Template injection (CWE-1336): a company names itself `#read("/etc/passwd")`."""
    data = letter(
        facts=[["Penyedia", typed]], clauses=[typed], lines=[["1", typed, "1", "2", "3", "4"]]
    )
    made = make_pdf("gapura.purchasing", "papers/order_letter.typ", data)
    text = squeezed(text_of(made.content))
    assert text.count(squeezed(typed)) == 3
    assert "root:" not in text


def test_a_paper_is_tagged_for_screen_readers_and_names_its_language() -> None:
    made = make_pdf("gapura.purchasing", "papers/order_letter.typ", letter())
    assert b"/StructTreeRoot" in made.content
    assert b"pdfuaid" in made.content
    assert b"/Lang" in made.content
    assert made.pages == len(pypdfium2.PdfDocument(made.content)) == 2


def test_sixty_lines_take_less_than_150_milliseconds_once_warm() -> None:
    make_pdf("gapura.purchasing", "papers/order_letter.typ", letter())
    taken = []
    for number in range(5):
        data = letter(number=f"SP-2026-{number:06d}")
        began = time.process_time()
        make_pdf("gapura.purchasing", "papers/order_letter.typ", data)
        taken.append(time.process_time() - began)
    assert sorted(taken)[2] < 0.150


def test_the_same_data_make_the_same_bytes_at_another_time() -> None:
    first = make_pdf("gapura.purchasing", "papers/order_letter.typ", letter())
    time.sleep(1.1)
    second = make_pdf("gapura.purchasing", "papers/order_letter.typ", letter())
    assert first.sha256 == second.sha256


def test_too_much_data_is_refused() -> None:
    with pytest.raises(ValueError, match="too much"):
        make_pdf("gapura.purchasing", "papers/order_letter.typ", letter(clauses=["x" * MOST_DATA]))


@pytest.mark.django_db
def test_a_made_paper_is_kept_by_its_digest(shop: Shop) -> None:
    made = make_pdf("gapura.purchasing", "papers/order_letter.typ", letter())
    first = keep_made(actor=shop.ppk, name="a.pdf", made=made)
    assert keep_made(actor=shop.ppk, name="b.pdf", made=made) == first
    view = get_document(first)
    assert (view.sha256, view.size, view.purpose) == (made.sha256, len(made.content), "made")
    assert original_bytes(first).content == made.content


@pytest.mark.django_db
def test_markup_in_a_products_name_is_harmless_on_paper(shop: Shop) -> None:
    product = goods.listed(
        shop.seller, shop.curator, goods.laptop('Laptop *b* #emph[x] "murah"'), price=1_000_000
    )
    order = shop.until("sign", product=product)
    paper = OrderDocument.objects.get(order=order)
    told = services.open_document(actor=shop.pp, order=order, document=paper.id)
    assert squeezed("*b* #emph[x]") in squeezed(text_of(told.content))
