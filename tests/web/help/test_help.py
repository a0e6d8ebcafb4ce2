"""/help: its pages work for everyone, and the table of rights tells the truth."""

import re

import pytest

from gapura.access.queries import ROLES, Right, rights
from gapura.kernel.permissions import all_rules
from gapura.web.help.deeds import DEEDS, ROOMS
from gapura.web.help.guides import GUIDES, guide_for
from gapura.web.help.questions import QUESTIONS, STEPS
from tests.access import world
from tests.web.browser import Browser, text_of, title_of
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

PAGES = ("/help", "/help/rights", "/help/accessibility", "/help/privacy", "/help/contact")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_works_signed_out_with_a_title_of_its_own(language: str) -> None:
    here = Browser(language)
    pages = [*PAGES, *(f"/help/guides/{slug}" for slug in GUIDES)]
    answers = [here.get(path) for path in pages]
    assert {answer.status_code for answer in answers} == {200}
    assert len({title_of(answer) for answer in answers}) == len(pages)
    assert all(answer.content.decode().count("<h1") == 1 for answer in answers)


def test_the_guide_of_the_role_in_use_is_offered_first() -> None:
    world.places()
    page = signed_in("ppk").get("/help")
    assert 'href="/help/guides/ppk">The guide for the role you are using' in (page.content.decode())


@pytest.mark.parametrize("role", ["pp", "ppk", "bendahara", "apip", "kurator", "admin_perusahaan"])
def test_the_home_page_of_a_role_leads_to_its_guide(role: str) -> None:
    world.places()
    page = signed_in(role).get("/").content.decode()
    assert f'href="{guide_for(role)}"' in page
    assert guide_for(role) != "/help"


def test_every_role_has_a_guide_and_no_guide_names_another() -> None:
    named = [code for guide in GUIDES.values() for code in guide.roles]
    assert sorted(named) == sorted(ROLES)


def test_an_unknown_guide_is_not_found() -> None:
    assert Browser().get("/help/guides/nothing").status_code == 404


def test_questions_have_keys_of_their_own_and_links_have_words() -> None:
    assert len({q.key for q in QUESTIONS}) == len(QUESTIONS)
    assert all(bool(q.href) == bool(q.link) for q in QUESTIONS)
    assert len(STEPS) == 4


def test_every_permission_has_words_and_every_word_a_permission() -> None:
    assert set(DEEDS) == set(all_rules())
    assert {name.partition(".")[0] for name in DEEDS} == set(ROOMS)


def right(permission: str) -> Right:
    return next(each for each in rights() if each.permission == permission)


def test_the_table_tells_who_approves() -> None:
    found = right("access.request.approve")
    assert found.roles == ("verifikator", "admin_platform")
    assert (found.public, found.signed_in, found.strong) == (False, False, True)


def test_the_table_tells_who_chooses_and_who_only_the_system_is() -> None:
    assert right("catalog.product.choose").roles == ("ppk", "pp")
    escalate = right("access.request.escalate")
    assert (escalate.roles, escalate.system) == ((), True)
    assert right("helpdesk.case.open").public


def test_no_predicate_breaks_on_the_stand_in_of_a_thing() -> None:
    assert len(rights()) == len(all_rules())


def test_one_role_can_be_looked_at_alone() -> None:
    page = Browser().get("/help/rights?role=verifikator")
    assert "Approve an access request" in text_of(page)
    assert "Choose a product for a unit" not in text_of(page)
    assert Browser().get("/help/rights?role=nobody").status_code == 422


def test_links_of_the_help_lead_somewhere() -> None:
    from django.urls import resolve

    html = "".join(Browser().get(path).content.decode() for path in PAGES)
    for href in set(re.findall(r'href="(/help[^"#?]*)', html)):
        assert resolve(href).url_name, href
