"""Companies: entered by the platform, founded by their owner, and how they stand on a day."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.organizations import errors, queries, services
from gapura.organizations.models import Company, CompanyApplication, CompanyStanding
from gapura.organizations.queries import CompanyFacts, Source
from tests.access import world

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("tests")
NIB = "0123456789012"
FACTS = CompanyFacts(
    name="PT Maju Bersama",
    form="pt",
    scale="small",
    taxable=True,
    kblis=("46599", "46900"),
    region="32.01",
    npwp="0012345678901234",
    sources=(Source("oss", "OSS-1", "2026-11-22T10:00:00+00:00", "ab" * 32),),
)
TODAY = date(2026, 11, 22)


def entered(code: str = "C001", **values: object) -> Company:
    """A company that the platform entered."""
    return services.register_company(actor=SYSTEM, code=code, name="PT Maju Bersama", **values)  # type: ignore[arg-type]


def owner(state: str = "verified") -> Actor:
    """Somebody whose question fitted."""
    actor = Actor(person=uuid7(), username="budi", state=state, acr=1)
    services.note_lookup(actor=actor, nib=NIB, outcome="ok", facts=FACTS)
    return actor


def with_papers(actor: Actor, *kinds: str) -> Actor:
    """The same with papers put to the question."""
    person = world.person("pemilik", kind="citizen")
    CompanyApplication.objects.filter(pk=actor.who).update(
        papers={kind: str(world.document(person)) for kind in kinds}
    )
    return actor


def test_a_code_is_given_when_none_is_named() -> None:
    first, second = (
        services.register_company(actor=SYSTEM, name="PT Satu", nib=nib)
        for nib in ("1" * 13, "2" * 13)
    )
    assert len(first.code) == 7
    assert int(second.code[1:]) == int(first.code[1:]) + 1


def test_everybody_sees_what_a_company_is() -> None:
    entered(nib=NIB, facts=FACTS)
    view = queries.company("C001")
    assert (view.nib, view.form, view.scale, view.taxable) == (NIB, "pt", "small", True)
    assert (view.kblis, view.standing) == (("46599", "46900"), "active")
    assert set(queries.companies_named({"C001", "C404"})) == {"C001"}


def test_the_tax_number_is_sealed_at_rest() -> None:
    entered(nib=NIB, facts=FACTS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT npwp FROM organizations_company")
        assert FACTS.npwp.encode() not in bytes(cursor.fetchone()[0])
    assert queries.numbers_of("C001") == (NIB, FACTS.npwp)


@pytest.mark.parametrize("nib", ["1", "x" * 13, "1" * 14, "\u0661" * 13])
def test_an_impossible_business_number_is_refused(nib: str) -> None:
    with pytest.raises(errors.CompanyMalformed):
        entered(nib=nib)


def test_a_business_number_is_registered_once() -> None:
    entered(nib=NIB)
    with pytest.raises(errors.CompanyThere) as caught:
        entered("C002", nib=NIB)
    assert caught.value.company == "C001"
    with pytest.raises(IntegrityError), transaction.atomic():
        Company.objects.create(code="C003", name="PT Lain", nib=NIB)


def test_only_the_platform_enters_a_company_without_asking() -> None:
    with pytest.raises(Refused):
        services.register_company(actor=owner(), name="PT Maju Bersama")


def test_the_owner_founds_the_company_with_its_papers() -> None:
    actor = with_papers(owner(), "akta", "letter")
    code = services.found_company(actor=actor, address="Jalan Merdeka 1, Bandung")
    row = Company.objects.get(pk=code)
    assert (row.nib, row.name, row.registered_by) == (NIB, FACTS.name, actor.person)
    assert set(row.papers.values_list("kind", flat=True)) == {"akta", "letter"}
    assert queries.application_of(actor) is None


def test_papers_and_address_are_demanded() -> None:
    with pytest.raises(FieldProblems) as caught:
        services.found_company(actor=owner(), address="x")
    assert set(caught.value.fields) == {"akta", "letter", "address"}


def test_an_old_answer_founds_nothing() -> None:
    actor = with_papers(owner(), "akta", "letter")
    with clock.frozen(clock.now() + timedelta(minutes=60)), pytest.raises(errors.NothingLookedUp):
        services.found_company(actor=actor, address="Jalan Merdeka 1, Bandung")


@pytest.mark.parametrize("outcome", sorted(set(queries.OUTCOMES) - {"ok"}))
def test_no_other_outcome_founds_a_company(outcome: str) -> None:
    actor = owner()
    services.note_lookup(actor=actor, nib=NIB, outcome=outcome, facts=FACTS)
    with pytest.raises(Refused):
        services.found_company(actor=actor, address="Jalan Merdeka 1, Bandung")


def test_nobody_founds_before_the_identity_is_certain() -> None:
    with pytest.raises(Refused):
        services.found_company(actor=owner("identity_pending"), address="Jalan Merdeka 1")


def test_nobody_founds_by_the_question_of_another() -> None:
    owner()
    with pytest.raises(errors.NothingLookedUp):
        services.found_company(
            actor=Actor(person=uuid7(), state="verified", acr=2), address="Jalan Merdeka 1"
        )


def test_a_foreign_file_is_no_paper() -> None:
    """Ids of others' files could be tried."""
    actor, stranger = owner(), world.person("lain", kind="citizen")
    with pytest.raises(errors.PaperMissing):
        services.keep_paper(actor=actor, kind="akta", document=world.document(stranger))
    with pytest.raises(errors.NoSuchPaper):
        services.keep_paper(actor=actor, kind="passwd", document=uuid7())


def test_what_nobody_went_on_with_is_forgotten() -> None:
    actor = owner()
    with clock.frozen(clock.now() + timedelta(days=29)):
        assert services.prune_applications(actor=SYSTEM) == 0
    with clock.frozen(clock.now() + timedelta(days=31)):
        with pytest.raises(Refused):
            services.prune_applications(actor=actor)
        assert services.prune_applications(actor=SYSTEM) == 1


def acting(role: str, company: str = "C001", person: UUID | None = None, acr: int = 2) -> Actor:
    """Somebody who acts for a company."""
    grant = ActiveGrant(uuid7(), role, company=company)
    return Actor(person=person or uuid7(), state="verified", acr=acr, grant=grant, grants=(grant,))


@pytest.mark.parametrize(
    ("role", "acr"), [("staf_perusahaan", 2), ("admin_perusahaan", 1), ("ppk", 2)]
)
def test_only_the_administrator_changes_papers(role: str, acr: int) -> None:
    entered()
    with pytest.raises(Refused):
        services.add_paper(actor=acting(role, acr=acr), kind="akta", document=uuid7())


def test_a_newer_paper_takes_the_place_of_the_older() -> None:
    entered()
    person = world.person("bos", kind="citizen")
    actor = acting("admin_perusahaan", person=person.id)
    for _ in range(2):
        services.add_paper(actor=actor, kind="akta", document=world.document(person))
    page = queries.company_for(actor)
    assert [paper.kind for paper in page.papers] == ["akta"]
    assert Company.objects.get().papers.count() == 2


def test_a_company_sees_only_itself() -> None:
    entered()
    entered("C002")
    assert queries.company_for(acting("staf_perusahaan", "C002")).company.code == "C002"
    for actor in (acting("ppk", ""), Actor(person=uuid7(), acr=2)):
        with pytest.raises(errors.NoSuchCompany):
            queries.company_for(actor)
        with pytest.raises(errors.NoSuchPaper):
            queries.open_paper(actor, "akta")


def blacklist(since: date, until: date | None = None, state: str = "blacklisted") -> None:
    """A record of the company."""
    services.record_standing(
        actor=SYSTEM, company="C001", state=state, since=since, until=until, basis="KEP-1/DH/2026"
    )


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (TODAY - timedelta(days=1), "active"),
        (TODAY, "blacklisted"),
        (TODAY + timedelta(days=9), "blacklisted"),
        (TODAY + timedelta(days=10), "active"),
    ],
)
def test_a_record_counts_from_its_first_to_its_last_day(day: date, standing: str) -> None:
    entered()
    blacklist(TODAY, TODAY + timedelta(days=9))
    assert queries.standing_of("C001", day) == standing
    assert queries.standings_of(["C001", "C002"], day) == {"C001": standing, "C002": "active"}


def test_the_gravest_record_counts() -> None:
    entered()
    for state in ("active", "revoked", "suspended"):
        blacklist(TODAY, state=state)
    assert queries.standing_of("C001", TODAY) == "revoked"


def test_the_same_is_not_recorded_twice_for_a_day() -> None:
    entered()
    blacklist(TODAY, TODAY + timedelta(days=9))
    with pytest.raises(errors.StandingOverlaps):
        blacklist(TODAY + timedelta(days=9))
    blacklist(TODAY + timedelta(days=10))


def test_what_is_lifted_still_counts_for_the_past() -> None:
    entered()
    today = clock.today()
    blacklist(today - timedelta(days=5))
    services.lift_standing(
        actor=SYSTEM, company="C001", state="blacklisted", basis="Putusan PTUN 12/G/2026"
    )
    assert queries.standing_of("C001", today) == "active"
    assert queries.standing_of("C001", today - timedelta(days=1)) == "blacklisted"
    with pytest.raises(errors.NoSuchStanding):
        services.lift_standing(
            actor=SYSTEM, company="C001", state="blacklisted", basis="Putusan PTUN 12/G/2026"
        )


@pytest.mark.parametrize("role", ["admin_perusahaan", "kurator", "helpdesk"])
def test_only_the_platform_records_how_a_company_stands(role: str) -> None:
    entered()
    with pytest.raises(Refused):
        services.record_standing(
            actor=acting(role), company="C001", state="active", since=TODAY, until=None, basis="KEP"
        )
    assert not CompanyStanding.objects.exists()
