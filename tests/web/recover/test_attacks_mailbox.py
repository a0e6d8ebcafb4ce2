"""One mailbox at the pages: with a role it leads to two people; nothing shows before its code."""

import pytest

from gapura.accounts.models import Person
from gapura.authentication.models import Recovery
from tests.authentication.test_attacks_standing import with_role
from tests.authentication.world import mailed_code, person
from tests.web.browser import Browser, text_of, title_of

pytestmark = pytest.mark.django_db
WAIT = "/recover/wait"


def proven(someone: Person) -> Browser:
    """A browser in which the code from the mailbox was right."""
    here = Browser()
    here.submit("/recover", login=someone.username)
    answer = here.submit("/recover/code", code=mailed_code(someone, "reset"))
    assert (answer.status_code, answer["Location"]) == (303, WAIT)
    return here


def test_somebody_with_a_role_is_told_that_two_people_have_to_help() -> None:
    someone = with_role("active")
    here = proven(someone)
    page = here.get(WAIT)
    assert "Two people have to help you" in title_of(page)
    assert not Recovery.objects.exists()
    answer = here.submit(WAIT)
    assert (answer.status_code, answer["Location"]) == (303, "/recover/asked")
    row = Recovery.objects.get()
    assert (row.person_id, row.state, row.evidence["mailbox"]) == (someone.id, "asked", True)
    assert here.submit(WAIT)["Location"] == "/recover", "once"


def test_the_way_of_those_without_a_role_asks_nobody() -> None:
    """Attack: send the form of the other page, to have the verifiers told."""
    someone = person()
    proven(someone).submit(WAIT)
    assert not Recovery.objects.exclude(kind="mailbox").exists()


def test_a_deep_link_past_the_two_people_leads_back_to_the_start() -> None:
    """Attack: type the address of the next page by hand."""
    here = proven(with_role("active"))
    assert here.get("/recover/password")["Location"] == "/recover"
    assert here.submit("/recover/password", WAIT, password="x" * 20)["Location"] == "/recover"


def test_before_the_code_nothing_tells_who_has_a_role() -> None:
    """Attack: look for verifiers among names, with their mailboxes out of reach."""
    pages = []
    for name in (with_role("active").username, person().username, "nobody99"):
        here = Browser()
        here.submit("/recover", login=name)
        wrong = here.submit("/recover/code", code="no code")
        pages.append((here.get(WAIT)["Location"], wrong.status_code, text_of(wrong)))
    assert pages[0] == pages[1] == pages[2]


def test_the_ladder_says_what_a_mailbox_is_worth() -> None:
    page = text_of(Browser().get("/recover/help"))
    assert "Only my mailbox, and I have a role" in page
    assert "Only my mailbox, and I have no role" in page
