"""The look in a real browser: readable by everyone, light, calm under the strict policy."""

import gzip
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.looking import faults
from tests.web.shell.site import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PAGES = ("/login", "/login?errors", "/patterns", "/patterns?errors", "/error")
MOST_BYTES, MOST_REQUESTS = 60 * 1024, 10


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def window(chrome: "Browser") -> Iterator["BrowserContext"]:
    """One for all sheets: the site keeps nothing in it."""
    context = chrome.new_context(viewport={"width": 360, "height": 740}, locale="id-ID")
    yield context
    context.close()


@pytest.fixture
def sheet(window: "BrowserContext") -> Iterator["Page"]:
    page = window.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(sheet: "Page", site: str, path: str, lang: str) -> None:
    assert faults(sheet, site, f"{path}{'&' if '?' in path else '?'}lang={lang}", "anyone") == []
    assert sheet.locator("html").get_attribute("lang") == lang


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_smallest_phone(sheet: "Page", site: str, path: str) -> None:
    sheet.set_viewport_size({"width": 320, "height": 640})
    sheet.goto(f"{site}{path}")
    assert sheet.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_blocks_nothing_and_no_script_fails(sheet: "Page", site: str, path: str) -> None:
    said: list[str] = []
    sheet.on("console", lambda message: said.append(message.text))
    sheet.on("pageerror", lambda error: said.append(str(error)))
    sheet.goto(f"{site}{path}")
    sheet.wait_for_function("window.htmx && document.querySelector('[data-govuk-skip-link-init]')")
    assert said == []


@pytest.mark.parametrize("path", ["/login", "/patterns"])
def test_a_first_visit_is_light(chrome: "Browser", site: str, path: str) -> None:
    answers: list[Any] = []
    context = chrome.new_context(viewport={"width": 1280, "height": 740}, locale="id-ID")
    sheet = context.new_page()

    def keep(answer: Any) -> None:
        answers.append(answer)

    sheet.on("response", keep)
    sheet.goto(f"{site}{path}", wait_until="networkidle")
    sizes = [len(gzip.compress(answer.body(), 6)) for answer in answers]
    context.close()
    assert len(sizes) <= MOST_REQUESTS
    assert sum(sizes) <= MOST_BYTES


def test_buttons_are_large_enough_for_a_finger(sheet: "Page", site: str) -> None:
    sheet.goto(f"{site}/patterns")
    for button in sheet.locator("main .govuk-button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44, button.inner_text()


def test_after_a_refused_answer_the_summary_has_the_focus(sheet: "Page", site: str) -> None:
    sheet.goto(f"{site}/login?errors")
    sheet.wait_for_function("document.activeElement.matches('.govuk-error-summary')")
    sheet.locator(".govuk-error-summary a").first.click()
    assert sheet.evaluate("document.activeElement.name") == "username"
    assert sheet.title().startswith(("Kesalahan:", "Error:"))


def test_the_menu_folds_on_a_phone_and_stays_open_without_scripts(
    chrome: "Browser", site: str
) -> None:
    for scripts in (True, False):
        context = chrome.new_context(
            viewport={"width": 360, "height": 740}, java_script_enabled=scripts
        )
        sheet = context.new_page()
        sheet.goto(f"{site}/patterns")
        assert sheet.locator("#navigation").is_visible() is not scripts
        if scripts:
            sheet.locator(".govuk-service-navigation__toggle").click()
            assert sheet.locator("#navigation").is_visible()
        context.close()


def test_a_chosen_file_is_named_and_a_large_one_refused_at_once(sheet: "Page", site: str) -> None:
    sheet.goto(f"{site}/patterns")
    upload, note = sheet.locator("[name=letter]"), sheet.locator("#f-letter-chosen")
    upload.set_input_files({"name": "sk.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-"})
    assert "sk.pdf" in note.inner_text()
    huge = b"x" * (2 * 1024 * 1024 + 1)
    upload.set_input_files({"name": "besar.pdf", "mimeType": "application/pdf", "buffer": huge})
    assert "2 MB" in note.inner_text()
    assert "gp-file-note--problem" in (note.get_attribute("class") or "")


def test_what_belongs_to_an_option_opens_with_it(sheet: "Page", site: str) -> None:
    sheet.goto(f"{site}/patterns")
    inside = sheet.get_by_text("Warga yang bukan pegawai pemerintah tidak mempunyai NIP.")
    assert not inside.is_visible()
    sheet.get_by_label("Warga lainnya").check()
    assert inside.is_visible()


def test_the_session_hint_appears_before_the_end(chrome: "Browser", site: str) -> None:
    context = chrome.new_context()
    sheet = context.new_page()
    sheet.clock.install()
    sheet.goto(f"{site}/patterns")
    assert not sheet.locator("[data-session-hint]").is_visible()
    sheet.clock.fast_forward(1501 * 1000)
    assert sheet.locator("[data-session-hint]").is_visible()
    context.close()
