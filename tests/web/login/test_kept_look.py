"""The page with a kept form in a real browser: read at 360 and 1280 px, a decision has no send."""

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from gapura.authentication.models import KeptForm
from gapura.authentication.services import Typed, keep_form
from gapura.kernel.ids import uuid7
from tests.authentication.world import Browser, later, person
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chrome

pytestmark = pytest.mark.django_db(transaction=True)
PATHS = {"/account/edit": 1, f"/requests/{uuid7()}/approve": 0}


@pytest.mark.usefixtures("_collected_statics")
def test_what_was_typed_is_read_on_a_phone_and_a_decision_cannot_be_sent(chrome: "Chrome") -> None:
    someone = person()
    ended, here = Browser().sign_in(someone), Browser()
    with later(minutes=31):
        for path in PATHS:
            typed = Typed(path, [("note", "Sudah diperiksa " * 20)], ("sk.pdf",))
            assert keep_form(actor=ended.actor, token=ended.token, typed=typed)
    here.sign_in(someone)
    with served() as address:
        context = chrome.new_context(locale="id-ID")
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE, "value": here.token, "url": address}]
        )
        page = context.new_page()
        for path, ways in PATHS.items():
            page.goto(f"{address}/login/continue/{KeptForm.objects.get(path=path).id}")
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 740})
                assert page.evaluate("document.documentElement.scrollWidth") == width
            assert page.locator("form[action$='/take']").count() == ways
            assert page.locator(f"a[href='{path}']").count() == 1
            assert Axe().run(page).response["violations"] == []
        context.close()
