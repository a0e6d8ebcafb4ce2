"""Pages of access reviews: opened, read back, answered; nobody sees or answers another's."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client

from gapura.access.models import Grant, Review, ReviewLine
from gapura.access.services import issue_grant
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.cast import HEALTH, HOME
from tests.house.things_reviews import MAKERS
from tests.personas import ClientFor

pytestmark = pytest.mark.django_db
HERE = "/people/reviews"
WHY = "Pindah ke unit lain sejak Oktober."


def of(client_for: ClientFor, username: str) -> Client:
    client = client_for(username)
    client.cookies["lang"] = "en"
    return client


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


@pytest.fixture
def review(client_for: ClientFor) -> str:
    """The address of the open review at home."""
    return f"{HERE}/{MAKERS['review_id']()['of D32']}"


def line_of(username: str, role: str) -> ReviewLine:
    return ReviewLine.objects.get(person__username=username, role=role)


def test_the_administrator_opens_a_review_and_a_second_click_opens_no_second(
    client_for: ClientFor,
) -> None:
    client = of(client_for, "admin_instansi")
    assert "yearly access review" in read(client, HERE)
    page = read(client, f"{HERE}/new")
    assert "Agency code" not in page
    day = clock.today() + timedelta(days=30)
    form = {
        "reason": "Yearly review 2026",
        "overdue": "suspend",
        "due_on-day": day.day,
        "due_on-month": day.month,
        "due_on-year": day.year,
    }
    first, second = client.post(f"{HERE}/new", form), client.post(f"{HERE}/new", form)
    assert first.status_code == 303
    assert second.status_code == 409
    assert "open already" in second.content.decode()
    found = Review.objects.get()
    assert (found.agency_id, found.overdue, found.due_on) == ("D32", "suspend", day)
    page = read(client, first["Location"])
    assert "Yearly review 2026" in page
    assert "It is suspended until somebody confirms it" in page


def test_what_is_missing_is_said_at_its_field(client_for: ClientFor) -> None:
    client = of(client_for, "admin_instansi")
    answer = client.post(f"{HERE}/new", {"reason": "x", "overdue": "keep"})
    assert answer.status_code == 422
    assert 'href="#f-due_on' in answer.content.decode()
    assert Review.objects.count() == 0


def test_the_platform_names_an_agency_or_takes_its_own(client_for: ClientFor) -> None:
    client = of(client_for, "admin")
    day = clock.today() + timedelta(days=20)
    form = {
        "reason": "Yearly review 2026",
        "overdue": "keep",
        "due_on-day": day.day,
        "due_on-month": day.month,
        "due_on-year": day.year,
    }
    wrong = client.post(f"{HERE}/new", form | {"agency": "NOBODY"})
    assert wrong.status_code == 422
    assert "No agency has this code." in wrong.content.decode()
    for agency in ("d3578", ""):
        assert client.post(f"{HERE}/new", form | {"agency": agency}).status_code == 303
    assert set(Review.objects.values_list("agency", flat=True)) == {"D3578", None}


def test_many_are_read_back_before_they_are_confirmed(client_for: ClientFor, review: str) -> None:
    client = of(client_for, "admin_instansi")
    assert "Read back and confirm" in read(client, review)
    lines = [str(line_of("ppk", "ppk").id), str(line_of("bendahara", "bendahara").id)]
    back = client.post(f"{review}/confirm", {"line": lines})
    assert back.status_code == 200
    page = back.content.decode()
    assert "Confirm these 2 accesses" in page
    assert ReviewLine.objects.filter(state="confirmed").count() == 0
    form = {"line": re.findall(r'name="line" value="([\w-]+)"', page), "said": "1"}
    unread = client.post(f"{review}/confirm", form)
    assert unread.status_code == 422
    done = client.post(f"{review}/confirm", form | {"read": "1"})
    assert done.status_code == 303
    assert set(
        ReviewLine.objects.filter(state="confirmed").values_list("person__username", flat=True)
    ) == {
        "ppk",
        "bendahara",
    }
    assert "2 accesses are confirmed." in read(client, review)


@pytest.mark.parametrize("lines", [[], ["x"], ["00000000-0000-0000-0000-000000000000"]])
def test_a_choice_that_is_none_confirms_nothing(
    client_for: ClientFor, review: str, lines: list[str]
) -> None:
    client = of(client_for, "admin_instansi")
    answer = client.post(f"{review}/confirm", {"line": lines, "said": "1", "read": "1"})
    assert answer.status_code == (404 if lines else 422)
    assert ReviewLine.objects.exclude(state="open").count() == 0


def test_an_access_is_ended_with_its_reason(client_for: ClientFor, review: str) -> None:
    client = of(client_for, "admin_instansi")
    line = line_of("ppk", "ppk")
    page = f"{review}/lines/{line.id}/remove"
    assert "how to object" in read(client, page)
    assert client.post(page, {"reason": WHY}).status_code == 422
    done = client.post(page, {"reason_code": "moved", "reason": WHY})
    assert done.status_code == 303
    assert Grant.objects.get(pk=line.grant_id).state == "revoked"
    again = client.post(page, {"reason_code": "moved", "reason": WHY})
    assert again.status_code == 409
    shown = read(client, f"{review}?tab=answered")
    assert WHY in shown


@pytest.mark.parametrize("username", ["luar", "ppk", "pp", "penyedia", "warga", "verifikator"])
def test_who_takes_no_part_finds_no_review(
    client_for: ClientFor, review: str, username: str
) -> None:
    """Enumeration and broken access control, by address and by form."""
    client = of(client_for, username)
    line = line_of("ppk", "ppk")
    for address in (
        review,
        f"{review}/extend",
        f"{review}/lines/{line.id}/remove",
        f"{review}/pdf",
    ):
        assert client.get(address).status_code == 404, address
    answer = client.post(f"{review}/confirm", {"line": [str(line.id)], "said": "1", "read": "1"})
    assert answer.status_code == 404
    assert line_of("ppk", "ppk").state == "open"


def test_the_auditor_reads_all_and_answers_nothing(client_for: ClientFor, review: str) -> None:
    client = of(client_for, "apip")
    line = line_of("ppk", "ppk")
    page = read(client, f"{review}?tab=all")
    assert "(ppk)" in page or ">ppk<" in page
    assert "Read back and confirm" not in page
    assert client.get(f"{review}/lines/{line.id}/remove").status_code == 403
    form = {"line": [str(line.id)], "said": "1", "read": "1"}
    assert client.post(f"{review}/confirm", form).status_code == 403
    assert client.get(f"{review}/cancel").status_code == 403


def test_a_line_of_another_review_is_not_answered_through_this_one(
    client_for: ClientFor, review: str
) -> None:
    """Mixing ids: the right review in the address, another agency's line in it."""
    client = of(client_for, "admin")
    other = MAKERS["review_id"]()["of the platform"]
    line = line_of("verifikator", "verifikator")
    page = f"{HERE}/{other}/lines/{line.id}/remove"
    assert client.get(page).status_code == 404
    assert client.post(page, {"reason_code": "moved", "reason": WHY}).status_code == 404
    assert line_of("verifikator", "verifikator").state == "open"


def test_the_recap_tells_every_line_and_is_recorded(client_for: ClientFor, review: str) -> None:
    Grant.objects.filter(person__username="ppk").first()
    client = of(client_for, "apip")
    answer = client.get(f"{review}/csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    total = ReviewLine.objects.filter(review__agency="D32").count()
    assert len(rows) == total + 1
    assert rows[0][:3] == ["Name", "Username", "Role"]
    paper = client.get(f"{review}/pdf")
    assert paper.content.startswith(b"%PDF-")
    taken = LogEvent.objects.filter(name="access.review.downloaded")
    assert [entry.facts["format"] for entry in taken.order_by("id")] == ["csv", "pdf"]


def test_more_time_and_breaking_off(client_for: ClientFor, review: str) -> None:
    client = of(client_for, "admin_instansi")
    day = clock.today() + timedelta(days=60)
    later = {"due_on-day": day.day, "due_on-month": day.month, "due_on-year": day.year}
    read(client, f"{review}/extend")
    assert (
        client.post(f"{review}/extend", {"reason": "Banyak yang cuti.", **later}).status_code == 303
    )
    read(client, f"{review}/cancel")
    assert client.post(f"{review}/cancel", {"reason": "x"}).status_code == 422
    assert client.post(f"{review}/cancel", {"reason": "Dibuka karena keliru."}).status_code == 303
    found = Review.objects.get(agency="D32")
    assert (found.state, found.due_on) == ("cancelled", day)
    assert "Broken off" in read(client, review)


def test_a_page_of_a_review_asks_the_database_a_bounded_number_of_times(
    client_for: ClientFor, review: str, django_assert_max_num_queries: object
) -> None:
    client = of(client_for, "admin_instansi")
    read(client, f"{review}?tab=all")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        read(client, f"{review}?tab=all")


def test_the_confirmation_shows_on_the_persons_page_and_on_the_own_one(
    client_for: ClientFor, review: str
) -> None:
    owner = of(client_for, "ppk")
    assert "To be confirmed in the access review by" in read(owner, "/account/access")
    client = of(client_for, "admin_instansi")
    line = line_of("ppk", "ppk")
    client.post(f"{review}/confirm", {"line": [str(line.id)], "said": "1", "read": "1"})
    told = "Confirmed in the access review on"
    assert told in read(client, "/people/ppk")
    assert told in read(owner, "/account/access")
    assert told not in read(client, "/people/bendahara")


@pytest.fixture
def head(client_for: ClientFor) -> Client:
    """The persona `kpa` is the head of the health unit, too."""
    issue_grant(
        actor=system_actor("tests"),
        person_id=persona_id("kpa"),
        role="kepala_unit",
        agency=HOME,
        unit=HEALTH,
    )
    client = client_for("kpa", role="kepala_unit")
    client.cookies["lang"] = "en"
    return client


def test_a_head_sees_and_answers_for_the_own_unit_only(head: Client, client_for: ClientFor) -> None:
    """Horizontal escalation inside the agency: another desk's line by its id."""
    review = f"{HERE}/{MAKERS['review_id']()['of D32']}"
    here, elsewhere = line_of("ppk", "ppk"), line_of("ppk", "pp")
    own = line_of("kpa", "kpa")
    assert "to answer" in read(head, "/")
    page = read(head, f"{review}?tab=all")
    assert str(here.id) in page
    assert "Siti Nurhaliza" in page
    assert str(elsewhere.id) not in page
    assert 'href="/people/pp"' not in page
    assert "Yuliana Marpaung" not in page.split("<main", 1)[1]
    for line in (elsewhere, own):
        assert head.get(f"{review}/lines/{line.id}/remove").status_code == 404
        form = {"line": [str(line.id)], "said": "1", "read": "1"}
        assert head.post(f"{review}/confirm", form).status_code == 404
    for verb in ("extend", "cancel", "csv", "pdf"):
        assert head.get(f"{review}/{verb}").status_code == 403, verb
    form = {"line": [str(here.id)], "said": "1", "read": "1"}
    assert head.post(f"{review}/confirm", form).status_code == 303
    assert line_of("ppk", "ppk").state == "confirmed"
