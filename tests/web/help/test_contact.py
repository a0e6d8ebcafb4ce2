"""/help/contact: works for everyone, keeps what was typed, never makes two of one."""

import pytest

from gapura.helpdesk.models import Case
from gapura.notifications.models import Mail
from tests.access import world
from tests.web.browser import Browser, text_of, title_of
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

VALUES = {
    "name": "Sari Dewi",
    "email": "sari@example.id",
    "topic": "sign_in",
    "text": "I cannot sign in since yesterday.\nWhat can I do?",
}


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


@pytest.mark.parametrize(("language", "said"), [("en", "Your question was sent"), ("id", "KAS-")])
def test_a_guest_sends_a_question_and_gets_its_number(language: str, said: str) -> None:
    here = Browser(language)
    answer = here.submit("/help/contact", **VALUES)
    case = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        303,
        f"/help/contact/sent?number={case.reference}",
    )
    page = here.get(answer["Location"])
    assert case.reference in text_of(page)
    assert said in text_of(page)
    assert (case.person, case.language, case.text) == (None, language, VALUES["text"])
    assert Mail.objects.get().address == "sari@example.id"


def test_a_doubled_submit_ends_on_the_same_page() -> None:
    here = Browser()
    first, second = (here.submit("/help/contact", **VALUES) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Enter your name."),
        ("name", "Sari <b>", "A name has letters"),
        ("email", "", "Enter the e-mail address that we should answer to."),
        ("email", "sari", "This is not an e-mail address."),
        ("topic", "", "Choose what it is about."),
        ("topic", "weather", "Choose one of the options"),
        ("agency", "NOPE", "Choose one of the options"),
        ("text", "", "Write your question."),
        ("text", "too short", "at least 10 characters"),
        ("text", "x" * 10_000, "at most 4000 characters"),
        ("text", "Please help me \u202e now", "marks that turn the direction"),
        ("text", "Please help me \0 now", "characters that cannot be seen"),
    ],
)
def test_bad_input_is_explained_and_nothing_is_lost(field: str, value: str, said: str) -> None:
    answer = Browser().submit("/help/contact", **{**VALUES, field: value})
    assert answer.status_code == 422
    assert title_of(answer).startswith("Error:")
    assert said in text_of(answer)
    html = answer.content.decode()
    kept = {"name": 'value="Sari Dewi"', "email": 'value="sari@example.id"'}
    assert all(mark in html for name, mark in kept.items() if name != field)
    if field != "text":
        assert "I cannot sign in since yesterday." in html
    assert not Case.objects.exists()


def test_the_agency_is_searched_without_script_and_nothing_typed_is_lost() -> None:
    here = Browser()
    found = here.submit("/help/contact", **VALUES, query="agency t2", find="query")
    assert found.status_code == 200
    html = found.content.decode()
    assert "Agency T2" in html
    assert "I cannot sign in since yesterday." in html
    assert 'value="Sari Dewi"' in html
    assert not Case.objects.exists()
    here.submit("/help/contact", **VALUES, query="agency t2", agency="T2")
    assert Case.objects.get().agency == "T2"


def test_while_typing_only_the_found_agencies_come() -> None:
    here = Browser()
    part = here.get("/help/contact/agencies?query=agency")
    assert "Agency T1" in text_of(part)
    assert "<html" not in part.content.decode()
    assert "Nothing was found" in text_of(here.get("/help/contact/agencies?query=zzz"))
    assert here.get("/help/contact/agencies", {"query": "\0" * 500}).status_code == 200


def test_signed_in_people_find_their_data_filled_in() -> None:
    here = signed_in("pp")
    html = here.get("/help/contact?topic=data").content.decode()
    assert 'value="Rara Anggraini"' in html
    assert "@example.go.id" in html.lower()
    assert 'value="T1" checked' in html
    assert 'value="data" checked' in html
    here.submit("/help/contact", **VALUES)
    assert Case.objects.get().person == here.session.person  # type: ignore[union-attr]


def test_a_forged_number_shows_no_page() -> None:
    for number in ("", "KAS-1", "<script>", "KAS-2026-000001&x"):
        answer = Browser().get("/help/contact/sent", {"number": number})
        assert (answer.status_code, answer["Location"]) == (303, "/help/contact")


def test_too_many_questions_are_told_to_wait() -> None:
    here = Browser()
    for number in range(6):
        answer = here.submit("/help/contact", **{**VALUES, "text": f"Question number {number}?"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert Case.objects.count() == 5


def test_a_form_without_its_token_is_refused() -> None:
    assert Browser().post("/help/contact", VALUES).status_code == 403
    assert not Case.objects.exists()
