"""From nobody to somebody with a role: each step as the people take it, by the words on screen."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from gapura.access.queries import CHECKLIST, DOCUMENT_CHECK
from gapura.kernel import clock
from gapura.ops.seeding.letters import letter_pdf
from tests.journeys.newcomer import AGENCY, UNIT, Newcomer
from tests.journeys.phone import Phone
from tests.journeys.visitor import Visitor


def arrive(me: Visitor) -> None:
    """Open the front page in Indonesian, and choose English with the switch at the top."""
    me.page.goto(me.stage.url)
    me.click(me.page.locator(f".gp-language button[lang={me.mode.lang}]"))
    me.heading("One account for government procurement")


def register(me: Visitor, person: Newcomer) -> None:
    """Type of person, details, agency from the reference data, username and password."""
    me.press("Register", me.page.locator("main"))
    me.tick("Civil servant (PNS)")
    me.press("Continue")
    me.heading("Your details")
    me.fill("Full name", person.name)
    me.fill("NIK", person.nik)
    me.fill("NIP", person.nip)
    _find_agency(me)
    me.fill("E-mail address", person.email)
    me.fill("Username", person.username)
    me.fill("Password", person.password)
    me.tick("I have read the privacy notice, and what I entered here is true")
    me.press("Register", me.page.locator("main"))


def _find_agency(me: Visitor) -> None:
    me.fill("Your agency", "jawa barat")
    if not me.mode.scripts:
        me.press("Search")
    me.page.get_by_label(AGENCY, exact=True).check()


def confirm_address(me: Visitor, person: Newcomer) -> None:
    """The code from the mail signs in, too."""
    me.heading("Confirm your e-mail address")
    me.fill("Code in the e-mail", me.stage.code(person.email, me.t("Confirm your e-mail address")))
    me.press("Continue")
    me.reads("Your e-mail address is confirmed and you are signed in. Welcome!")


def ask_for_access(me: Visitor, folder: Path) -> str:
    """Role, place, details, letter, read-back; answers the reference."""
    me.open("/requests/new")
    me.tick("Commitment officer (PPK)")
    me.press("Continue")
    me.page.get_by_label(me.t("Unit (satker)"), exact=True).select_option(label=UNIT)
    me.press("Continue")
    fill_details(me)
    me.press("Continue")
    fill_letter(me, folder)
    me.press("Continue")
    me.heading("Check before you send")
    return send(me)


def fill_details(me: Visitor) -> None:
    """What a PPK is asked besides; what others of the unit told before is only confirmed."""
    me.heading("Details of your office")
    me.page.get_by_label(me.t("Rank (golongan)"), exact=True).select_option(label="III/c")
    known = me.page.locator("input[name=npwp_is][value=same]")
    if known.count():
        known.check()
    else:
        me.fill("Tax number of the unit (NPWP)", "0012345674901000")
    if me.page.locator("input[name=unit_address]").count():
        me.fill("Address of the unit", "Jalan Pasteur 25, Bandung")


def fill_letter(me: Visitor, folder: Path) -> None:
    """What the letter says, and its scan."""
    me.heading("Appointment letter")
    copied = me.page.locator("input[name=registered][value=own]")
    if copied.count():
        copied.check()
    today = clock.today()
    signed, last = today - timedelta(days=9), today + timedelta(days=300)
    me.fill("Number of the letter", "821/045/BKD/2026")
    me.day("Date of the letter", signed.day, signed.month, signed.year)
    me.fill("Who signed it", "Drs. Asep Hidayat, M.Si.")
    me.fill("Position of the signer", "Kepala Dinas Kesehatan")
    me.day("First day of the appointment", signed.day, signed.month, signed.year)
    me.day("Last day of the appointment", last.day, last.month, last.year)
    me.tick("The letter itself names a last day after the budget year.")
    me.page.locator("input[name=document]").set_input_files(scan(folder))


def scan(folder: Path) -> Path:
    """A letter as a PDF file."""
    file = folder / "sk-ppk.pdf"
    about = "Pengangkatan Pejabat Pembuat Komitmen"
    body = ("Mengangkat yang namanya tercantum sebagai pejabat pembuat komitmen.",)
    file.write_bytes(letter_pdf(AGENCY, "821/045/BKD/2026", about, body, "Drs. Asep Hidayat"))
    return file


def send(me: Visitor) -> str:
    """Confirm the read-back and send; answers the reference."""
    me.page.locator("input[name=confirmed]").check()
    me.press("Send the request")
    me.heading("Your request has been sent")
    me.reads("Answer at the latest")
    reference = me.page.locator(".gp-code").first.inner_text()
    assert reference.startswith("AKS-")
    return reference


def take_request(me: Visitor, person: Newcomer, reference: str) -> None:
    """The verifier finds it in the queue and takes it."""
    me.open("/requests/queue")
    row = me.page.locator("tr", has_text=reference)
    me.click(row.get_by_role("link", name=person.name))
    picture = me.t("Page %(number)s of the letter", number=1)
    expect(me.page.get_by_role("img", name=picture).first).to_be_visible()
    me.press("Take the request")
    me.reads("Your decision")


def approve(me: Visitor) -> None:
    """Every point of the checklist holds, and the document unless the registry confirmed."""
    me.tick(*CHECKLIST.values())
    document = me.page.get_by_label(me.t(*DOCUMENT_CHECK.values()), exact=True)
    if document.count():
        document.check()
    me.press("Approve")


def send_back(me: Visitor) -> None:
    """Ask for a correction of one field, with a note."""
    me.page.locator("summary", has_text=me.t("Ask for a correction")).click()
    me.page.get_by_label(me.t("Letter number"), exact=True).check()
    reason = me.t("Reason (%(field)s)", field=me.t("Letter number"))
    me.page.get_by_label(reason, exact=True).select_option(
        label=me.t("It is not the same as in the letter")
    )
    note = me.t("Note for the applicant (%(field)s)", field=me.t("Letter number"))
    me.page.get_by_label(note, exact=True).fill("Nomor di surat: 821/046/BKD/2026")
    me.press("Send it back", me.page.locator("form[action$='/correct']"))


def correct(me: Visitor, person: Newcomer, reference: str) -> None:
    """The applicant reads what is wrong at the field, mends it and sends it in again."""
    subject = me.t("Please correct your request %(reference)s", reference=reference)
    me.stage.mail(person.email, subject)
    me.open("/requests")
    me.click(me.page.locator("tr", has_text=reference).get_by_role("link").first)
    me.press("Correct the request")
    me.reads("Nomor di surat: 821/046/BKD/2026")
    me.fill("Number of the letter", "821/046/BKD/2026")
    me.press("Continue")
    assert send(me) == reference


def activate(me: Visitor, person: Newcomer, reference: str) -> Phone:
    """Mail and notice, an authenticator app with backup codes, and the access works."""
    subject = me.t("Your request %(reference)s was approved", reference=reference)
    me.stage.mail(person.email, subject)
    me.open("/account/notices")
    me.reads(subject)
    me.follow(subject)
    me.press("Go on with the authenticator app")
    phone = enroll(me)
    me.press("Activate the access")
    me.open("/")
    me.reads("As %(role)s you may %(may)s.", **me.role("ppk"))
    return phone


def enroll(me: Visitor) -> Phone:
    """Connect an authenticator app by its key, and keep the backup codes."""
    me.press("Add an authenticator app")
    me.press("Show my key")
    expect(me.page.locator(".gp-qr img")).to_be_visible()
    me.page.locator("main summary").first.click()
    key = me.page.locator(".govuk-summary-list__row", has_text=me.t("Key")).locator("dd").first
    phone = Phone(key.inner_text(), me.stage.forget_codes)
    me.fill("Code in the app", phone.code())
    me.press("Connect the app")
    me.heading("Save your backup codes")
    assert me.page.locator(".gp-codes li").count() == 10
    me.tick("I have saved these codes")
    me.press("Continue")
    return phone
