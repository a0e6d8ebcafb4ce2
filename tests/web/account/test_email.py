"""/account/email: another address, proven by a code, the old one told."""

import pytest

from gapura.accounts.models import Person
from gapura.notifications.models import Mail
from tests.authentication.world import later, mailed_code, mails, person, with_app
from tests.web.account.entering import entered
from tests.web.browser import text_of

pytestmark = pytest.mark.django_db
NEW = "rara.baru@example.go.id"


def test_the_new_address_counts_after_its_code_and_the_old_one_is_told() -> None:
    someone = person()
    here = entered(someone)
    answer = here.submit("/account/email", email=NEW)
    assert (answer.status_code, answer["Location"]) == (303, "/account/email/code")
    sent = Mail.objects.get(person=someone.id, template__endswith="change_email_code.txt")
    assert sent.address == NEW
    assert NEW in text_of(here.get("/account/email/code"))
    assert "still waits for its code" in text_of(here.get("/account"))
    answer = here.submit("/account/email/code", code=mailed_code(someone, "change_email"))
    assert (answer.status_code, answer["Location"]) == (303, "/account")
    assert Person.objects.get(pk=someone.pk).email == NEW
    told = Mail.objects.get(person=someone.id, template__endswith="/email_changed.txt")
    assert told.address == someone.email
    assert "new e-mail address is confirmed" in text_of(here.get("/account"))


def test_a_wrong_code_is_told_and_the_old_address_stays() -> None:
    someone = person()
    here = entered(someone)
    here.submit("/account/email", email=NEW)
    right = mailed_code(someone, "change_email")
    answer = here.submit("/account/email/code", code=str((int(right) + 1) % 10**6).zfill(6))
    assert answer.status_code == 422
    assert "The code is not right" in text_of(answer)
    assert Person.objects.get(pk=someone.pk).email == someone.email


@pytest.mark.parametrize("wrong", ["", "rara", "r\u0430ra@example.go.id", "a@b\0.id"])
def test_what_is_no_address_is_told(wrong: str) -> None:
    someone = person()
    answer = entered(someone).submit("/account/email", email=wrong)
    assert answer.status_code == 422
    assert "change_email_code" not in mails(someone)


def test_the_address_of_another_account_gets_the_same_answer() -> None:
    """Enumeration: nobody learns here who has an account."""
    other = person()
    someone = person()
    answer = entered(someone).submit("/account/email", email=other.email)
    assert (answer.status_code, answer["Location"]) == (303, "/account/email/code")


def test_it_needs_a_fresh_proof() -> None:
    """A browser that was left open for half an hour."""
    here = entered(person())
    with later(minutes=25):
        answer = here.get("/account/email")
    assert answer["Location"] == "/login/step-up?next=%2Faccount%2Femail"


def test_the_change_can_be_dropped() -> None:
    someone = person()
    here = entered(someone)
    here.submit("/account/email", email=NEW)
    assert here.submit("/account/email/cancel")["Location"] == "/account"
    assert Person.objects.get(pk=someone.pk).pending_email == ""
    assert here.get("/account/email/code")["Location"] == "/account/email"


def test_a_new_code_can_be_asked_for() -> None:
    someone = person()
    here = entered(someone)
    here.submit("/account/email", email=NEW)
    first = mailed_code(someone, "change_email")
    assert here.submit("/account/email/code/send")["Location"] == "/account/email/code"
    answer = here.submit("/account/email/code", code=mailed_code(someone, "change_email"))
    assert answer.status_code == 303
    assert first, "the first one was replaced"


def test_without_a_change_under_way_the_code_page_leads_back() -> None:
    someone = person()
    here = entered(someone, with_app(someone))
    assert here.get("/account/email/code")["Location"] == "/account/email"
    assert here.submit("/account/email/code/send")["Location"] == "/account/email"
