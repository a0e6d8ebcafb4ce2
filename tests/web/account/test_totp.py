"""/account/totp and /account/backup-codes: an app is added, replaced, removed; codes are kept."""

from datetime import timedelta

import pytest

from gapura.accounts.models import Person
from gapura.authentication.methods import recovery_codes, totp
from gapura.kernel import clock
from tests.access import world as places
from tests.authentication.world import (
    app_code,
    later,
    mails,
    person,
    with_app,
)
from tests.web.account.entering import codes_on, entered
from tests.web.browser import Browser, text_of
from tests.web.people import holder

pytestmark = pytest.mark.django_db
HERE = "/account/totp"


def key_of(someone: Person) -> str:
    waiting = totp.pending(someone.id, clock.now() - timedelta(days=1))
    assert waiting is not None
    return str(waiting.secret)


def started(someone: Person, query: str = "") -> Browser:
    here = entered(someone)
    here.submit(f"{HERE}/start{query}", page=HERE)
    return here


def test_the_steps_lead_from_the_key_to_codes_and_on_to_where_one_came_from() -> None:
    someone = person()
    here = entered(someone)
    assert "Get ready" in text_of(here.get(f"{HERE}?next=/requests"))
    answer = here.submit(f"{HERE}/start?next=/requests")
    assert answer["Location"] == f"{HERE}?next=%2Frequests"
    page = here.get(answer["Location"])
    assert totp.grouped(key_of(someone)) in text_of(page)
    sheet = here.submit(answer["Location"], code=app_code(key_of(someone)))
    codes = codes_on(sheet)
    assert len(set(codes)) == 10
    assert here.acr == 2
    assert mails(someone)[-1] == "totp_enrolled"
    answer = here.submit(
        "/account/backup-codes/saved", codes=" ".join(codes), onward="/requests", saved="1"
    )
    assert (answer.status_code, answer["Location"]) == (303, "/requests")


def test_who_has_not_saved_the_codes_sees_them_again() -> None:
    someone = person()
    here = started(someone)
    codes = codes_on(here.submit(HERE, code=app_code(key_of(someone))))
    token = here.cookies["csrf"].value
    answer = here.submit("/account/backup-codes/saved", codes=" ".join(codes), onward="/x")
    assert answer.status_code == 422
    assert codes_on(answer) == codes
    assert "Save the codes first" in text_of(answer)
    assert here.cookies["csrf"].value == token


def test_the_codes_come_as_a_file_of_text() -> None:
    someone = person()
    here = started(someone)
    codes = codes_on(here.submit(HERE, code=app_code(key_of(someone))))
    file = here.submit("/account/backup-codes/file", codes=" ".join(codes))
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    assert file["Content-Disposition"].startswith("attachment;")
    assert file["Cache-Control"] == "no-store"
    assert all(code in file.content.decode() for code in codes)


def test_the_file_holds_nothing_but_codes() -> None:
    """Reflected content: somebody else's text in a file that comes from here."""
    here = entered(person())
    answer = here.submit(
        "/account/backup-codes/file", page=HERE, codes="<script>alert(1)</script>ABCD-2345"
    )
    assert "script" not in answer.content.decode()


def test_a_wrong_code_is_told_and_the_key_stays() -> None:
    someone = person()
    here = started(someone)
    before = key_of(someone)
    wrong = str((int(app_code(before)) + 1) % 10**6).zfill(6)
    answer = here.submit(HERE, code=wrong)
    assert answer.status_code == 422
    assert "The code from the authenticator app is not right" in text_of(answer)
    assert key_of(someone) == before
    assert here.acr == 1


def test_the_code_sent_twice_ends_on_the_next_page() -> None:
    someone = person()
    here = started(someone)
    code = app_code(key_of(someone))
    here.submit(HERE, code=code)
    answer = here.submit(HERE, code=code)
    assert (answer.status_code, answer["Location"]) == (303, "/account/security")


def test_the_picture_is_served_from_an_address_of_its_own() -> None:
    here = started(person())
    picture = here.get(f"{HERE}/qr.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<?xml")
    assert entered(person()).get(f"{HERE}/qr.svg").status_code == 409


def test_a_weak_sign_in_of_somebody_with_an_app_is_asked_for_the_app() -> None:
    """Whoever reads the mailbox must not be able to put an own app in the place of mine."""
    someone = person()
    with_app(someone)
    here = entered(someone)
    assert here.get(HERE)["Location"] == "/login/step-up?next=%2Faccount%2Ftotp"
    assert here.submit(f"{HERE}/start", page="/account").status_code == 303
    assert totp.pending(someone.id, clock.now() - timedelta(days=1)) is None


def test_who_lost_the_phone_comes_in_with_a_backup_code_and_adds_another_app() -> None:
    someone = person()
    with_app(someone)
    code = recovery_codes.make(someone.id)[0]
    here = entered(someone)
    here.get("/login/step-up?next=/account/totp")
    assert "Use a backup code" in text_of(here.get("/login/step-up?next=/account/totp"))
    here.submit("/login/step-up/method?next=/account/totp", method="recovery_code")
    answer = here.submit("/login/step-up?next=/account/totp", code=code)
    assert answer["Location"] == HERE
    assert "You have a new phone?" in text_of(here.get(HERE))
    here.submit(f"{HERE}/start")
    answer = here.submit(HERE, code=app_code(key_of(someone)))
    assert (answer.status_code, here.acr) == (303, 2), "codes are left, so none are shown"


def test_an_old_proof_does_not_add_an_app() -> None:
    here = entered(person())
    with later(minutes=25):
        assert here.get(HERE)["Location"].startswith("/login/step-up")


def test_somebody_without_a_role_removes_the_app_and_is_told() -> None:
    someone = person()
    here = entered(someone, with_app(someone))
    assert "Remove the authenticator app?" in text_of(here.get(f"{HERE}/remove"))
    for _ in range(2):
        assert here.submit(f"{HERE}/remove")["Location"] == "/account/security"
    assert totp.confirmed(someone.id) is None
    assert mails(someone).count("totp_removed") == 1


def test_the_last_app_of_somebody_with_a_role_stays_and_the_reason_is_told() -> None:
    places.places()
    someone = holder("ppk")
    here = entered(someone, with_app(someone))
    answer = here.submit(f"{HERE}/remove", page="/account/security")
    assert answer.status_code == 403
    assert "Your role needs an authenticator app" in text_of(answer)
    assert totp.confirmed(someone.id) is not None
    assert "not removed" in text_of(here.get("/account/security"))


def test_new_backup_codes_replace_the_old_ones() -> None:
    someone = person()
    here = entered(someone, with_app(someone))
    old = recovery_codes.make(someone.id)
    assert "10 of your codes still work" in text_of(here.get("/account/backup-codes"))
    new = codes_on(here.submit("/account/backup-codes"))
    assert len(new) == 10
    assert not set(new) & set(old)
    assert recovery_codes.use(someone.id, old[0]) is not None


def test_without_an_app_there_are_no_backup_codes_to_make() -> None:
    answer = entered(person()).get("/account/backup-codes")
    assert answer["Location"].startswith("/login/step-up")


def test_the_next_page_is_never_on_another_site() -> None:
    """Open redirect (CWE-601)."""
    someone = person()
    here = started(someone, "?next=https://evil.example")
    answer = here.submit(f"{HERE}?next=//evil.example", code=app_code(key_of(someone)))
    assert "evil.example" not in answer.content.decode()
    codes = " ".join(codes_on(answer))
    answer = here.submit(
        "/account/backup-codes/saved", codes=codes, saved="1", onward="https://evil.example"
    )
    assert answer["Location"] == "/account/security"
