"""From nobody to a company that sells: registry, telephone, business number, papers, people."""

from pathlib import Path

from playwright.sync_api import expect

from gapura.ops.seeding.letters import letter_pdf
from tests.journeys.applying import arrive, confirm_address, enroll
from tests.journeys.newcomer import Newcomer, Owner
from tests.journeys.phone import Phone
from tests.journeys.visitor import Visitor

PAPERS = {
    "akta": "Deed of establishment (akta) with its last change",
    "letter": "Owner's statement or power of attorney (surat pernyataan, surat kuasa)",
}
INVITATIONS = "/company/invitations/"
_WORDS = ("Yang bertanda tangan menyatakan bahwa keterangan ini benar.",)


def register_citizen(me: Visitor, person: Newcomer) -> None:
    """A citizen needs no agency; the code from the mail signs in."""
    arrive(me)
    me.press("Register", me.page.locator("main"))
    me.tick("Other citizen")
    me.press("Continue")
    me.fill("Full name", person.name)
    me.fill("NIK", person.nik)
    me.fill("E-mail address", person.email)
    me.fill("Username", person.username)
    me.fill("Password", person.password)
    me.tick("I have read the privacy notice, and what I entered here is true")
    me.press("Register", me.page.locator("main"))
    confirm_address(me, person)


def be_known_to_the_registry(me: Visitor) -> None:
    """The civil registry has said that NIK, name and date of birth belong together."""
    me.open("/account/identity")
    if not me.page.get_by_text(me.t("Confirmed"), exact=True).count():
        me.press("Ask the registry")
    lines = me.page.locator("table", has_text=me.t("The registry")).locator("tbody tr")
    expect(lines).to_have_count(3)
    for line in lines.all():
        expect(line).to_contain_text(me.t("Matches"))


def confirm_phone(me: Visitor, person: Owner) -> None:
    """The code that the gateway brought; a wrong one is not taken."""
    me.open("/account/phone")
    me.fill("Telephone number", person.phone)
    me.tick("Text message (SMS)")
    me.press("Send me the code")
    code = me.stage.message(person.phone)
    me.fill("Code in the message", "000000" if code != "000000" else "111111")
    me.press("Continue")
    me.reads("There is something to correct")
    me.fill("Code in the message", code)
    me.press("Continue")
    me.reads("Your telephone number is confirmed.")


def found_company(me: Visitor, person: Owner, folder: Path) -> None:
    """Number, what the authorities say, papers, address."""
    me.open("/company")
    me.follow("Register your company")
    me.fill("Business number (NIB)", person.nib[:-4] + "7777")
    me.press("Check the number")
    me.heading("OSS names another owner")
    me.follow("Try another business number")
    me.fill("Business number (NIB)", person.nib)
    me.press("Check the number")
    me.reads("What the authorities say")
    for kind, title in PAPERS.items():
        me.follow(title)
        me.page.locator("input[name=document]").set_input_files(_paper(folder, kind, title))
        me.press("Add the document")
        me.reads("The document was added.")
    me.fill("Business address", "Jalan Asia Afrika 8, Bandung")
    me.tick("I may act for this company, and what I enter and upload is true.")
    me.press("Register the company")
    me.reads("Your company is registered. Activate your role there.")


def _paper(folder: Path, kind: str, title: str) -> Path:
    file = folder / f"{kind}.pdf"
    file.write_bytes(letter_pdf("Notaris Contoh", "12/2026", title, _WORDS, "Ratih Permatasari"))
    return file


def activate_role(me: Visitor) -> Phone:
    """It begins to work under a second factor, which is set up on the way."""
    me.open("/company")
    me.follow("Activate the role")
    return _activate(me)


def _activate(me: Visitor) -> Phone:
    me.press("Activate the role")
    me.heading("You need an authenticator app")
    phone = enroll(me)
    me.press("Activate the role")
    me.reads("Your access is active, and you are using it now.")
    return phone


def invite(me: Visitor, guest: Newcomer) -> str:
    """Mail a link to somebody; answers the path in it."""
    me.open("/company")
    me.press("People and invitations")
    me.press("Invite somebody")
    me.fill("E-mail address", guest.email)
    me.tick("Company staff (Staf Perusahaan)")
    me.press("Send the invitation")
    text = str(me.stage.mail_with(guest.email, INVITATIONS)["text"])
    return INVITATIONS + text.split(INVITATIONS)[1].split()[0]


def come_in(me: Visitor, address: str) -> None:
    """The guest reads the offer, accepts it and activates the role."""
    me.open(address)
    me.press("Accept the invitation")
    _activate(me)
    me.open("/catalog/mine")
    me.heading("Your company's products")


def see_who_came(me: Visitor, guest: Newcomer) -> None:
    """The administrator sees the guest among the company's people, and no open invitation."""
    me.open("/company/people")
    row = me.page.locator("#members tr, table tr", has_text=guest.username).first
    expect(row).to_contain_text(me.t("Company staff (Staf Perusahaan)"))
    assert not me.page.get_by_text(guest.email).count()
