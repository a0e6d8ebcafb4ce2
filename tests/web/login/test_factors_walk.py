"""In a real browser without scripts: every factor added and used; and what a shared PC leaves."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db.models import F

from gapura.accounts.models import Person
from gapura.authentication.methods import totp
from gapura.authentication.models import Session
from gapura.authentication.queries import lock_of
from gapura.authentication.services import link_for
from gapura.kernel import clock
from tests.authentication.world import PASSWORD, app_code, mailed_code, person
from tests.web.register.test_walk import Walk
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@contextmanager
def walking(chrome: "Browser", address: str, lang: str, *, scripts: bool = False) -> Iterator[Walk]:
    context = chrome.new_context(java_script_enabled=scripts)
    context.add_cookies([{"name": "lang", "value": lang, "url": address}])
    try:
        yield Walk(context.new_page(), address, lang, scripts=scripts)
    finally:
        context.close()


def _press(walk: Walk, selector: str) -> None:
    with walk.page.expect_navigation():
        walk.page.click(selector)


def _enters(walk: Walk, who: Person) -> None:
    walk.go("/login")
    walk.send(username=who.username, password=PASSWORD)
    assert walk.path == "/login/code"


def _leaves(walk: Walk) -> None:
    walk.go("/logout")
    walk.send()


def _methods(who: Person) -> tuple[str, int]:
    rows = Session.objects.filter(person=who, acr__gt=0, ended_at__isnull=True)
    newest = rows.latest("signed_in_at")
    return newest.methods, newest.acr


def by_e_mail(walk: Walk, who: Person) -> None:
    """The factor that everybody has."""
    _enters(walk, who)
    walk.send(code=mailed_code(who))
    assert _methods(who) == ("password email_code", 1)


def adds_an_app(walk: Walk, who: Person) -> list[str]:
    """Key, first code, backup codes; answers those."""
    walk.go("/account/totp")
    _press(walk, "form[action^='/account/totp/start'] button")
    waiting = totp.pending(who.id, clock.now() - timedelta(days=1))
    assert waiting is not None
    walk.send(code=app_code(waiting.secret, -1))
    codes = walk.page.locator(".gp-code").all_inner_texts()
    assert len(codes) == 10
    walk.page.check("#f-saved")
    _press(walk, "form[action='/account/backup-codes/saved'] button")
    assert walk.path == "/account/security"
    return codes


def by_app(walk: Walk, who: Person) -> None:
    _leaves(walk)
    _enters(walk, who)
    app = totp.confirmed(who.id)
    assert app is not None
    walk.send(code=app_code(app.secret))
    assert _methods(who) == ("password totp", 2)


def by_backup_code(walk: Walk, who: Person, code: str) -> None:
    """Once; the second time it is refused in words."""
    for works in (True, False):
        _leaves(walk)
        _enters(walk, who)
        _press(walk, "button[value=recovery_code]")
        walk.send(code=code)
        assert (walk.path == "/login/code") is not works
    assert walk.page.locator(".govuk-error-summary").count() == 1


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_factor_is_added_and_used_without_scripts(
    transactional_db: None, chrome: "Browser", lang: str
) -> None:
    """Passkeys need scripts and have tests/web/account/test_passkeys_look.py."""
    who = person()
    with served() as address, walking(chrome, address, lang) as walk:
        by_e_mail(walk, who)
        codes = adds_an_app(walk, who)
        by_app(walk, who)
        by_backup_code(walk, who, codes[0])
        assert walk.page.locator("html").get_attribute("lang") == lang


def test_what_was_typed_at_a_shared_pc_and_what_it_leaves(
    transactional_db: None, chrome: "Browser"
) -> None:
    """D40: a form that came too late, the link of a notice, the back button after signing out."""
    who = person()
    with served() as address:
        with walking(chrome, address, "id") as walk:
            keeps_a_form(walk, who)
        with walking(chrome, address, "en", scripts=True) as walk:
            goes_back_after_signing_out(walk, who)
        with walking(chrome, address, "id") as walk:
            locks_from_a_mail(walk, who)


def keeps_a_form(walk: Walk, who: Person) -> None:
    """The sign-in ends while a form is open; what was typed is there after the next one."""
    by_e_mail(walk, who)
    walk.go("/account/edit")
    walk.page.fill("#f-unit_text", "Bagian Umum dan Keuangan")
    long_ago = timedelta(hours=1)
    Session.objects.filter(person=who, ended_at__isnull=True).update(
        last_seen_at=F("last_seen_at") - long_ago
    )
    _press(walk, "main form .govuk-button-group button")
    assert walk.path.startswith("/login?next=")
    walk.send(username=who.username, password=PASSWORD)
    walk.send(code=mailed_code(who))
    assert walk.path.startswith("/login/continue/")
    assert "Bagian Umum dan Keuangan" in walk.page.inner_text("main")
    _press(walk, "form[action$='/take'] button")
    who.refresh_from_db()
    assert who.unit_text == "Bagian Umum dan Keuangan"
    _leaves(walk)


def goes_back_after_signing_out(walk: Walk, who: Person) -> None:
    """Attack: the next one at the PC presses the back button."""
    _enters(walk, who)
    walk.send(code=mailed_code(who))
    walk.go("/account")
    assert who.email in walk.page.content()
    walk.go("/logout")
    walk.send()
    for _ in range(2):
        walk.page.go_back(wait_until="load")
    assert walk.path.startswith("/login")
    assert who.email not in walk.page.content()


def locks_from_a_mail(walk: Walk, who: Person) -> None:
    """“This was not me”: asks first, then locks; the next sign-in is told so at its end."""
    walk.go(link_for(who.id, "sign_in"))
    assert lock_of(who.id) is None
    _press(walk, ".govuk-button--warning")
    assert lock_of(who.id)
    _enters(walk, who)
    walk.send(code=mailed_code(who))
    assert walk.path == "/login/locked"
    assert walk.page.locator("a[href='/recover']").count() >= 1
