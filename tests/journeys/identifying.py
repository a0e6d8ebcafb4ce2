"""Who somebody is, by a document that another person compares."""

from pathlib import Path

from playwright.sync_api import expect

from gapura.accounts.queries import CHECKLIST
from tests.documents.makers import jpg
from tests.journeys.newcomer import Newcomer
from tests.journeys.visitor import Visitor

# Endings of a NIK that the registry does not know or tells differently; one for each walk.
_disputed = iter((9998, 9997, 9999, 0))


def disputed_person() -> Newcomer:
    """Somebody whom the civil registry does not confirm."""
    return Newcomer(serial=next(_disputed))


def send_a_document(me: Visitor, folder: Path) -> None:
    """A scan of the identity card."""
    file = folder / "ktp.jpg"
    file.write_bytes(jpg())
    me.open("/account/identity/document")
    me.page.locator("input[name=kind][value=ktp]").check()
    me.page.locator("input[name=document]").set_input_files(file)
    me.press("Send it in")
    me.reads("Your document is sent in. You will be told by e-mail.")


def compare_it(me: Visitor, person: Newcomer) -> None:
    """Take it from the queue, type the NIK that it shows, tick every point that holds."""
    me.open("/people/identities")
    me.click(me.page.locator("tr", has_text=person.username).get_by_role("link").first)
    me.press("Take the document")
    me.fill("NIK as it stands in the document", person.nik)
    me.tick(*CHECKLIST.values())
    me.press("Confirm the identity")
    expect(me.page.locator(".govuk-notification-banner--success")).to_be_visible()
