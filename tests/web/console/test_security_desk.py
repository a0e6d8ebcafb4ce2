"""/console/security: what the log shows of an account, and two administrators who act on it."""

from typing import Any

import pytest
from django.test import Client

from gapura.accounts.models import Person
from gapura.authentication.models import AccountLock, Suspicion
from gapura.authentication.queries import lock_of
from tests.authentication.desk import REASON
from tests.authentication.world import events
from tests.house.things_desk import locked, suspected
from tests.personas import ClientFor
from tests.web.browser import text_of, title_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("personas")]
DESK = "/console/security"


@pytest.fixture
def in_english(client_for: ClientFor) -> ClientFor:
    """`client_for` in the language of the texts below."""

    def make(username: str, **options: Any) -> Client:
        client = client_for(username, **options)
        client.cookies["lang"] = "en"
        return client

    return make


def named(username: str) -> Person:
    return Person.objects.get(username=username)


def test_one_proposes_and_another_agrees(in_english: ClientFor) -> None:
    in_english("ppk")
    row = suspected("ppk")
    one, other = in_english("admin_instansi"), in_english("admin")
    assert named("ppk").name in text_of(one.get(DESK))
    page = text_of(one.get(f"{DESK}/{row}"))
    assert "The owner said: this was not me" in page
    assert "Firefox, Linux" in page
    body = {"propose-action": "lock", "propose-reason": REASON}
    assert one.post(f"{DESK}/{row}/propose", body)["Location"] == f"{DESK}/{row}"
    page = text_of(one.get(f"{DESK}/{row}"))
    assert "You proposed this yourself" in page
    assert "Agree and do it" not in page
    assert one.post(f"{DESK}/{row}/agree").status_code == 403
    assert "Agree and do it" in text_of(other.get(f"{DESK}/{row}"))
    assert other.post(f"{DESK}/{row}/agree").status_code == 303
    assert lock_of(named("ppk").id)
    page = text_of(one.get(f"{DESK}/{row}"))
    assert REASON in page
    assert "This account is locked" in page
    assert other.post(f"{DESK}/{row}/agree").status_code == 409
    assert named("ppk").name in text_of(one.get(f"{DESK}?tab=settled"))


def test_the_evidence_leads_to_the_log_and_looking_is_recorded(in_english: ClientFor) -> None:
    row, here = suspected("ppk"), in_english("admin")
    entry = Suspicion.objects.get(pk=row).evidence["entries"][0]
    page = here.get(f"{DESK}/{row}").content.decode()
    assert f'href="/console/log/{entry}"' in page
    assert here.get(f"/console/log/{entry}").status_code == 200
    assert events("audit.log.explored")


def test_no_secret_stands_on_the_page(in_english: ClientFor) -> None:
    """Attack: an administrator reads what others sign in with."""
    row, someone = suspected("ppk"), named("ppk")
    page = in_english("admin").get(f"{DESK}/{row}").content.decode()
    for secret in (someone.nik, someone.phone or "~", someone.email):
        assert secret not in page


@pytest.mark.parametrize(
    "who", ["luar", "warga", "ppk", "apip", "verifikator", "helpdesk", "penyedia", "kurator"]
)
def test_others_find_neither_the_desk_nor_its_pages(who: str, in_english: ClientFor) -> None:
    row, lock, here = suspected("pp"), locked("pa"), in_english(who)
    assert here.get(DESK).status_code == 404
    for path in (f"{DESK}/{row}", f"{DESK}/locks/{lock}"):
        assert here.get(path).status_code == 404
    for verb in ("propose", "agree", "decline", "dismiss", "end-sessions"):
        assert here.post(f"{DESK}/{row}/{verb}").status_code == 404
    for verb in ("ask", "agree", "keep"):
        assert here.post(f"{DESK}/locks/{lock}/{verb}").status_code == 404


def test_a_code_by_mail_is_not_enough(in_english: ClientFor) -> None:
    answer = in_english("admin", acr=1).get(DESK)
    assert answer["Location"].startswith("/login/step-up")


def test_an_agency_does_not_see_another_ones(in_english: ClientFor) -> None:
    row, here = suspected("luar"), in_english("admin_instansi")
    assert named("luar").name not in text_of(here.get(DESK))
    assert here.get(f"{DESK}/{row}").status_code == 404
    assert in_english("admin").get(f"{DESK}/{row}").status_code == 200


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("propose", {"propose-action": "burn", "propose-reason": REASON}),
        ("propose", {"propose-action": "lock", "propose-reason": "short"}),
        ("dismiss", {"dismiss-reason": ""}),
        ("end-sessions", {"cut-reason": "x" * 301}),
    ],
)
def test_wrong_entries_are_said_at_their_fields(
    verb: str, body: dict[str, str], in_english: ClientFor
) -> None:
    row, here = suspected("ppk"), in_english("admin")
    answer = here.post(f"{DESK}/{row}/{verb}", body)
    assert answer.status_code == 422
    assert "There is something to correct" in text_of(answer)
    assert Suspicion.objects.get(pk=row).state == "open"


def test_declining_dismissing_and_the_emergency(in_english: ClientFor) -> None:
    in_english("ppk")
    row, one, other = suspected("ppk"), in_english("admin_instansi"), in_english("admin")
    one.post(f"{DESK}/{row}/propose", {"propose-action": "suspend", "propose-reason": REASON})
    assert other.post(f"{DESK}/{row}/decline", {"decline-reason": REASON}).status_code == 303
    answer = other.post(f"{DESK}/{row}/end-sessions", {"cut-reason": REASON})
    assert "sign-in was ended" in text_of(other.get(answer["Location"]))
    answer = one.post(f"{DESK}/{row}/dismiss", {"dismiss-reason": REASON})
    assert answer["Location"] == DESK
    assert "No account shows signs of a stranger" in text_of(one.get(DESK))
    assert one.post(f"{DESK}/{row}/dismiss", {"dismiss-reason": REASON}).status_code == 409


def test_a_lock_is_opened_by_two(in_english: ClientFor) -> None:
    lock, one, other = locked("ppk"), in_english("admin_instansi"), in_english("admin")
    here = f"{DESK}/locks/{lock}"
    assert named("ppk").name in text_of(one.get(f"{DESK}?tab=locks"))
    assert one.post(f"{here}/ask", {"lift-reason": "short"}).status_code == 422
    assert one.post(f"{here}/ask", {"lift-reason": REASON}).status_code == 303
    assert "You cannot agree to it" in text_of(one.get(here))
    assert other.post(f"{here}/keep", {"keep-reason": REASON}).status_code == 303
    assert one.post(f"{here}/agree").status_code == 409
    one.post(f"{here}/ask", {"lift-reason": REASON})
    assert one.post(f"{here}/agree").status_code == 403
    assert other.post(f"{here}/agree")["Location"] == f"{DESK}?tab=locks"
    assert AccountLock.objects.get(pk=lock).lifted_at
    assert other.get(here).status_code == 404


def test_both_languages_without_scripts(in_english: ClientFor) -> None:
    row, lock, here = suspected("ppk"), locked("pa"), in_english("admin")
    for language in ("id", "en"):
        here.cookies["lang"] = language
        for path in (DESK, f"{DESK}?tab=locks", f"{DESK}/{row}", f"{DESK}/locks/{lock}"):
            page = here.get(path)
            assert page.status_code == 200
            assert f'<html lang="{language}"' in page.content.decode()
            assert title_of(page)
        # Every act is a plain form with its token.
        html = here.get(f"{DESK}/{row}").content.decode()
        assert html.count(f'action="{DESK}/{row}/') == html.count("/propose") + 2


@pytest.mark.parametrize("tab", ["", "?tab=x", "?tab=dismissed", "?page=9999", "?page=x"])
def test_odd_addresses_show_a_list(tab: str, in_english: ClientFor) -> None:
    assert in_english("admin").get(f"{DESK}{tab}").status_code == 200
