"""Somebody leaves an agency: all ends at once, the work goes on, and nothing is done twice."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import services as access
from gapura.access.errors import LeavingChanged, NoSuchHolder
from gapura.access.models import AccessRequest, Grant
from gapura.access.queries import active_grants
from gapura.accounts.models import IdentityCase, Person
from gapura.audit.models import LogEvent
from gapura.catalog.models import Product
from gapura.journeys.offboarding import Picture, look, offboard
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.notifications.models import Notice
from gapura.organizations.models import AppointmentLetter, Unit
from gapura.purchasing.models import Order
from tests.access import world
from tests.catalog.goods import acting as present
from tests.purchasing import shop as market
from tests.purchasing.shop import Shop
from tests.web.people import holder

pytestmark = pytest.mark.django_db
WHY = "Pindah tugas ke instansi lain per hari ini."


@pytest.fixture
def shop(db: None) -> Shop:
    """A unit that buys, a company that sells."""
    market.places()
    return market.opened()


@pytest.fixture
def verifier(shop: Shop) -> Actor:
    """The verifier of the shop's agency."""
    return present("verifikator")


def leave(actor: Actor, who: str, **more: Any) -> Any:
    """Look, then confirm what was seen."""
    seen = look(actor=actor, username=who).version
    return offboard(actor=actor, username=who, **{"reason": WHY, "seen": seen, **more})


def named(picture: Picture, role: str) -> Any:
    return next(heir for heir in picture.heirs if heir.role == role)


def works(person: UUID | None) -> list[str]:
    assert person is not None
    return [grant.role for grant in active_grants(person, clock.now())]


def notices(person: UUID | None) -> int:
    assert person is not None
    return Notice.objects.filter(person=person).count()


def test_everything_is_shown_before_it_ends(shop: Shop, verifier: Actor) -> None:
    order = shop.until("sign")
    found = look(actor=verifier, username=shop.ppk.username)
    assert [grant.role for grant in found.left.grants] == ["ppk"]
    assert [(one.id, one.only_signer, one.role) for one in found.orders] == [(order, True, "ppk")]
    assert LogEvent.objects.filter(name="access.holder.shown").count() == 1
    assert works(shop.ppk.person) == ["ppk"]


def test_an_order_only_the_leaving_ppk_could_sign_is_signed_by_the_next(
    shop: Shop, verifier: Actor
) -> None:
    order = shop.until("sign")
    before = market.row(order)
    pieces = list(Product.objects.values_list("stock_reserved", flat=True))
    next_ppk = market.acting("ppk")
    done = leave(verifier, shop.ppk.username)
    assert (done.grants, done.vacant) == (1, ())
    after = market.row(order)
    assert (after.state, after.ppk_id, after.approved_at) == ("waiting_ppk_review", None, None)
    assert (after.reference, after.due_at is not None) == (before.reference, True)
    assert list(Product.objects.values_list("stock_reserved", flat=True)) == pieces
    shop.ppk = next_ppk
    shop.approve(order)
    shop.sign(order)
    assert market.row(order).state == "waiting_seller_confirmation"
    assert market.row(order).reference == before.reference


def test_the_person_the_head_and_those_who_go_on_are_told(shop: Shop, verifier: Actor) -> None:
    shop.until("accept")
    shop.until("approve")
    shop.until("sign")
    head, colleague = holder("kepala_unit"), present("ppk")
    told = notices(shop.ppk.person)
    leave(verifier, shop.ppk.username)
    assert works(shop.ppk.person) == []
    assert notices(shop.ppk.person) > told
    assert Notice.objects.filter(person=head.id).count() == 1
    assert Notice.objects.filter(person=colleague.who, link="/orders").count() == 1


def test_where_nobody_is_left_the_page_says_what_waits_for_whom(
    shop: Shop, verifier: Actor
) -> None:
    waiting, running = shop.until("approve"), shop.until("hand_over")
    found = look(actor=verifier, username=shop.ppk.username)
    heir = named(found, "ppk")
    assert heir.people == frozenset()
    assert {order.id for order in heir.orders} == {waiting, running}
    done = leave(verifier, shop.ppk.username)
    assert [(one.role, len(one.orders)) for one in done.vacant] == [("ppk", 2)]


def test_a_ppk_who_sent_the_order_as_pp_is_no_heir_of_it(shop: Shop, verifier: Actor) -> None:
    """Separation of duties: the page does not promise what the law forbids."""
    shop.until("sign")
    access.issue_grant(
        actor=system_actor("tests"), person_id=shop.pp.who, role="ppk", agency="T1", unit="T1.1"
    )
    assert named(look(actor=verifier, username=shop.ppk.username), "ppk").people == frozenset()


def test_a_treasurer_leaves_with_what_is_to_be_paid(shop: Shop, verifier: Actor) -> None:
    order = shop.until("pay")
    heir = named(look(actor=verifier, username=shop.treasurer.username), "bendahara")
    assert [one.id for one in heir.orders] == [order]


def test_sent_twice_it_is_done_once(shop: Shop, verifier: Actor) -> None:
    seen = look(actor=verifier, username=shop.ppk.username).version
    args = {"actor": verifier, "username": shop.ppk.username, "reason": WHY, "seen": seen}
    offboard(**args)  # type: ignore[arg-type]
    with pytest.raises(LeavingChanged):
        offboard(**args)  # type: ignore[arg-type]
    assert LogEvent.objects.filter(name="journeys.offboarding.done").count() == 1
    assert LogEvent.objects.filter(name="access.grant.revoked").count() == 1
    assert look(actor=verifier, username=shop.ppk.username).is_empty


def test_what_changed_since_it_was_seen_is_not_ended(shop: Shop, verifier: Actor) -> None:
    """Confirmed is what was read: an order that came in between is looked at first."""
    order = shop.until("approve")
    seen = look(actor=verifier, username=shop.ppk.username).version
    shop.approve(order)
    with pytest.raises(LeavingChanged):
        leave(verifier, shop.ppk.username, seen=seen)
    assert works(shop.ppk.person) == ["ppk"]
    assert market.row(order).state == "esign_in_progress"


@pytest.mark.parametrize("reason", ["", "pendek", "x" * 301, "Pindah\u202eke tempat lain"])
def test_a_reason_is_needed(shop: Shop, verifier: Actor, reason: str) -> None:
    with pytest.raises(FieldProblems):
        leave(verifier, shop.ppk.username, reason=reason)
    assert works(shop.ppk.person) == ["ppk"]


@pytest.mark.parametrize("role", ["verifikator", "admin_instansi", "admin_platform"])
def test_who_may(shop: Shop, role: str) -> None:
    leave(present(role), shop.ppk.username)
    assert works(shop.ppk.person) == []


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("ppk", ""), ("pp", ""), ("kpa", ""), ("bendahara", ""), ("apip", ""), ("helpdesk", ""),
        ("kurator", ""), ("admin_perusahaan", "PT1"), ("verifikator", "T2"),
        ("admin_instansi", "T2"), ("apip", "T2"),
    ],
)  # fmt: skip
def test_who_may_not(shop: Shop, role: str, place: str) -> None:
    with pytest.raises((NoSuchHolder, Refused)):
        leave(present(role, place), shop.ppk.username)
    assert works(shop.ppk.person) == ["ppk"]


def test_nobody_offboards_themselves_or_with_a_weak_sign_in(shop: Shop, verifier: Actor) -> None:
    with pytest.raises(Refused):
        leave(verifier, verifier.username)
    weak = present("admin_instansi")
    with pytest.raises(Refused) as caught:
        look(actor=Actor(**{**_fields(weak), "acr": 1}), username=shop.ppk.username)
    assert caught.value.verdict.only_needs_strength


def _fields(actor: Actor) -> dict[str, Any]:
    return {name: getattr(actor, name) for name in Actor.__slots__}


def test_a_verifier_of_a_part_does_not_end_what_lies_outside(shop: Shop) -> None:
    """Bounded by the subtree: somebody with a second office elsewhere is the agency's to end."""
    Unit.objects.filter(pk="T1.1").update(path="T1.1/")
    Unit.objects.filter(pk="T1.2").update(path="T1.2/")
    part = holder("verifikator")
    Grant.objects.filter(person=part).update(unit_id="T1.1")
    bounded = world.actor(part)
    look(actor=bounded, username=shop.ppk.username)
    access.issue_grant(
        actor=system_actor("tests"), person_id=shop.ppk.who, role="ppk", agency="T1", unit="T1.2"
    )
    with pytest.raises(Refused):
        look(actor=bounded, username=shop.ppk.username)


def test_what_is_held_at_another_agency_stays(shop: Shop, verifier: Actor) -> None:
    access.issue_grant(
        actor=system_actor("tests"), person_id=shop.pp.who, role="pp", agency="T2", unit="T2.1"
    )
    leave(verifier, shop.pp.username)
    assert [g.agency for g in active_grants(shop.pp.who, clock.now())] == ["T2"]
    admin = present("admin_platform")
    assert look(actor=admin, username=shop.pp.username).agencies == ("T1", "T2")
    offboard(
        actor=admin, username=shop.pp.username, agency="T2", reason=WHY,
        seen=look(actor=admin, username=shop.pp.username, agency="T2").version,
    )  # fmt: skip
    assert works(shop.pp.person) == []


def test_a_verifiers_claims_delegations_requests_and_letters(places: None) -> None:
    """What a verifier had in hand goes back to the queues; what rests on them ends."""
    going, staying = world.verifier(), world.verifier()
    Grant.objects.filter(person=going).update(delegable=True)
    applicant, deputy = world.person("applicant"), world.person("deputy")
    taken = world.claimed(applicant, going)
    own = world.submitted(going, "kpa", "T1.2")
    given = access.delegate(
        actor=world.actor(going),
        username=deputy.username,
        first=clock.today(),
        last=clock.today() + timedelta(days=3),
    )
    case = _claimed_case(going)
    letter = _entered_letter(going)
    with pytest.raises(Refused):
        look(actor=world.actor(staying), username=going.username)
    by = world.actor(world.platform_admin())
    found = look(actor=by, username=going.username, agency="T1")
    assert [one.id for one in found.left.claims] == [taken]
    assert [one.id for one in found.left.requests] == [own]
    assert [one.id for one in found.left.given] == [given]
    assert [one.id for one in found.cases] == [case.id]
    assert [one.id for one in found.letters] == [letter.id]
    leave(by, going.username)
    free = AccessRequest.objects.get(pk=taken)
    assert (free.state, free.claimed_by_id) == ("submitted", None)
    mine = AccessRequest.objects.get(pk=own)
    assert (mine.state, mine.reason) == ("withdrawn", WHY)
    assert Grant.objects.get(pk=given).state == "revoked"
    case.refresh_from_db()
    assert (case.state, case.claimed_by_id) == ("waiting", None)
    assert notices(deputy.id) == 2
    assert works(going.id) == []
    told = LogEvent.objects.filter(name__in=("access.request.released", "access.request.withdrawn"))
    assert set(told.values_list("actor_person", flat=True)) == {None}


def test_a_draft_stays_its_authors(places: None) -> None:
    leaver = world.holder("leaver", "ppk", "T1", "T1.1")
    draft = world.draft(leaver, "kpa", unit="T1.2")
    leave(world.actor(world.verifier()), leaver.username)
    assert AccessRequest.objects.get(pk=draft).state == "draft"


def _claimed_case(checker: Person) -> IdentityCase:
    now = clock.now()
    return IdentityCase.objects.create(
        person=world.person("shown", state="identity_pending"),
        kind="certificate",
        document_id=world.document(checker),
        sha256="0" * 64,
        level="agency",
        agency="T1",
        state="claimed",
        claimed_by=checker,
        claimed_at=now,
        sent_at=now,
        due_at=now + timedelta(days=3),
    )


def _entered_letter(author: Person) -> AppointmentLetter:
    return AppointmentLetter.objects.create(
        reference="SK-2026-990001",
        number="900/1/SK/2026",
        signed_on=clock.today(),
        signer_name="Ibu Kepala",
        signer_position="Kepala",
        agency_id="T1",
        valid=DateRange(clock.today(), clock.today() + timedelta(days=90)),
        document_id=world.document(author),
        state="entered",
        created_by=author.id,
        created_at=clock.now(),
    )


@pytest.fixture
def places(db: None) -> None:
    """Two agencies with their units."""
    world.places()


def test_orders_that_end_are_not_counted(shop: Shop, verifier: Actor) -> None:
    shop.order(*market.WALK)
    assert look(actor=verifier, username=shop.ppk.username).orders == ()
    assert Order.objects.get().state == "completed"


def test_an_agency_does_not_end_what_only_the_platform_gives(db: None) -> None:
    """Coup: one verifier or administrator of an agency takes the office of another."""
    world.places()
    by = world.actor(world.verifier())
    colleague, head = world.verifier(), world.holder("head", "admin_instansi", "T1")
    for person in (colleague, head):
        with pytest.raises(Refused):
            look(actor=by, username=person.username)
        look(actor=world.actor(world.platform_admin()), username=person.username, agency="T1")
