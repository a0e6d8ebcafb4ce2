"""What people do with their account once they have one: sign in, work, recover, ask, be shown."""

import re

from playwright.sync_api import expect

from gapura.audit.events import all_events
from tests.journeys.newcomer import Newcomer
from tests.journeys.phone import Phone
from tests.journeys.visitor import Visitor

# What the log must tell of a newcomer, in the order in which it happened.
STEPS_OF_THE_WALK = (
    "accounts.person.registered",
    "accounts.contact.verified",
    "access.request.drafted",
    "access.request.submitted",
    "access.request.claimed",
    "access.request.approved",
    "authentication.totp.enrolled",
    "access.grant.activated",
    "catalog.product.chosen",
    "catalog.product.dropped",
    "accounts.profile.updated",
    "accounts.contact.changed",
    "authentication.password.was_reset",
)


def work_in_the_catalog(me: Visitor, product: str) -> None:
    """PP and PPK choose; uploading is not theirs, and not there for them."""
    me.open("/catalog")
    me.page.locator(f"a[href='{product}']").first.click()
    me.page.wait_for_load_state()
    me.fill("Quantity", "3")
    me.press("Put on the list")
    me.open("/catalog/chosen")
    expect(me.page.locator(f"a[href='{product}']")).to_be_visible()
    me.click(me.page.get_by_role("button", name=me.t("Remove")))
    expect(me.page.locator(f"a[href='{product}']")).to_have_count(0)
    me.open("/catalog/upload", status=404)
    me.open("/console/log", status=404)


def update_profile(me: Visitor, person: Newcomer) -> None:
    """The unit at once; the e-mail address by a code to the new one, and the old one is told."""
    me.open("/account/edit")
    me.fill("Your unit in your own words", "Bagian Pengadaan")
    me.press("Save")
    me.heading("My account")
    me.open("/account/email")
    me.fill("New e-mail address", person.next_email)
    me.press("Send me the code")
    subject = me.t("Confirm your new e-mail address")
    me.fill("Code in the e-mail", me.stage.code(person.next_email, subject))
    me.press("Continue")
    me.reads("Your new e-mail address is confirmed. We have told the address you had before.")
    me.stage.mail(person.email, me.t("The e-mail address of your account was changed"))


def forget_the_password(me: Visitor, person: Newcomer, phone: Phone) -> None:
    """By mail, which does not get past the second factor."""
    me.open("/recover")
    me.fill("Username or e-mail address", person.next_email)
    me.press("Send a code")
    subject = me.t("Your code for a new password")
    me.fill("Code in the e-mail", me.stage.code(person.next_email, subject))
    me.press("Continue")
    me.open("/recover/password")
    assert me.page.url == f"{me.stage.url}/recover", "the second factor was skipped"
    me.open("/recover/code")
    me.heading("Enter the code from your authenticator app")
    me.fill("Code in the app", phone.code())
    me.press("Continue")
    me.fill("New password", person.next_password)
    me.press("Save the new password")
    me.heading("Sign in")


def sign_in_with_the_app(me: Visitor, person: Newcomer, phone: Phone) -> None:
    """The old password is worth nothing; the new one needs the app."""
    me.sign_in(person.username, person.password)
    me.reads("There is something to correct")
    me.sign_in(person.username, person.next_password)
    me.heading("Enter the code from your authenticator app")
    me.fill("Code in the app", phone.code())
    me.press("Continue")
    me.reads("As %(role)s you may %(may)s.", **me.role("ppk"))


def sign_out_everywhere(me: Visitor) -> None:
    """From the list of devices."""
    me.open("/account/security")
    me.press("Sign out everywhere")
    me.page.goto(f"{me.stage.url}/account")
    me.heading("Sign in")


def contact_the_administrator(me: Visitor, person: Newcomer) -> str:
    """Signed out, with a number to keep."""
    me.open("/help/contact")
    me.fill("Your name", person.name)
    me.fill("Your e-mail address", person.next_email)
    me.tick("I lost my authenticator app or my backup codes")
    me.fill("Your question", f"Ponsel saya hilang, apa yang harus saya lakukan? {person.mark}")
    me.press("Send")
    me.heading("Your question was sent")
    found = re.search(r"KAS-\d{4}-\d{6}", me.page.locator("main").inner_text())
    assert found
    return found[0]


def answer_the_question(me: Visitor, person: Newcomer, number: str) -> None:
    """The helpdesk finds it in its list and answers by mail."""
    me.open("/console/cases")
    me.click(me.page.get_by_role("link", name=number))
    me.page.locator("main textarea").fill("Masuk dengan kode cadangan, lalu tambahkan aplikasi.")
    me.press("Send the answer")
    me.stage.mail(person.next_email, number)


def read_the_log(me: Visitor, person: Newcomer, reference: str) -> None:
    """Every step is there, told in a sentence, with the state before and after, and proved."""
    told = ""
    for query in (f"actor={person.username}", f"subject={person.username}"):
        told += entries(me, query)
    told += entries(me, f"subject={reference}")
    for name in STEPS_OF_THE_WALK:
        assert re.search(sentence_of(me, name), told), f"{name} is not told"
    link = re.compile(sentence_of(me, "access.request.approved"))
    me.click(me.page.get_by_role("link", name=link).first)
    me.reads("Before and after")
    me.reads("Written by the same request")


def entries(me: Visitor, query: str) -> str:
    """What the log tells under a filter, on all its pages."""
    me.open(f"/console/log?{query}")
    line = me.t("Verified up to checkpoint %(number)s: %(size)s entries,", number="#", size="#")
    figures = re.compile(re.escape(line).replace(r"\#", r"[\d.,]+"))
    expect(me.page.get_by_text(figures).first).to_be_visible()
    told = me.page.locator("main table").inner_text()
    older = me.page.get_by_role("link", name=me.t("Next"), exact=True)
    while older.count():
        me.click(older.first)
        told += me.page.locator("main table").inner_text()
    return told


def sentence_of(me: Visitor, name: str) -> str:
    """A pattern for an event's sentence with anything in its places."""
    return re.sub(r"%\\\(\w+\\\)s", ".*", re.escape(me.t(all_events()[name].sentence)))
