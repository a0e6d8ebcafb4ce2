"""A company's people through the pages: what they may do, who leaves, the list, a new head."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from gapura.access.models import Grant, Succession
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.organizations.models import Company
from tests.access import world as access
from tests.documents.makers import letter, pdf
from tests.simulator import Authorities
from tests.web.browser import Browser, text_of
from tests.web.people import enter, holder, signed_in

pytestmark = pytest.mark.django_db
REASON = "Akta itu bukan akta kami."
NIB = "1234567211234"
PEOPLE = "/company/people"
ADMIN, STAFF = "admin_perusahaan", "staf_perusahaan"


@pytest.fixture(autouse=True)
def _world(db: None) -> None:
    access.places()


@pytest.fixture
def up(authorities: Authorities) -> Authorities:
    """The authorities, connected and up."""
    authorities.recovered()
    return authorities


def where(answer: Any) -> str:
    """Where a redirect leads."""
    assert answer.status_code == 303, text_of(answer)
    return str(answer["Location"])


def grant_of(person: Person) -> Grant:
    """The live one."""
    return Grant.objects.get(person=person, state__in=("active", "approved"))


def registered(nib: str = NIB) -> None:
    """The company PT1 has a business number that OSS can be asked about."""
    Company.objects.update_or_create(code="PT1", defaults={"nib": nib})


def deed(**changed: Any) -> dict[str, Any]:
    """What is typed to begin a takeover."""
    content = pdf(letter())
    return {
        "company": "PT1",
        "number": "AHU-0001.AH.01.02",
        "day-day": "5",
        "day-month": "1",
        "day-year": "2026",
        "document": SimpleUploadedFile("akta.pdf", content, "application/pdf"),
        "former": "stay",
        **changed,
    }


def begun(head: Browser) -> str:
    """The page of a takeover that was begun through the form."""
    return where(head.submit("/company/takeovers/new", **deed()))


def test_what_staff_may_do_is_given_in_the_invitation_and_changed_on_the_page() -> None:
    office, staff = signed_in(ADMIN), holder(STAFF)
    office.submit(f"{PEOPLE}/invite", email="a@contoh.id", role=STAFF, duties=["order"])
    assert "Orders" in text_of(office.get(PEOPLE))
    path = f"{PEOPLE}/{grant_of(staff).id}/change"
    page = office.get(path).content.decode()
    assert page.count("checked") == 5
    assert where(office.submit(path, role=STAFF, duties=["finance"])) == PEOPLE
    assert grant_of(staff).duties == ["finance"]
    assert office.submit(path, role=STAFF, duties=["root"]).status_code == 422
    assert where(office.submit(path, role=ADMIN)) == PEOPLE
    assert grant_of(staff).role == ADMIN


def test_staff_without_products_is_told_who_can_change_that() -> None:
    staff = holder(STAFF)
    Grant.objects.filter(person=staff).update(duties=["order"])
    here = enter(staff)
    assert here.get("/catalog/upload").status_code in (403, 404)
    page = text_of(here.get("/catalog/mine"))
    assert "An administrator of your company can change what you may do there" in page
    assert "Upload a product" not in page


def test_one_administrator_is_advised_to_have_a_second() -> None:
    office = signed_in(ADMIN)
    assert "At least 2 are advised" in text_of(office.get(PEOPLE))
    page = office.get(f"{PEOPLE}/invite?role={ADMIN}").content.decode()
    assert f'value="{ADMIN}" checked' in page
    holder(ADMIN)
    assert "are advised" not in text_of(office.get(PEOPLE))


def test_the_last_administrator_reads_the_ways_instead_of_a_form() -> None:
    boss = holder(ADMIN)
    here, path = enter(boss), f"/company/leave/{grant_of(boss).id}"
    assert "You are the last administrator" in text_of(here.get(path))
    assert where(here.submit(path, page=PEOPLE)) == path
    assert grant_of(boss).state == "active"


def test_the_list_is_saved_in_both_forms_with_its_entry() -> None:
    office, staff = signed_in(ADMIN), holder(STAFF)
    Person.objects.filter(pk=staff.pk).update(name='=HYPERLINK("http://jahat")')
    text = office.get(f"{PEOPLE}/csv").content.decode("utf-8-sig")
    assert staff.username in text
    assert "\n=HYPERLINK" not in text
    assert staff.email not in text
    book = load_workbook(io.BytesIO(office.get(f"{PEOPLE}/xlsx").content))
    assert book.active is not None
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert any(
        cell.value == '=HYPERLINK("http://jahat")' and cell.data_type == "s" for cell in cells
    )
    told = LogEvent.objects.filter(name="access.staff.downloaded")
    assert [event.facts["format"] for event in told.order_by("recorded_at")] == ["csv", "xlsx"]


def test_a_new_head_takes_over_page_by_page(up: Authorities) -> None:
    boss, head = holder(ADMIN), access.person("direktur", kind="citizen")
    registered()
    new, office = enter(head), enter(boss)
    assert "Take over a company" in text_of(new.get("/company"))
    path = begun(new)
    assert "The people of the company can object" in text_of(new.get(path))
    assert "is taking over the administration" in text_of(office.get(PEOPLE))
    assert "Only when this is not right" in text_of(office.get(path))
    assert office.get(f"{path}/deed")["Content-Disposition"].startswith("attachment")
    early = new.submit(f"{path}/finish", page=path)
    assert "too early" in text_of(early)
    Succession.objects.update(cools_until=clock.now() - timedelta(minutes=1))
    assert where(new.submit(f"{path}/finish", page=path)) == "/company"
    assert "Company PT1" in text_of(new.get("/company"))
    assert office.get(PEOPLE).status_code in (403, 404)
    assert "AHU" in Succession.objects.get().deed_number


def test_an_objection_goes_to_the_helpdesk_and_is_decided_there(up: Authorities) -> None:
    boss, head = holder(ADMIN), access.person("direktur", kind="citizen")
    registered()
    new, office, desk = enter(head), enter(boss), signed_in("helpdesk")
    path = begun(new)
    assert office.submit(f"{path}/object", page=path, reason="x").status_code == 422
    assert where(office.submit(f"{path}/object", page=path, reason=REASON)) == path
    assert path in desk.get("/company/takeovers").content.decode()
    assert desk.submit(f"{path}/decide", page=path, reason=REASON).status_code == 422
    told = {"decision": "refuse", "reason": REASON}
    assert where(desk.submit(f"{path}/decide", page=path, **told)) == path
    assert REASON in text_of(new.get(path))
    assert grant_of(boss).role == ADMIN


@pytest.mark.parametrize(
    ("nib", "changed", "says"),
    [
        ("1234567217777", {}, "OSS does not name you"),
        ("", {}, "OSS does not name you"),
        (NIB, {"company": "PT404"}, ""),
        (NIB, {"number": ""}, "Enter the number of the deed"),
        (NIB, {"day-year": "2099"}, "cannot be after"),
    ],
)
def test_what_cannot_begin_says_why_and_keeps_what_was_typed(
    up: Authorities, nib: str, changed: dict[str, Any], says: str
) -> None:
    holder(ADMIN)
    registered(nib)
    new = enter(access.person("direktur", kind="citizen"))
    answer = new.submit("/company/takeovers/new", **deed(**changed))
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not Succession.objects.exists()


def test_whose_identity_is_open_reads_where_to_have_it_checked() -> None:
    here = enter(access.person("baru", kind="citizen", state="contact_verified"))
    answer = here.get("/company/takeovers/new")
    assert answer.status_code == 403
    assert "Your own identity must be confirmed first" in text_of(answer)
    assert "/account/identity" in answer.content.decode()


@pytest.mark.parametrize("role", ["ppk", "apip", ADMIN, STAFF])
def test_a_takeover_of_others_is_not_there(up: Authorities, role: str) -> None:
    """The attack: the number of a takeover is guessed, and each of its buttons is tried."""
    holder(ADMIN)
    registered()
    head = access.person("direktur", kind="citizen")
    path = begun(enter(head))
    stranger = signed_in(role, "PT2" if role in (ADMIN, STAFF) else "")
    for page in (path, f"{path}/deed", "/company/takeovers"):
        assert stranger.get(page).status_code in (403, 404), page
    for verb in ("object", "decide", "withdraw", "finish"):
        answer = stranger.submit(f"{path}/{verb}", page="/account", reason=REASON, decision="allow")
        assert answer.status_code in (403, 404), verb
    assert Succession.objects.get().state == "cooling"


def test_the_page_of_people_asks_no_more_for_more_of_them() -> None:
    boss = enter(holder(ADMIN))
    boss.get(PEOPLE)
    with CaptureQueriesContext(connection) as few:
        boss.get(PEOPLE)
    for _ in range(5):
        holder(STAFF)
    with CaptureQueriesContext(connection) as many:
        boss.get(PEOPLE)
    assert [q["sql"][:300] for q in many] == [q["sql"][:300] for q in few]
