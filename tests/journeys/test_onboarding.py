"""Onboarding of suppliers with the played authorities: every outcome, faults, the nightly look."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from gapura.access.models import Grant
from gapura.access.queries import active_grants
from gapura.accounts.models import Person
from gapura.journeys import onboarding
from gapura.journeys.activation import activate_grant
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.kernel.throttle import TooMany
from gapura.notifications.models import Mail
from gapura.organizations.errors import CompanyThere, NothingLookedUp
from gapura.organizations.models import Company
from gapura.organizations.queries import application_of
from gapura.organizations.services import register_company as enter_company
from gapura.outside.models import Check
from tests.access import world
from tests.authentication.world import Browser, person, with_app
from tests.documents.makers import letter, pdf
from tests.simulator import Authorities

pytestmark = pytest.mark.django_db
GOOD = "1234567211234"
ADDRESS = "Jalan Merdeka 1, Bandung Wetan"
SYSTEM = system_actor("standing")


@pytest.fixture(autouse=True)
def _up(db: None, authorities: Authorities) -> Iterator[None]:
    authorities.recovered()
    yield
    authorities.recovered()


def actor_of(found: Person, acr: int = 2) -> Actor:
    """The person as signed in now."""
    return world.actor(Person.objects.get(pk=found.pk), acr)


def files(*kinds: str) -> dict[str, tuple[str, bytes]]:
    """A good PDF for each kind."""
    return {kind: (f"{kind}.pdf", pdf(letter())) for kind in kinds}


def founded(found: Person, nib: str = GOOD) -> str:
    """That person's company."""
    assert onboarding.look_up(actor=actor_of(found), nib=nib).kind == "ok"
    return onboarding.register_company(
        actor=actor_of(found), address=ADDRESS, files=files("akta", "letter")
    )


@pytest.mark.parametrize(
    ("nib", "kind"),
    [
        (GOOD, "ok"),
        ("1234567210000", "not_valid"),
        ("1234567219999", "not_valid"),
        ("1234567217777", "owner_differs"),
        ("1234567218888", "blacklisted"),
        ("1234567216666", "tax_differs"),
        ("1234567216665", "tax_differs"),
        ("1234567216664", "tax_differs"),
        (" 1234.5672-11234 ", "ok"),
    ],
)
def test_each_number_has_its_outcome(nib: str, kind: str) -> None:
    actor = actor_of(person())
    found = onboarding.look_up(actor=actor, nib=nib)
    kept = application_of(actor)
    assert found.kind == kind
    assert kept is not None
    assert (kept.outcome, kept.facts) == (kind, found.facts)


@pytest.mark.parametrize("nib", ["", "1", "x" * 13, "1" * 14, "\u0661" * 13, "1" * 5000])
def test_an_impossible_number_asks_nobody(nib: str) -> None:
    with pytest.raises(FieldProblems):
        onboarding.look_up(actor=actor_of(person()), nib=nib)
    assert not Check.objects.exists()


def test_a_strangers_company_tells_the_curious_nothing() -> None:
    """Trying numbers: name, tax number and size are for the owner only."""
    found = onboarding.look_up(actor=actor_of(person()), nib="1234567217777")
    assert (found.facts.name, found.facts.npwp, found.facts.kblis) == ("", "", ())


def test_trying_many_numbers_is_stopped() -> None:
    actor = actor_of(person())
    for number in range(10):
        onboarding.look_up(actor=actor, nib=f"123456721{number:04d}")
    with pytest.raises(TooMany):
        onboarding.look_up(actor=actor, nib=GOOD)


def test_a_registered_company_is_joined_instead() -> None:
    enter_company(actor=SYSTEM, code="C0001", name="PT Ada", nib=GOOD)
    found = onboarding.look_up(actor=actor_of(person()), nib=GOOD)
    assert (found.kind, found.facts.detail["company"]) == ("already_registered", "C0001")
    assert not Check.objects.exists()


@pytest.mark.parametrize("authority", ["oss", "tax", "blacklist"])
@pytest.mark.parametrize("mode", ["down", "wrong"])
def test_an_authority_that_fails_decides_nothing(
    authorities: Authorities, authority: str, mode: str
) -> None:
    authorities.mode(authority, mode)
    actor = actor_of(person())
    found = onboarding.look_up(actor=actor, nib=GOOD)
    assert found.kind == "unavailable"
    assert found.facts.detail["authority"] == authority
    assert found.facts.detail["minutes"] >= 1
    with pytest.raises(Refused):
        onboarding.register_company(actor=actor, address=ADDRESS)
    authorities.recovered()
    assert onboarding.look_up(actor=actor, nib=GOOD).kind == "ok"


def test_the_owner_registers_and_works_after_the_second_factor() -> None:
    owner = person()
    code = founded(owner)
    grant = Grant.objects.get(person=owner)
    assert (grant.role, grant.company_id, grant.state) == ("admin_perusahaan", code, "approved")
    assert active_grants(owner.id, clock.now()) == ()
    browser = Browser().sign_in(owner, with_app(owner))
    activate_grant(actor=browser.actor, grant_id=grant.id)
    assert [one.company for one in active_grants(owner.id, clock.now())] == [code]
    mail = Mail.objects.filter(template="access/mail/company_founded.txt").get()
    assert f"/company/activate/{grant.id}" in (mail.body or "")


def test_an_email_code_activates_no_company() -> None:
    owner = person()
    founded(owner)
    with pytest.raises(Refused) as caught:
        activate_grant(actor=actor_of(owner, 1), grant_id=Grant.objects.get(person=owner).id)
    assert caught.value.verdict.only_needs_strength


def test_two_owners_at_once_make_one_company() -> None:
    first, second = person(), person()
    for one in (first, second):
        onboarding.look_up(actor=actor_of(one), nib=GOOD)
    onboarding.register_company(
        actor=actor_of(first), address=ADDRESS, files=files("akta", "letter")
    )
    with pytest.raises(CompanyThere):
        onboarding.register_company(
            actor=actor_of(second), address=ADDRESS, files=files("akta", "letter")
        )
    assert Company.objects.count() == Grant.objects.count() == 1


def test_what_is_no_paper_is_told_and_the_good_ones_are_kept() -> None:
    owner = person()
    onboarding.look_up(actor=actor_of(owner), nib=GOOD)
    bad = {**files("akta"), "letter": ("surat.pdf", b"<svg onload=alert(1)>")}
    with pytest.raises(FieldProblems) as caught:
        onboarding.register_company(actor=actor_of(owner), address=ADDRESS, files=bad)
    assert set(caught.value.fields) == {"letter"}
    kept = application_of(actor_of(owner))
    assert kept is not None
    assert set(kept.papers) == {"akta"}
    assert kept.address == ADDRESS


def test_an_answer_of_yesterday_registers_nothing() -> None:
    owner = person()
    onboarding.look_up(actor=actor_of(owner), nib=GOOD)
    with clock.frozen(clock.now() + timedelta(hours=1)), pytest.raises(NothingLookedUp):
        onboarding.register_company(
            actor=actor_of(owner), address=ADDRESS, files=files("akta", "letter")
        )


@pytest.mark.parametrize("state", ["contact_verified", "identity_pending"])
def test_the_civil_registry_proves_a_citizens_identity(state: str) -> None:
    owner = person(state=state)
    assert onboarding.look_up(actor=actor_of(owner), nib=GOOD).kind == "ok"
    assert Person.objects.get(pk=owner.pk).state == "verified"


def test_who_has_to_be_verified_anew_is_not_let_in_by_the_registry_alone() -> None:
    """Account takeover: after a suspension the registry would vouch for whoever types now."""
    owner = person(state="needs_reverification")
    assert onboarding.look_up(actor=actor_of(owner), nib=GOOD).kind == "identity_open"
    assert Person.objects.get(pk=owner.pk).state == "needs_reverification"


def test_nobody_goes_on_while_the_registry_is_silent(authorities: Authorities) -> None:
    authorities.mode("registry", "down")
    owner = person(state="contact_verified")
    assert onboarding.look_up(actor=actor_of(owner), nib=GOOD).kind == "identity_open"
    assert Person.objects.get(pk=owner.pk).state == "contact_verified"


def test_nobody_goes_on_whom_the_registry_does_not_know() -> None:
    """A made-up NIK that would fit somebody else's business number."""
    owner = person(state="contact_verified", nik="3171010101910000")
    assert onboarding.look_up(actor=actor_of(owner), nib=GOOD).kind == "identity_open"


def test_an_officer_is_left_to_the_agencys_verifier() -> None:
    owner = person(state="contact_verified", kind="pns", agency="T1")
    assert onboarding.look_up(actor=actor_of(owner), nib=GOOD).kind == "identity_open"
    assert Person.objects.get(pk=owner.pk).state == "contact_verified"


def test_an_invited_citizen_is_proven_on_the_way() -> None:
    owner, guest = person(), person(state="contact_verified")
    founded(owner)
    browser = Browser().sign_in(owner, with_app(owner))
    done = activate_grant(actor=browser.actor, grant_id=Grant.objects.get(person=owner).id)
    assert done is not None
    browser.keep(done)
    onboarding.invite_staff(actor=browser.actor, email=guest.email, role="staf_perusahaan")
    body = Mail.objects.filter(template="access/mail/invited.txt").get().body or ""
    token = body.split("/company/invitations/")[1].split()[0]
    onboarding.accept_invitation(actor=actor_of(guest), token=token)
    assert Person.objects.get(pk=guest.pk).state == "verified"
