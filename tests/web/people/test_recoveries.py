"""/people/recoveries: one vouches face to face, another agrees; nobody else sees anything."""

import re

import pytest

from gapura.authentication.models import Recovery
from gapura.authentication.rules import VOUCH_CHECKLIST
from tests.authentication.recovering import REASON, ask_by_mail, ask_without, birthday, named, vouch
from tests.personas import ClientFor
from tests.simulator import Authorities
from tests.web.browser import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("personas")]
QUEUE = "/people/recoveries"


def filled(row: Recovery, **changes: object) -> dict[str, object]:
    checked = list(VOUCH_CHECKLIST[row.kind])
    return {"nik": row.person.nik, "checked": checked, "reason": REASON, **changes}


def test_one_vouches_and_another_agrees(client_for: ClientFor) -> None:
    row = ask_by_mail(named("ppk"))
    first, other = client_for("verifikator"), client_for("admin_instansi")
    first.cookies["lang"] = other.cookies["lang"] = "en"
    assert row.person.name in text_of(first.get(QUEUE))
    page = first.get(f"{QUEUE}/{row.id}")
    assert row.person.nik not in page.content.decode(), "the number is read from the card"
    answer = first.post(f"{QUEUE}/{row.id}/vouch", filled(row))
    slip = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", text_of(answer))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert slip
    again = first.get(f"{QUEUE}/{row.id}")
    assert slip[0] not in text_of(again), "shown once"
    assert "You vouched for this person yourself" in text_of(again)
    answer = other.post(f"{QUEUE}/{row.id}/second", {"reason": REASON})
    assert answer["Location"] == f"{QUEUE}/{row.id}"
    assert "can come back when the wait is over" in text_of(other.get(f"{QUEUE}/{row.id}"))
    row.refresh_from_db()
    assert row.state == "waiting"


def test_the_voucher_cannot_agree_by_hand_made_form(client_for: ClientFor) -> None:
    """Attack: the button is not there, so the form is sent by hand."""
    row = ask_by_mail(named("ppk"))
    vouch(row)
    answer = client_for("verifikator").post(f"{QUEUE}/{row.id}/second", {"reason": REASON})
    assert answer.status_code == 403
    row.refresh_from_db()
    assert row.state == "vouched"


def test_a_verifier_who_lost_everything_does_not_vouch_for_themselves(
    client_for: ClientFor,
) -> None:
    row = ask_by_mail(named("verifikator"))
    here = client_for("verifikator")
    here.cookies["lang"] = "en"
    assert "Nobody brings back their own account" in text_of(here.get(f"{QUEUE}/{row.id}"))
    assert here.post(f"{QUEUE}/{row.id}/vouch", filled(row)).status_code == 403


@pytest.mark.parametrize("who", ["luar", "ppk", "apip", "kurator", "penyedia", "helpdesk", "admin"])
def test_others_find_neither_the_list_entry_nor_the_page(who: str, client_for: ClientFor) -> None:
    row = ask_by_mail(named("pp"))
    here = client_for(who)
    assert row.person.name not in here.get(QUEUE).content.decode()
    assert here.get(f"{QUEUE}/{row.id}").status_code == 404
    for verb in ("vouch", "second", "refuse"):
        assert here.post(f"{QUEUE}/{row.id}/{verb}", filled(row)).status_code == 404


def test_wrong_entries_are_said_at_their_fields(client_for: ClientFor) -> None:
    row = ask_without(named("ppk"))
    here = client_for("verifikator")
    here.cookies["lang"] = "en"
    bad = filled(row, nik="3273010101900001", checked=["card"], new_email=named("pp").email)
    answer = here.post(f"{QUEUE}/{row.id}/vouch", bad)
    assert answer.status_code == 422
    said = text_of(answer)
    for text in ("not the NIK of the account", "every point holds", "cannot be used"):
        assert text in said


def test_a_refusal_has_a_reason(client_for: ClientFor) -> None:
    row = ask_by_mail(named("ppk"))
    here = client_for("verifikator")
    assert here.post(f"{QUEUE}/{row.id}/refuse", {"reason": "x"}).status_code == 422
    assert here.post(f"{QUEUE}/{row.id}/refuse", {"reason": REASON})["Location"] == QUEUE
    assert client_for("verifikator2").get(QUEUE).status_code == 200


def test_the_helpdesk_sees_citizens_and_asks_the_registry(
    client_for: ClientFor, authorities: Authorities
) -> None:
    row = ask_by_mail(named("warga"))
    desk, platform = client_for("helpdesk"), client_for("admin")
    assert row.person.name in text_of(desk.get(QUEUE))
    day = birthday(row)
    born = {"born-day": day.day, "born-month": day.month, "born-year": day.year}
    answer = desk.post(f"{QUEUE}/{row.id}/vouch", filled(row, **born))
    assert answer.status_code == 200, text_of(answer)
    assert platform.post(f"{QUEUE}/{row.id}/second", {"reason": REASON}).status_code == 303


def test_opening_a_verb_leads_to_its_page(client_for: ClientFor) -> None:
    row = ask_by_mail(named("ppk"))
    answer = client_for("verifikator").get(f"{QUEUE}/{row.id}/vouch")
    assert answer["Location"] == f"{QUEUE}/{row.id}"
