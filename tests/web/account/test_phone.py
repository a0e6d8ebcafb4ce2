"""/account/phone: a number proven by a code, also while the gateway is down."""

import re
from urllib.parse import quote

import pytest

from gapura.accounts.models import Person
from tests.authentication.world import app_code, later, person, with_app
from tests.simulator import Authorities
from tests.web.account.entering import entered
from tests.web.browser import Browser, text_of

pytestmark = pytest.mark.django_db
PHONE = "+6281355500001"


def code_sent(authorities: Authorities, phone: str = PHONE) -> str:
    found = re.search(r"\b(\d{6})\b", authorities.sent(phone)[0]["text"])
    assert found
    return found[1]


def asked(someone: Person, phone: str = "0813 5550 0001") -> Browser:
    here = entered(someone)
    answer = here.submit("/account/phone", phone=phone, channel="sms")
    assert (answer.status_code, answer["Location"]) == (303, "/account/phone/code")
    return here


def test_from_the_number_to_its_confirmation(authorities: Authorities) -> None:
    someone = person()
    here = asked(someone)
    assert "+628••••••••01" in text_of(here.get("/account/phone/code"))
    answer = here.submit("/account/phone/code", code=code_sent(authorities))
    assert (answer.status_code, answer["Location"]) == (303, "/account")
    assert Person.objects.get(pk=someone.pk).phone == PHONE
    page = text_of(here.get("/account"))
    assert "Your telephone number is confirmed." in page
    assert "+628••••••••01 Confirmed" in page


def test_a_wrong_code_is_told(authorities: Authorities) -> None:
    here = asked(person(), "0813 5550 0002")
    right = code_sent(authorities, "+6281355500002")
    answer = here.submit("/account/phone/code", code=f"{(int(right) + 1) % 10**6:06d}")
    assert answer.status_code == 422
    assert "The code is not right. Type the 6 digits of the newest message." in text_of(answer)


@pytest.mark.parametrize("wrong", ["", "12", "abc", "٠٨١٢٣٤٥٦٧٨٩٠", "1" * 41, "<b>0812</b>"])
def test_what_is_no_number_is_told_at_its_field(wrong: str) -> None:
    answer = entered(person()).submit("/account/phone", phone=wrong, channel="sms")
    assert answer.status_code == 422
    assert 'id="f-phone-error"' in answer.content.decode()


def test_a_new_code_can_be_asked_for(authorities: Authorities) -> None:
    here = asked(person(), "0813 5550 0003")
    assert here.submit("/account/phone/code/send")["Location"] == "/account/phone/code"
    assert len(authorities.sent("+6281355500003")) == 2


def test_while_messages_cannot_be_sent_the_page_says_when_to_come_back(
    authorities: Authorities,
) -> None:
    authorities.mode("messages", "down")
    here = entered(person())
    answer = here.submit("/account/phone", phone="0813 5550 0004", channel="whatsapp")
    assert answer.status_code == 503
    page = text_of(answer)
    assert "Messages to phones cannot be sent at the moment." in page
    assert "Try again in" in page
    assert "0813 5550 0004" in answer.content.decode(), "what was typed is kept"
    assert here.submit("/account/phone/code/send")["Location"] == "/account/phone/code"
    assert "cannot be sent" in text_of(here.get("/account/phone/code"))


def test_without_a_number_that_waits_the_code_page_leads_back() -> None:
    here = entered(person())
    assert here.get("/account/phone/code")["Location"] == "/account/phone"
    assert here.submit("/account/phone/code/send")["Location"] == "/account/phone"


def test_a_number_can_be_removed() -> None:
    someone = person(phone=PHONE)
    here = entered(someone)
    assert "Not confirmed yet" in text_of(here.get("/account/phone"))
    assert here.submit("/account/phone/remove")["Location"] == "/account"
    assert Person.objects.get(pk=someone.pk).phone is None


def test_a_form_without_its_token_changes_nothing() -> None:
    """CSRF: another site removes the number in the person's name."""
    someone = person(phone=PHONE)
    assert entered(someone).post("/account/phone/remove").status_code == 403
    assert Person.objects.get(pk=someone.pk).phone == PHONE


def test_a_number_given_at_registration_is_confirmed_without_typing_it_again(
    authorities: Authorities,
) -> None:
    someone = person(phone="+6281355500009")
    here = entered(someone)
    assert "Leave this empty to confirm +628••••••••09." in text_of(here.get("/account/phone"))
    here.submit("/account/phone", phone="", channel="sms")
    here.submit("/account/phone/code", code=code_sent(authorities, "+6281355500009"))
    assert Person.objects.get(pk=someone.pk).phone_verified_at is not None


@pytest.mark.parametrize("path", ["/account/phone", "/account/email", "/account/email/code"])
def test_whoever_has_an_app_is_asked_for_it_before_the_contacts_change(path: str) -> None:
    """Attack: change phone or e-mail with password and mailbox alone, past an enrolled app."""
    someone = person()
    secret = with_app(someone)
    here = entered(someone)
    assert here.acr == 1
    with later(minutes=2):
        to = f"/login/step-up?next={quote(path, safe='')}"
        assert here.get(path)["Location"] == to
        answer = here.submit(path, "/account", phone="0813", email="x@contoh.go.id")
        assert answer["Location"].startswith("/login/step-up")
        here.get(to, follow=True)
        assert here.submit("/login/step-up", code=app_code(secret)).status_code == 303
        assert here.get("/account/phone").status_code == 200
        assert here.get("/account/email").status_code == 200


def test_a_number_changes_only_after_a_fresh_proof() -> None:
    """Attack: sit down at a browser that was left open for half an hour."""
    here = entered(person(phone=PHONE))
    with later(minutes=25):
        for path in ("/account/phone", "/account/phone/remove"):
            answer = here.submit(path, "/account", phone="0813 5550 0011", channel="sms")
            assert answer["Location"].startswith("/login/step-up")
    assert Person.objects.get(phone_verified_at=None, phone__isnull=False).phone == PHONE
