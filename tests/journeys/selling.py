"""A company's work: upload, label, send, change; the curator's work on it."""

from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from gapura.kernel import clock
from gapura.ops.seeding.letters import letter_pdf
from tests.journeys.newcomer import Goods
from tests.journeys.visitor import Visitor

CATEGORY = ("tik", "tik.komputer", "tik.komputer.laptop")
NUMBERS = {"ram": "16", "storage_gb": "512", "screen": "14", "warranty": "24"}
CHOICES = {"processor": "kelas_5", "os": "berlisensi"}
_SIDE = 900


def upload(me: Visitor, goods: Goods, folder: Path) -> str:
    """Category in three levels, properties, price, stock, picture, label; answers the address."""
    me.open("/catalog/mine")
    me.press("Upload a product")
    for level in CATEGORY[:2]:
        me.click(me.page.locator(f"main a[href='/catalog/upload?in={level}']"))
    me.click(me.page.locator(f"main a[href='/catalog/upload/{CATEGORY[2]}']"))
    _describe(me, goods)
    me.press("Save and go on")
    me.heading("Pictures")
    me.page.locator("input[name=picture]").set_input_files(_picture(folder))
    me.press("Add the picture")
    me.reads("The picture is added.")
    me.press("Go on to labels")
    _claim(me, folder)
    me.press("Go on: look at it and send it")
    address = me.page.url.removeprefix(me.stage.url)
    me.press("Send to the curators")
    me.reads("A curator is checking it. You are told about the decision; buyers see it after that.")
    return address


def _describe(me: Visitor, goods: Goods) -> None:
    me.fill("Name of the product", goods.name)
    me.fill("Description", goods.description)
    for code, number in NUMBERS.items():
        me.page.locator(f"input[name='attribute.{code}']").fill(number)
    for code, choice in CHOICES.items():
        me.page.locator(f"input[name='attribute.{code}'][value='{choice}']").check()
    me.fill("Price for one unit, without PPN", f"{goods.price:,}".replace(",", "."))
    me.fill("Stock that can be ordered now (optional)", str(goods.stock))


def _claim(me: Visitor, folder: Path) -> None:
    """A TKDN certificate; buyers see it once a curator has compared it."""
    last = clock.today() + timedelta(days=400)
    me.tick("TKDN certificate")
    me.fill("Percent", "42,50")
    me.fill("Number of the certificate", "4021/SJ-IND.8/TKDN/3/2026")
    me.day("Last day on which the certificate is valid", last.day, last.month, last.year)
    file = folder / "tkdn.pdf"
    words = ("Tingkat komponen dalam negeri 42,50%.",)
    file.write_bytes(letter_pdf("Kementerian Contoh", "4021", "TKDN", words, "Contoh"))
    me.page.locator("input[name=evidence]").set_input_files(file)
    me.press("Send the label")
    me.reads("A curator checks the label. Buyers see it after that.")


def _picture(folder: Path) -> Path:
    file = folder / "laptop.jpg"
    picture = Image.new("RGB", (_SIDE, _SIDE), "white")
    picture.paste((60, 72, 88), (150, 250, 750, 600))
    picture.paste((150, 160, 172), (100, 600, 800, 660))
    picture.save(file, quality=85)
    return file


def review(me: Visitor, goods: Goods) -> None:
    """The curator finds it in the queue, looks at it and lets it into the catalog."""
    me.open("/catalog/review")
    row = me.page.locator("#versions tr, table tr", has_text=goods.name)
    me.click(row.get_by_role("link", name=goods.name, exact=True).first)
    me.reads(goods.description)
    me.press("Approve")
    me.reads("%(name)s is in the catalog.", name=goods.name)


def verify_label(me: Visitor, address: str) -> None:
    """The curator compares the certificate; from now on buyers see the label."""
    me.open(address)
    me.follow("Check this label")
    me.press("Verify the label")
    me.reads("The label is verified. Buyers see it now.")


def change_price(me: Visitor, goods: Goods, address: str) -> None:
    """It counts at once, and buyers see the history."""
    me.open(f"{address}/price")
    me.fill("New price for one unit, without PPN", str(goods.next_price))
    me.press("Set the price")
    expect(me.page.locator(".gp-shown__price")).to_contain_text(rupiah(goods.next_price))


def change_description(me: Visitor, goods: Goods, address: str) -> None:
    """A new version; until it is checked buyers see the old one."""
    me.open(f"{address}/edit")
    me.fill("Description", goods.next_description)
    me.press("Save")
    me.press("Send to the curators")
    expect(me.page.get_by_text(goods.description, exact=True).first).to_be_visible()


def review_change(me: Visitor, goods: Goods, address: str) -> None:
    """The curator sees what changes, and approves; now buyers read the new text."""
    me.open("/catalog/review")
    row = me.page.locator("table tr", has_text=goods.name)
    expect(row).to_contain_text(me.t("Changed product"))
    me.open(f"{address}/review")
    me.reads("What changes")
    me.press("Approve")
    me.open(address)
    me.reads(goods.next_description)


def rupiah(amount: int) -> str:
    """As pages write it, without the sign before it."""
    return f"{amount:,}".replace(",", ".")
