"""/console/cases: the list by state, answering and closing."""

from typing import Any

import pytest

from gapura.helpdesk.models import Case
from gapura.helpdesk.services import open_case
from gapura.kernel.actor import Actor
from gapura.notifications.models import Mail
from tests.access import world
from tests.web.browser import Browser, text_of, title_of
from tests.web.people import enter, holder, signed_in

pytestmark = pytest.mark.django_db

QUESTION = "I cannot sign in.\nWhat can I do?"


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def ask(agency: str = "", actor: Any = None, text: str = QUESTION) -> Case:
    number = open_case(
        actor=actor or Actor(ip="198.51.100.7", language="id"),
        name="Sari Dewi",
        email="sari@example.id",
        topic="sign_in",
        text=text,
        agency=agency,
    )
    return Case.objects.get(reference=number)


def test_a_case_is_answered_by_mail_and_moves_on() -> None:
    case, here = ask("T1"), signed_in("helpdesk")
    page = here.get("/console/cases")
    assert case.reference in text_of(page)
    assert "Agency T1" in text_of(page)
    page = here.get(f"/console/cases/{case.pk}")
    assert QUESTION in page.content.decode()
    answer = here.submit(
        f"/console/cases/{case.pk}/answer",
        f"/console/cases/{case.pk}",
        text="Please ask for a new code.",
    )
    assert (answer.status_code, answer["Location"]) == (303, f"/console/cases/{case.pk}")
    page = here.get(answer["Location"])
    assert f"Your answer to {case.reference} is on its way." in text_of(page)
    assert "Please ask for a new code." in text_of(page)
    assert "Nobody is waiting for an answer" in text_of(here.get("/console/cases"))
    assert case.reference in text_of(here.get("/console/cases?state=answered"))
    mail = Mail.objects.get(template="helpdesk/mail/case_answered.txt")
    assert "Please ask for a new code." in (mail.body or "")


def test_too_short_an_answer_is_explained_and_sends_nothing() -> None:
    case, here = ask(), signed_in("helpdesk")
    path = f"/console/cases/{case.pk}"
    answer = here.submit(f"{path}/answer", path, text="no")
    assert answer.status_code == 422
    assert title_of(answer).startswith("Error:")
    assert "at least 10 characters" in text_of(answer)
    assert not Mail.objects.filter(template="helpdesk/mail/case_answered.txt").exists()


def test_a_closed_case_offers_nothing_and_a_second_close_is_overtaken() -> None:
    case, here = ask(), signed_in("admin_platform")
    path = f"/console/cases/{case.pk}"
    assert here.submit(f"{path}/close", path)["Location"] == "/console/cases"
    assert "was closed" in text_of(here.get(path))
    assert here.submit(f"{path}/close", path).status_code == 409


def test_an_agencys_administrator_sees_only_its_cases() -> None:
    ours, theirs = ask("T1"), ask("T2")
    here = signed_in("admin_instansi")
    page = text_of(here.get("/console/cases"))
    assert ours.reference in page
    assert theirs.reference not in page
    path = f"/console/cases/{theirs.pk}"
    assert here.get(path).status_code == 404
    assert here.submit(f"{path}/answer", "/console/cases", text=QUESTION).status_code == 404
    assert here.submit(f"{path}/close", "/console/cases").status_code == 404


@pytest.mark.parametrize("role", ["pp", "verifikator", "apip", "admin_perusahaan"])
def test_others_find_nothing_here(role: str) -> None:
    case, here = ask("T1"), signed_in(role)
    for path in ("/console/cases", f"/console/cases/{case.pk}"):
        assert here.get(path).status_code == 404


def test_ones_own_question_waits_for_someone_else() -> None:
    desk = holder("helpdesk")
    case = ask(actor=world.actor(desk))
    page = enter(desk).get(f"/console/cases/{case.pk}")
    assert "This is your own question." in text_of(page)
    assert "<textarea" not in page.content.decode()


def test_script_in_a_question_is_only_text() -> None:
    case = ask(text="<script>alert(1)</script> please help")
    html = signed_in("helpdesk").get(f"/console/cases/{case.pk}").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_list_speaks_both_languages_and_odd_addresses_do_no_harm() -> None:
    ask()
    here = signed_in("helpdesk", language="id")
    for query in ("", "?state=x", "?page=0", "?page=99999", "?page=x&state=closed"):
        assert here.get(f"/console/cases{query}").status_code == 200


def test_signed_out_the_way_leads_to_sign_in() -> None:
    assert Browser().get("/console/cases")["Location"].startswith("/login")


def test_a_form_without_its_token_is_refused() -> None:
    case, here = ask(), signed_in("helpdesk")
    assert here.post(f"/console/cases/{case.pk}/close").status_code == 403
    assert Case.objects.get().state == "open"
