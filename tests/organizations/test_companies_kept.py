"""Companies kept true: branches, papers with days, and answers of authorities as they change."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.encryption import lookup
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.organizations import company_errors, errors, queries, services
from gapura.organizations.models import Company, CompanyAnswer, CompanyBranch, CompanyDocument
from gapura.organizations.rules import branch_number
from gapura.organizations.services import Answered, BranchText, PaperText
from tests.access import world

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("tests")
NOON = datetime.fromisoformat("2026-06-15T12:00:00+07:00")
TODAY = date(2026, 6, 15)
NPWP = "0012345674901000"
TEXT = BranchText("Cabang Surabaya", "Jalan Pahlawan 1, Surabaya")


@pytest.fixture(autouse=True)
def _companies(db: None) -> Iterator[None]:
    with clock.frozen(NOON):
        for code in ("C001", "C002"):
            services.register_company(actor=SYSTEM, code=code, name=f"PT {code}")
        known = {"npwp": NPWP, "npwp_lookup": lookup(NPWP, "company.npwp")}
        Company.objects.filter(pk="C001").update(nib="0123456789012", **known)
        yield


def boss(company: str = "C001", role: str = "admin_perusahaan", acr: int = 2) -> Actor:
    """Somebody of the company, signed in with an app."""
    grant = ActiveGrant(uuid7(), role, company=company)
    return Actor(
        person=uuid7(), username="budi", state="verified", grant=grant, grants=(grant,), acr=acr
    )


def opened(nitku: str = "000001", since: date = TODAY) -> UUID:
    return services.open_branch(actor=boss(), nitku=nitku, since=since, text=TEXT)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (NPWP + "000007", "000007"),
        ("000007", "000007"),
        ("9" * 16 + "000007", ""),
        ("00007", ""),
        ("\u0660" * 5 + "7", ""),
        ("", ""),
    ],
)
def test_a_branch_number_is_the_companys_own_or_none(typed: str, number: str) -> None:
    assert branch_number(typed, NPWP) == number


def test_a_branch_is_active_from_its_first_to_its_last_day() -> None:
    branch = opened(since=TODAY - timedelta(days=10))
    services.close_branch(actor=boss(), branch=branch, until=TODAY)
    for days, active in ((-11, 0), (-10, 1), (0, 1), (1, 0)):
        assert len(queries.branches_on("C001", TODAY + timedelta(days=days))) == active
    names = LogEvent.objects.filter(subject_id="C001").values_list("name", flat=True)
    assert "organizations.branch.closed" in set(names)


def test_a_branch_opens_again_under_its_number_after_its_last_day_only() -> None:
    branch = opened()
    with pytest.raises(company_errors.BranchThere):
        opened()
    services.close_branch(actor=boss(), branch=branch, until=TODAY + timedelta(days=5))
    with pytest.raises(company_errors.BranchThere):
        opened(since=TODAY + timedelta(days=5))
    opened(since=TODAY + timedelta(days=6))
    assert CompanyBranch.objects.count() == 2


def test_the_tax_number_of_a_branch_is_masked_and_kept_once() -> None:
    opened(NPWP + "000003")
    (branch,) = queries.branches_of(boss())
    assert NPWP not in branch.nitku
    assert branch.nitku.endswith("000003")
    assert NPWP not in str(LogEvent.objects.filter(subject_id="C001").values())


def test_another_company_or_its_staff_cannot_touch_a_branch() -> None:
    branch = opened()
    with pytest.raises(errors_of_branch()):
        services.close_branch(actor=boss("C002"), branch=branch, until=TODAY)
    for wrong in (boss(role="staf_perusahaan"), boss(acr=1)):
        with pytest.raises(Refused):
            services.change_branch(actor=wrong, branch=branch, text=TEXT)
    assert queries.branches_of(boss("C002")) == ()


def errors_of_branch() -> type[Exception]:
    return company_errors.NoSuchBranch


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("nitku", {"nitku": "1"}),
        ("since", {"since": date(1200, 1, 1)}),
        ("name", {"text": BranchText("X", TEXT.address)}),
        ("address", {"text": BranchText(TEXT.name, "Jl")}),
        ("region", {"text": BranchText(TEXT.name, TEXT.address, "99.99")}),
    ],
)
def test_a_branch_with_a_wrong_field_is_not_kept(field: str, given: dict[str, object]) -> None:
    values = {"nitku": "000001", "since": TODAY, "text": TEXT, **given}
    with pytest.raises(FieldProblems) as error:
        services.open_branch(actor=boss(), **values)  # type: ignore[arg-type]
    assert list(error.value.fields) == [field]
    assert not CompanyBranch.objects.exists()


def paper(actor: Actor, **text: object) -> None:
    """A newer power of attorney."""
    owner = world.person("pemilik", kind="citizen")
    actor = Actor(**{name: getattr(actor, name) for name in ("grant", "grants", "acr", "state")},
                  person=owner.id, username=owner.username)  # fmt: skip
    services.add_paper(
        actor=actor,
        kind="letter",
        document=world.document(owner),
        text=PaperText(**text),  # type: ignore[arg-type]
    )


def test_a_newer_paper_replaces_the_older_which_stays_to_be_read() -> None:
    paper(boss(), number="12/2025", valid_until=TODAY + timedelta(days=3))
    paper(boss(), number="13/2026", valid_until=TODAY + timedelta(days=400))
    (present,) = queries.company_for(boss()).papers
    assert (present.number, present.standing) == ("13/2026", "")
    (past,) = queries.past_papers(boss())
    assert past.number == "12/2025"
    assert queries.past_papers(boss("C002")) == ()
    with pytest.raises(errors.NoSuchPaper):
        queries.open_past_paper(boss("C002"), past.id)


def test_a_paper_that_ends_is_marked_and_its_company_is_named_once_a_while() -> None:
    paper(boss(), valid_until=TODAY + timedelta(days=31))
    assert queries.papers_ending() == []
    with clock.frozen(NOON + timedelta(days=2)):
        assert queries.company_for(boss()).papers[0].standing == "ends"
        assert [code for code, _papers in queries.papers_ending()] == ["C001"]
        services.note_papers_reminded(actor=SYSTEM, company="C001")
        assert queries.papers_ending() == []
    with clock.frozen(NOON + timedelta(days=40)):
        assert queries.company_for(boss()).papers[0].standing == "ended"
        assert queries.papers_ending() == [("C001", [("letter", TODAY + timedelta(days=31))])]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("valid_until", {"valid_until": TODAY - timedelta(days=1)}),
        ("valid_until", {"valid_from": TODAY + timedelta(days=9), "valid_until": TODAY}),
        ("number", {"number": "\u202e12"}),
    ],
)
def test_a_paper_with_unusable_days_or_number_is_not_taken(
    field: str, text: dict[str, object]
) -> None:
    with pytest.raises(FieldProblems) as error:
        paper(boss(), **text)
    assert list(error.value.fields) == [field]
    assert not CompanyDocument.objects.exists()


def say(number: str, minutes: int, npwp: str = NPWP) -> bool:
    """OSS names a tax number, so many minutes after noon."""
    with clock.frozen(NOON + timedelta(minutes=minutes)):
        told = Answered("oss", f"REF-{minutes}", f"{minutes:064x}")
        return services.note_answer(
            actor=SYSTEM, company="C001", said={"name": number}, answer=told, number=npwp
        )


def test_answers_that_go_to_and_fro_are_one_history_of_which_nothing_is_lost() -> None:
    assert [say(name, at) for at, name in enumerate("AABBA")] == [False, False, True, False, True]
    history = queries.comparison(boss()).history
    assert [each.said["name"] for each in history] == ["A", "B", "A"]
    assert [each.times for each in history] == [1, 2, 2]
    # Each ends when the next begins: no minute is without an answer, and none has two.
    assert [each.ended_at for each in history[1:]] == [each.first_at for each in history[:-1]]
    assert LogEvent.objects.filter(name="organizations.answer.changed").count() == 2


def test_a_number_that_changes_behind_its_mask_is_another_answer() -> None:
    say("A", 0)
    assert say("A", 1, npwp="0012345674901999")
    assert CompanyAnswer.objects.count() == 2


def test_the_comparison_names_every_field_with_its_source_and_when_it_was_asked() -> None:
    page = queries.comparison(boss())
    assert {line.field for line in page.lines} == {*queries.COMPARED_FIELDS, "listed"}
    assert all(line.theirs is None and not line.differs for line in page.lines)
    say("PT C001", 0)
    lines = {line.field: line for line in queries.comparison(boss()).lines}
    assert (lines["name"].theirs, lines["name"].differs) == ("PT C001", False)
    assert lines["name"].asked_at == NOON
    with clock.frozen(NOON + timedelta(days=3)):
        asked = {each.authority: each for each in queries.comparison(boss()).asked}
    assert (asked["oss"].silent, asked["tax"].asked_at) == (True, None)


def test_a_company_has_its_authorities_asked_once_in_an_hour() -> None:
    services.take_turn(actor=boss())
    with pytest.raises(company_errors.AskedLately):
        services.take_turn(actor=boss())
    with clock.frozen(NOON + timedelta(minutes=61)):
        assert services.take_turn(actor=boss()) == "C001"
    with pytest.raises(Refused):
        services.take_turn(actor=boss(role="staf_perusahaan"))
