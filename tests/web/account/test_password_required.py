"""/account/password/required and /reminder: what is demanded, what is only asked, the way on."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from gapura.accounts.models import Person
from gapura.authentication.models import Password
from gapura.authentication.queries import forget_sign_in_rules
from gapura.authentication.services import require_change, set_password_profile
from gapura.kernel import clock
from tests.authentication import world
from tests.authentication.world import OTHER_PASSWORD, PASSWORD, SYSTEM, events, person, with_app
from tests.web.account.entering import entered
from tests.web.browser import Browser, text_of

pytestmark = pytest.mark.django_db
REQUIRED, REMINDER = "/account/password/required", "/account/password/reminder"
STRICT_PASSWORD = "Tujuh perahu kertas, 7 berlayar"


@pytest.fixture(autouse=True)
def rules_as_shipped() -> Iterator[None]:
    """What a test puts in force is forgotten with its rows."""
    forget_sign_in_rules()
    yield
    forget_sign_in_rules()


def aged(days: int = 181) -> Person:
    someone = person()
    Password.objects.filter(person=someone).update(changed_at=clock.now() - timedelta(days=days))
    return someone


def strict() -> None:
    set_password_profile(actor=SYSTEM, population="default", profile="b", since=clock.today())


# -- profile a


def test_an_old_password_lets_in_and_asks_now_or_later() -> None:
    someone = aged()
    secret = with_app(someone)
    here = Browser()
    here.submit("/login?next=/account", username=someone.username, password=PASSWORD)
    answer = here.submit("/login/code?next=/account", code=world.app_code(secret))
    assert answer["Location"] == f"{REMINDER}?next=%2Faccount"
    page = text_of(here.get(answer["Location"]))
    assert "181 days ago" in page
    assert "after 180 days" in page
    assert here.get("/account").status_code == 200  # nothing is held back
    answer = here.submit(answer["Location"])
    assert answer["Location"] == "/account"
    assert events("authentication.password.put_off", someone) == [{"age_days": 181}]


def test_later_is_believed_for_a_fortnight() -> None:
    someone = aged()
    here = entered(someone)
    assert here.get(REMINDER).status_code == 200
    here.submit(REMINDER)
    assert here.get(REMINDER)["Location"] == "/"
    again = Browser()
    again.submit("/login", username=someone.username, password=PASSWORD)
    answer = again.submit("/login/code", code=world.mailed_code(someone))
    assert answer["Location"] == "/"


def test_the_reminder_leads_nowhere_else() -> None:
    """Open redirect."""
    here = entered(aged())
    for target in ("https://evil.example", "//evil.example", "/\\evil.example"):
        assert here.submit(f"{REMINDER}?next={target}")["Location"] == "/"


def test_changing_it_now_ends_the_reminders() -> None:
    someone = aged()
    here = entered(someone)
    here.submit("/account/password", current=PASSWORD, new=OTHER_PASSWORD)
    assert here.get(REMINDER)["Location"] == "/"


# -- profile b, and what demands a new password under both


def test_under_the_strict_profile_nothing_opens_but_the_new_password() -> None:
    strict()
    someone = aged()
    secret = with_app(someone)
    here = Browser().sign_in(someone, secret)
    for path in ("/", "/account", "/account/security", "/account/password", "/account/totp",
                 "/requests", "/help", "/account/grant"):  # fmt: skip
        assert here.get(path)["Location"].startswith(f"{REQUIRED}?next="), path
    answer = here.submit("/account/security/end-others", page=REQUIRED)
    assert answer["Location"].startswith(REQUIRED)
    page = text_of(here.get(REQUIRED))
    assert "older than the rule for your account allows" in page
    assert "a capital letter, a small letter, a digit and another sign" in page
    weak = here.submit(REQUIRED, new=OTHER_PASSWORD)
    assert weak.status_code == 422
    assert "needs a capital letter" in text_of(weak)
    answer = here.submit(f"{REQUIRED}?next=/account", new=STRICT_PASSWORD)
    assert answer["Location"] == "/account"
    page = text_of(here.get("/account"))
    assert "Your password is changed" in page


def test_signing_out_and_the_language_work_while_a_new_password_is_demanded() -> None:
    someone = person()
    require_change(actor=SYSTEM, person=someone.id, why="told")
    here = entered(someone)
    assert here.submit("/language", page=REQUIRED, language="id").status_code == 303
    assert here.get("/logout").status_code == 200
    here.submit("/logout")
    assert here.acr == 0


@pytest.mark.parametrize(
    ("why", "says"),
    [
        ("compromised", "among stolen ones"),
        ("listed", "lists that attackers try first"),
        ("told", "administrators have asked"),
        ("recovered", "was brought back"),
        ("expired", "older than the rule"),
    ],
)
def test_the_page_says_why(why: str, says: str) -> None:
    someone = person()
    Password.objects.filter(person=someone).update(must_change=why)
    page = entered(someone).get(REQUIRED)
    assert says in text_of(page)
    assert f'value="{someone.username}" autocomplete="username" hidden' in page.content.decode()


def test_the_fragment_judges_by_the_rule_that_holds() -> None:
    strict()
    here = entered(aged())
    weak = here.submit(f"{REQUIRED}/check", page=REQUIRED, new=OTHER_PASSWORD)
    good = here.submit(f"{REQUIRED}/check", new=STRICT_PASSWORD)
    assert "needs a capital letter" in text_of(weak)
    assert "can be used" in text_of(good)


def test_an_old_proof_is_asked_for_once_more_and_leads_back() -> None:
    someone = person()
    secret = with_app(someone)
    require_change(actor=SYSTEM, person=someone.id, why="told")
    here = entered(someone, secret)
    with world.later(minutes=21):
        assert here.get(REQUIRED)["Location"].startswith("/login/step-up?next=")
        step_up = f"/login/step-up?next={REQUIRED}"
        here.get(step_up)
        answer = here.submit(step_up, code=world.app_code(secret))
        assert answer["Location"] == REQUIRED
        assert here.get(REQUIRED).status_code == 200


def test_without_a_demand_the_page_leads_on() -> None:
    here = entered(person())
    assert here.get(REQUIRED)["Location"] == "/"
    assert here.submit(REQUIRED, page="/account", new=OTHER_PASSWORD)["Location"] == "/"
    assert here.submit(f"{REQUIRED}/check", new="x").content == b""
    assert Browser().get(REQUIRED)["Location"].startswith("/login")


# -- D34: passwords as people and attackers type them


@pytest.mark.parametrize(
    "text",
    [
        "  jendela miring di tepi sawah  ",
        "😀😁😂🤣😃😄😅😆😉😊😋😎",
        "kelinci\0ungu menggiling",
        "x" * 3 + " batu apung melayang rendah" * 30,
        "\uff2belinci Ångström ﬁlm gandum",
        "kata\tdengan\ttab dan <b>tanda</b>",
    ],
    ids=["spaces", "emoji", "nul", "long", "nfkc", "tabs"],
)
def test_a_password_works_exactly_as_it_was_chosen(text: str) -> None:
    someone = person()
    here = entered(someone)
    answer = here.submit("/account/password", current=PASSWORD, new=text)
    assert answer.status_code == 303, text_of(answer)
    again = Browser()
    assert again.submit("/login", username=someone.username, password=text).status_code == 303
    for other in (text.strip() + "!", text[:-1], text.replace("\0", "")):
        if other != text:
            wrong = Browser(ip="198.51.100.7").submit(
                "/login", username=someone.username, password=other
            )
            assert wrong.status_code == 422


def test_a_twin_in_another_unicode_form_is_the_same_password() -> None:
    someone = person()
    entered(someone).submit("/account/password", current=PASSWORD, new="kafé Ångström di tepi kali")
    twin = "kafe\u0301 A\u030angstro\u0308m di tepi kali"
    answer = Browser().submit("/login", username=someone.username, password=twin)
    assert answer.status_code == 303


@pytest.mark.parametrize("size", [1025, 64 * 1024, 900_000])
def test_a_password_as_long_as_a_book_is_answered_at_once(size: int) -> None:
    """Denial of service: hashing or judging megabytes."""
    someone = person()
    answer = Browser().submit("/login", username=someone.username, password="x" * size)
    assert answer.status_code == 422
    assert "at most 1024 characters" in text_of(answer)
    answer = entered(someone).submit("/account/password", current=PASSWORD, new="x" * size)
    assert answer.status_code == 422
    assert "at most 1024 characters" in text_of(answer)
