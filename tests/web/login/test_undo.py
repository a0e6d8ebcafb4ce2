"""/login/undo: the link of the contact before, opened by its owner, by programs, by strangers."""

import re

import pytest

from gapura.accounts.models import ContactChange, Person
from gapura.accounts.rules.undoing import undo_link
from tests.authentication.world import PASSWORD, later, mailed_code, person
from tests.web.account.entering import entered
from tests.web.browser import Browser, text_of, title_of

pytestmark = pytest.mark.django_db
NEW = "rara.baru@example.go.id"


def changed(someone: Person) -> str:
    """Through the pages; answers the path of the link that the old address got."""
    here = entered(someone)
    here.submit("/account/email", email=NEW)
    here.submit("/account/email/code", code=mailed_code(someone, "change_email"))
    assert "can be taken back until" in text_of(here.get("/account"))
    return undo_link(ContactChange.objects.get(person=someone).id)


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_link_asks_first_and_then_takes_the_change_back(language: str) -> None:
    someone = person()
    link = changed(someone)
    owner = Browser(language, ip="198.51.100.1")
    page = owner.get(link)
    assert page.status_code == 200
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("same-origin", "no-store")
    assert someone.email not in page.content.decode(), "only masked: the link may be seen by others"
    assert Person.objects.get(pk=someone.pk).email == NEW
    assert owner.submit(link)["Location"] == "/login/undo"
    assert Person.objects.get(pk=someone.pk).email == someone.email
    done = owner.get("/login/undo")
    assert re.search(r'href="/recover"', done.content.decode())
    assert owner.submit(link).status_code == 404
    with later(seconds=60):
        owner.submit("/login", username=someone.username, password=PASSWORD)
        answer = owner.submit("/login/code", code=mailed_code(someone))
    assert answer["Location"] == "/login/locked"


def test_a_used_or_made_up_link_says_what_to_do() -> None:
    for token in ("x", "A" * 43):
        page = Browser().get(f"/login/undo/{token}")
        assert page.status_code == 404
        assert "This link no longer works" in title_of(page)


def test_another_site_cannot_take_a_change_back() -> None:
    """Attack: cross-site request forgery with a link that was read over a shoulder."""
    someone = person()
    link = changed(someone)
    assert Browser().post(link).status_code == 403
    assert Person.objects.get(pk=someone.pk).email == NEW


def test_after_72_hours_it_is_over() -> None:
    someone = person()
    link = changed(someone)
    with later(hours=72, seconds=1):
        assert Browser().submit(link).status_code == 404
    assert Person.objects.get(pk=someone.pk).email == NEW
