"""A letter's whole life as its keepers, checkers and officers take it, by the words on screen."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import expect

from gapura.kernel import clock
from gapura.ops.seeding.cast import HEALTH
from gapura.ops.seeding.letters import letter_pdf
from tests.journeys.applying import enroll
from tests.journeys.newcomer import AGENCY, UNIT, Newcomer
from tests.journeys.visitor import Visitor

PAPER = re.compile(r"/letters/[0-9a-f-]{36}")
WORKER_SECONDS = 30
WHY = "Susunan pejabat unit berubah sejak hari ini."
PRINCIPAL = "Yuliana Marpaung"


@dataclass
class Letter:
    """A letter that nobody else has: its number, its days, and who is named in it."""

    officer: Newcomer
    deputy: Newcomer = field(default_factory=lambda: Newcomer("Tuti Herawati"))
    days: int = 30
    prefix: str = "821"

    @property
    def number(self) -> str:
        return f"{self.prefix}/{self.officer.mark}/BKD"

    @property
    def first(self) -> date:
        return clock.today()

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.days)

    def scan(self, folder: Path) -> Path:
        """The letter as a PDF file."""
        file = folder / f"{self.prefix}-{self.officer.mark}.pdf"
        body = ("Mengangkat pejabat yang namanya tercantum dalam lampiran.",)
        about = "Pengangkatan Kelompok Kerja Pemilihan"
        file.write_bytes(letter_pdf(AGENCY, self.number, about, body, "Drs. Asep Hidayat"))
        return file

    def lines(self, folder: Path) -> Path:
        """The officers as a file; the second line is of a role that the letter does not give."""
        file = folder / f"{self.officer.mark}.csv"
        rows = (
            f"{self.officer.nik},{self.officer.name},{self.officer.email},pokja,{HEALTH}",
            f"{Newcomer().nik},Salah Peran,,ppk,{HEALTH}",
        )
        quoted = [re.sub(r",([^,]+, [^,]+),", r',"\1",', row) for row in rows]
        file.write_text("\n".join(("NIK,Nama,Surel,Peran,Unit", *quoted)) + "\n")
        return file


def enter(me: Visitor, letter: Letter, folder: Path) -> None:
    """Copy the letter from paper."""
    me.open("/letters")
    me.press("Enter a letter")
    me.page.get_by_label(me.role("pokja")["role"], exact=True).check()
    me.page.get_by_label(me.role("kpa")["role"], exact=True).check()
    _enter(me, letter, folder)


def _enter(me: Visitor, letter: Letter, folder: Path) -> None:
    me.fill("Number of the letter", letter.number)
    me.day("Date of the letter", letter.first.day, letter.first.month, letter.first.year)
    me.fill("Who signed it", "Drs. Asep Hidayat, M.Si.")
    me.fill("Position of the signer", "Sekretaris Daerah")
    for legend, day in (
        ("First day of the appointment", letter.first),
        ("Last day of the appointment", letter.last),
    ):
        me.day(legend, day.day, day.month, day.year)
    me.tick("The letter itself names a last day after the budget year.")
    me.page.locator("input[name=document]").set_input_files(letter.scan(folder))
    me.press("Enter the letter")


def name_the_deputy(me: Visitor, letter: Letter) -> str:
    """One officer by the form: who stands in, chosen with whom; answers the letter's address."""
    me.heading("Name officers")
    me.fill("Name", letter.deputy.name)
    me.fill("NIK", letter.deputy.nik)
    choose(me, "Role", me.role("kpa")["role"])
    choose(me, "Unit (satker)", UNIT)
    choose(me, "How the office is held", me.t("Daily acting officer (Plh)"))
    me.press("Name this officer")
    me.reads("Choose who is stood in for.")
    box = me.page.get_by_label(me.t("Who is stood in for"), exact=True)
    box.select_option(value="kpa")
    me.press("Name this officer")
    expect(me.page.locator(".govuk-notification-banner")).to_contain_text(PRINCIPAL)
    found = PAPER.search(me.page.url)
    assert found
    return found[0]


def choose(me: Visitor, label: str, option: str) -> None:
    """A line of a box to choose from."""
    me.page.get_by_label(me.t(label), exact=True).select_option(label=option)


def name_from_a_file(me: Visitor, address: str, letter: Letter, folder: Path) -> None:
    """A file with a fault: the dry run shows it, nobody is named before one says go."""
    me.open(address)
    me.press("Take officers from a file")
    me.page.locator("input[name=document]").set_input_files(letter.lines(folder))
    me.press("Look it through")
    _wait_for_the_worker(me)
    fault = me.page.locator("#faults, table", has_text="Salah Peran").first
    expect(fault).to_contain_text(me.t("Is not among the roles of this letter."))
    me.page.locator("#leave-out").check()
    take_over(me)


def take_over(me: Visitor) -> None:
    """Name those whose lines are sound."""
    me.click(me.page.locator("form[action$='/start'] button"))
    _wait_for_the_worker(me)
    me.press("To the letter")


def _wait_for_the_worker(me: Visitor) -> None:
    """With scripts the page goes on by itself; without them a link shows how far it is."""
    if me.mode.scripts:
        expect(me.page.locator("#progress")).to_have_count(0, timeout=WORKER_SECONDS * 1000)
        me.look()
        return
    for _ in range(WORKER_SECONDS * 5):
        if not me.page.locator("#progress").count():
            return
        me.page.wait_for_timeout(200)
        me.follow("Show how far it is now")
    raise AssertionError("the worker did not come round")


def tell_the_checkers(me: Visitor, address: str) -> None:
    """All are named; whoever entered the letter cannot check it, and reads why."""
    me.open(address)
    me.press("All are named: tell the checkers")
    me.reads("Those who can check the letter were told.")
    me.open(f"{address}/check", status=403)
    me.follow("Why can't I do this?")
    me.heading("Why can't I do this?")
    me.reads("The rule that comes nearest")


def check(me: Visitor, address: str) -> None:
    """Compare the scan with what was entered; with that the officers have their access."""
    me.open(address)
    me.press("Check this letter")
    picture = me.t("Page %(number)s of the letter", number=1)
    expect(me.page.get_by_role("img", name=picture).first).to_be_visible()
    me.tick(
        "Number, date, signer, roles and days are the same as in the scan",
        "The officers named here are those that the letter appoints",
    )
    me.press("The letter is right")
    me.reads("The letter is checked. Its officers are told and only confirm.")


def confirm(me: Visitor, role: str = "pokja") -> None:
    """The officer reads what the letter gives, adds an app, and acts in the role."""
    me.open("/account/access")
    me.follow("Activate it before")
    me.heading("Your appointment")
    me.press("Activate the role")
    me.heading("You need an authenticator app")
    enroll(me)
    me.press("Activate the role")
    me.reads("Your access is active, and you are using it now.")
    acts_as(me, role)


def acts_as(me: Visitor, role: str) -> None:
    """The page says under which role one acts."""
    me.open("/account/access")
    expect(me.page.locator(".gp-acting")).to_contain_text(me.role(role)["role"])


def acts_no_more(me: Visitor) -> None:
    """The session is open still, and gives nothing any more."""
    me.open("/account/access")
    expect(me.page.locator(".gp-acting")).to_have_count(0)


def renew(me: Visitor, letter: Letter, after: Letter, folder: Path) -> str:
    """One new letter for all whose access ends soon; answers its address."""
    me.open("/people/expiring")
    expect(me.page.locator("main")).to_contain_text(letter.officer.name)
    me.view("By letter")
    row = me.page.locator("tr", has_text=letter.number)
    me.click(row.get_by_role("link", name=me.t("New letter with the same officers")))
    _enter(me, after, folder)
    _wait_for_the_worker(me)
    if me.page.locator("#leave-out").count():
        me.page.locator("#leave-out").check()
    take_over(me)
    found = PAPER.search(me.page.url)
    assert found
    return found[0]


def replace(me: Visitor, address: str, letter: Letter, by: Letter) -> None:
    """All that ends is shown first; then it has ended."""
    me.open(address)
    me.follow("Replace by another letter")
    expect(me.page.locator("main")).to_contain_text(letter.officer.name)
    box = me.page.get_by_label(me.t("Letter that takes its place"), exact=True)
    line = box.locator("option", has_text=by.number)
    box.select_option(value=line.get_attribute("value"))
    _end(me, "Replace the letter")


def revoke(me: Visitor, address: str, letter: Letter) -> None:
    """Likewise, without a letter in its place."""
    me.open(address)
    me.follow("Revoke this letter")
    me.heading("Revoke the letter")
    _end(me, "Revoke the letter")


def _end(me: Visitor, button: str) -> None:
    me.fill("Reason", WHY)
    me.tick("All accesses listed here end at once")
    me.press(button)
    expect(me.page.locator(".govuk-notification-banner--success")).to_be_visible()


def offboard(me: Visitor, person: Newcomer) -> None:
    """All that hangs on somebody who leaves, then the end of it."""
    me.open(f"/people/{person.username}")
    me.follow("This person leaves: end their access and hand the work over")
    expect(me.page.locator("#grants, table").first).to_contain_text(me.role("pokja")["role"])
    me.fill("Reason", WHY)
    me.tick("I have read the list; all of it ends or is handed over now")
    me.press("End and hand over")
    expect(me.page.locator(".govuk-notification-banner--success")).to_be_visible()
