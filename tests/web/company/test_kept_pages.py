"""Pages on which a company is kept true: the comparison, branches, papers with days."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.organizations.models import Company, CompanyBranch, CompanyDocument
from gapura.organizations.services import Answered, note_answer, note_differences
from tests.personas import ClientFor

COMPARISON, BRANCHES = "/company/comparison", "/company/branches"
SYSTEM = system_actor("standing")
BRANCH = {"nitku": "000007", "name": "Cabang Surabaya", "address": "Jalan Pahlawan 1, Surabaya"}


def code() -> str:
    """The company of `penyedia`."""
    return "C0001"


def test_the_comparison_names_ours_theirs_source_and_who_mends_it(client_for: ClientFor) -> None:
    told = Answered("oss", "OSS-77", "ab" * 32)
    note_answer(actor=SYSTEM, company=code(), said={"scale": "large"}, answer=told)
    found = {"scale": ("small", "large")}
    note_differences(actor=SYSTEM, company=code(), found=found, answer=told)
    client = client_for("penyedia")
    client.get(COMPARISON)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(COMPARISON).content.decode()
    assert "OSS-77" in page
    assert 'href="https://oss.go.id"' in page
    assert "/adopt" in page
    assert len(asked) <= 16
    assert "/adopt" not in client_for("staf").get(COMPARISON).content.decode()
    # The own page, too: it once broke as soon as a company had a difference.
    assert client.get("/company").status_code == 200


@pytest.mark.parametrize("username", ["ppk", "warga", "admin", "luar"])
@pytest.mark.parametrize("path", [COMPARISON, BRANCHES, f"{BRANCHES}/new"])
def test_whoever_acts_for_no_company_has_no_such_page(
    client_for: ClientFor, username: str, path: str
) -> None:
    assert client_for(username).get(path).status_code == 404


def test_asking_again_says_which_authorities_are_silent_and_waits_an_hour(
    client_for: ClientFor,
) -> None:
    client = client_for("penyedia")
    assert client.post(f"{COMPARISON}/ask").headers["Location"] == COMPARISON
    first = client.get(COMPARISON).content.decode()
    assert client.post(f"{COMPARISON}/ask").status_code in (302, 303)
    assert "govuk-notification-banner" in first
    assert f'action="{COMPARISON}/ask"' not in client.get(COMPARISON).content.decode()
    assert client_for("staf").post(f"{COMPARISON}/ask").status_code == 404


def test_a_branch_is_added_corrected_and_closed(client_for: ClientFor) -> None:
    client, today = client_for("penyedia"), clock.today().isoformat()
    assert client.post(f"{BRANCHES}/new", {**BRANCH, "since": "never"}).status_code == 422
    wrong = client.post(f"{BRANCHES}/new", {**BRANCH, "nitku": "7", "since": today})
    assert wrong.status_code == 422
    assert "Cabang Surabaya" in wrong.content.decode()
    assert (
        client.post(f"{BRANCHES}/new", {**BRANCH, "since": today}).headers["Location"] == BRANCHES
    )
    assert client.post(f"{BRANCHES}/new", {**BRANCH, "since": today}).status_code == 409
    row = CompanyBranch.objects.get()
    one = f"{BRANCHES}/{row.id}"
    assert client.post(f"{one}/change", {**BRANCH, "name": "Cabang Gresik"}).status_code in (
        302,
        303,
    )
    assert client.post(f"{one}/close", {"until": "1999-01-01"}).status_code == 422
    assert client.post(f"{one}/close", {"until": today}).status_code in (302, 303)
    assert client.get(f"{one}/change").status_code == 404
    assert "Cabang Gresik" in client.get(BRANCHES).content.decode()


def test_a_branch_of_another_company_is_not_there(client_for: ClientFor) -> None:
    """Attack: the administrator of one company tries the branch of another one."""
    client = client_for("penyedia")
    client.post(f"{BRANCHES}/new", {**BRANCH, "since": clock.today().isoformat()})
    other = Company.objects.create(code="C9999", name="PT Lain")
    CompanyBranch.objects.update(company=other)
    row = CompanyBranch.objects.get()
    for verb, posted in (("change", BRANCH), ("close", {"until": clock.today().isoformat()})):
        assert client.post(f"{BRANCHES}/{row.id}/{verb}", posted).status_code == 404
    assert "Cabang Surabaya" not in client.get(BRANCHES).content.decode()


def test_staff_read_branches_but_do_not_change_them(client_for: ClientFor) -> None:
    staff = client_for("staf")
    assert staff.get(BRANCHES).status_code == 200
    posted = {**BRANCH, "since": clock.today().isoformat()}
    assert staff.post(f"{BRANCHES}/new", posted).status_code == 404
    assert not CompanyBranch.objects.exists()


def test_a_paper_that_is_over_is_refused_before_its_file_is_taken(client_for: ClientFor) -> None:
    client = client_for("penyedia")
    before = CompanyDocument.objects.count()
    file = SimpleUploadedFile("kuasa.pdf", b"%PDF-1.4 no real one")
    past = (clock.today() - timedelta(days=1)).isoformat()
    page = client.post("/company/papers/letter", {"document": file, "valid_until": past})
    assert page.status_code == 422
    assert "f-valid_until-error" in page.content.decode()
    assert CompanyDocument.objects.count() == before
