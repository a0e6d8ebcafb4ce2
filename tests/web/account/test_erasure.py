"""/account/erasure, the link that takes it back, and the check of a certificate."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.documents.queries import original_bytes
from gapura.journeys.erasing import carry_out_due
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.notifications.models import Mail
from gapura.privacy.models import Erasure
from tests.authentication.world import person
from tests.web.browser import Browser, text_of
from tests.web.people import enter, signed_in

pytestmark = pytest.mark.django_db
HERE = "/account/erasure"


def asked() -> Browser:
    """Somebody who has asked to be erased."""
    here = enter(person())
    answer = here.submit(f"{HERE}/ask", page=HERE, understood="1")
    assert answer.status_code == 303
    return here


def link(template: str) -> str:
    """The path of the link in the newest mail of that kind."""
    mail = Mail.objects.filter(template=f"privacy/mail/{template}.txt").latest("created_at")
    return next(
        "/" + line.split("/", 3)[3]
        for line in (mail.body or "").splitlines()
        if line.startswith("http") and ("/erasure/" in line or "/certificate/" in line)
    )


def erased() -> Erasure:
    """The same once the time to take it back is over."""
    asked()
    with clock.frozen(clock.now() + timedelta(hours=72, seconds=1)):
        carry_out_due(actor=system_actor("tests"))
    return Erasure.objects.get()


def test_it_is_asked_for_with_a_tick_and_taken_back_with_a_button() -> None:
    here = enter(person())
    shown = text_of(here.get(HERE))
    assert "72 hours pass" in shown
    assert "audit trail" in shown
    missing = here.submit(f"{HERE}/ask", page=HERE)
    assert missing.status_code == 422
    assert not Erasure.objects.exists()
    here.submit(f"{HERE}/ask", page=HERE, understood="1")
    assert "Take it back" in text_of(here.get(HERE))
    assert here.submit(f"{HERE}/ask", page=HERE, understood="1").status_code == 409
    assert here.submit(f"{HERE}/undo", page=HERE).status_code == 303
    assert Erasure.objects.get().state == "undone"


def test_a_form_without_its_token_erases_nobody() -> None:
    """Attack: another site sends the form in the owner's browser (CSRF)."""
    here = enter(person())
    assert here.post(f"{HERE}/ask", {"understood": "1"}).status_code == 403
    assert not Erasure.objects.exists()


def test_an_old_proof_leads_to_a_fresh_one_first() -> None:
    here = enter(person())
    with clock.frozen(clock.now() + timedelta(minutes=25)):
        answer = here.submit(f"{HERE}/ask", page=HERE, understood="1")
    assert "/login/step-up" in answer.headers.get("Location", "")
    assert not Erasure.objects.exists()


def test_what_stands_against_it_is_said_with_law_and_way_out() -> None:
    here = signed_in("admin_perusahaan")
    shown = text_of(here.get(HERE))
    assert "You are the only administrator of Company PT1." in shown
    assert "UU 27/2022 Pasal 15" in shown
    assert "Name another administrator first." in shown
    assert 'action="/account/erasure/ask"' not in here.get(HERE).content.decode()


def test_opening_the_link_changes_nothing_and_its_button_takes_it_back_signed_out() -> None:
    """Programs of mailboxes open every link: that must not undo what the owner wants."""
    asked()
    path, stranger = link("erasure_asked"), Browser()
    assert "Take the erasure back" in text_of(stranger.get(path))
    assert Erasure.objects.get().state == "cooling"
    assert "It is taken back" in text_of(stranger.submit(path))
    assert Erasure.objects.get().state == "undone"
    assert "nothing to take back" in text_of(stranger.submit(path))
    assert "nothing to take back" in text_of(stranger.get(path[:-3] + "zzz"))


def test_the_account_is_gone_afterwards_and_its_certificate_checks() -> None:
    row, anybody = erased(), Browser()
    paper = anybody.get(link("erasure_done"))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert anybody.get("/log/certificate/unknown").status_code == 404
    sent = {"reference": row.reference.lower(), "code": f" {row.digest[:16].upper()} "}
    assert "genuine and unchanged" in text_of(anybody.submit("/log/certificate", **sent))
    for wrong in ({**sent, "code": row.digest[:15]}, {**sent, "code": "0" * 64}):
        assert "We know no such certificate" in text_of(anybody.submit("/log/certificate", **wrong))
    assert anybody.submit("/log/certificate").status_code == 422
    whole = original_bytes(row.document_id or row.id).content
    for content, said in ((whole, "genuine"), (whole + b" ", "no such certificate")):
        file = SimpleUploadedFile("x.pdf", content, content_type="application/pdf")
        assert said in text_of(anybody.submit("/log/certificate", file=file))


@pytest.mark.parametrize("path", [HERE, "/log/certificate"])
def test_each_page_asks_few_questions_of_the_database(path: str) -> None:
    here = enter(person())
    here.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked_for:
        assert here.get(path).status_code == 200
    assert len(asked_for) <= 16, [q["sql"][:90] for q in asked_for]


def test_nobody_signed_out_sees_the_page() -> None:
    answer: Any = Browser().get(HERE)
    assert answer.status_code in {302, 303}
