"""Accounts that may be one human: found by keyed lookups, decided by people, never alone."""

from datetime import timedelta
from uuid import UUID

import pytest

from gapura.accounts.errors import DuplicateDecided, NoSuchDuplicate, ReasonTooShort
from gapura.accounts.models import Duplicate, Person
from gapura.accounts.queries import duplicate_for, duplicates_for, own_duplicate
from gapura.accounts.rules.duplicates import alike, judge, plain_name
from gapura.accounts.services import (
    announce_duplicate,
    answer_duplicate,
    ask_duplicate,
    close_duplicate,
    differ_duplicate,
    find_duplicates,
    object_duplicate,
    uphold_duplicate,
)
from gapura.accounts.services.erasing import erase_person
from gapura.audit.models import LogEvent, PersonalPart
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Mail
from tests.accounts.people import SYSTEM, confirmed, nik

pytestmark = pytest.mark.django_db
REASON = "Nomor dan nama sama, satu orang."
SCORES = {"same_nik": 100, "same_nip": 80, "same_name_birth": 60, "same_phone": 30,
          "similar_name": 25}  # fmt: skip


def _desk(role: str = "admin_platform") -> Actor:
    grant = ActiveGrant(id=uuid7(), role=role)
    found = confirmed()
    return Actor(
        person=found.id, username=found.username, acr=2, grant=grant, grants=(grant,), name="A"
    )


def _own(person: Person) -> Actor:
    return Actor(person=person.id, username=person.username, acr=1)


def _phone(person: Person, number: str = "+6281234567890") -> None:
    Person.objects.filter(pk=person.pk).update(phone=number, phone_verified_at=clock.now())


def _pair() -> tuple[Duplicate, Person, Person]:
    number = nik()
    one, other = confirmed(nik=number, name="Budi Hartono"), confirmed(nik=number, name="Wati Sari")
    find_duplicates(actor=SYSTEM)
    return Duplicate.objects.get(), one, other


def _announced() -> tuple[Duplicate, Person, Person, Actor]:
    row, one, other = _pair()
    actor = _desk("helpdesk")
    announce_duplicate(actor=actor, duplicate_id=row.id, closing=other.id, reason=REASON)
    return row, one, other, actor


def _state(row: Duplicate) -> str:
    return Duplicate.objects.get(pk=row.pk).state


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Dr. Budi Santoso, M.M.", "budi santoso"),
        ("SANTOSO  Budi", "budi santoso"),
        ("Hj. Siti Aminah, S.E.", "aminah siti"),
        ("", ""),
    ],
)
def test_titles_and_order_do_not_make_another_name(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_names_that_differ_by_a_letter_are_alike_and_others_are_not() -> None:
    assert alike("Muhammad Rizky", "Muhamad Rizki")
    assert not alike("Budi Santoso", "Wati Sari")
    assert not alike("", "")


@pytest.mark.parametrize(
    ("shared", "names", "score"),
    [
        ({"same_phone"}, ("Budi", "Wati"), 30),
        ({"same_phone"}, ("Budi Santoso", "Budi Santosa"), 55),
        ({"same_name_birth"}, ("Budi", "Budi"), 60),
        ({"same_nik"}, ("Budi", "Wati"), 100),
    ],
)
def test_the_score_is_the_sum_of_what_speaks_for_it(
    shared: set[str], names: tuple[str, str], score: int
) -> None:
    assert judge(shared, *names, SCORES)[0] == score


def test_the_same_nik_is_found_once_however_often_one_looks() -> None:
    row, one, other = _pair()
    assert {row.first_id, row.second_id} == {one.id, other.id}
    assert (row.evidence, row.score) == (["same_nik"], 100)
    assert find_duplicates(actor=SYSTEM) == 0


def test_the_same_name_and_birth_date_are_found_across_spellings() -> None:
    confirmed(nik=nik(), name="Dr. Budi Hartono")
    confirmed(nik=nik(), name="Hartono Budi, M.M.")
    assert find_duplicates(actor=SYSTEM) == 1
    assert Duplicate.objects.get().evidence == ["same_name_birth"]


def test_a_couple_with_one_telephone_is_no_pair() -> None:
    for name in ("Budi Hartono", "Wati Sari"):
        _phone(confirmed(name=name))
    assert find_duplicates(actor=SYSTEM) == 0


def test_one_telephone_and_a_similar_name_are_a_pair() -> None:
    _phone(confirmed(name="Muhammad Rizky", nik=nik(serial=4001)))
    other = confirmed(name="Muhamad Rizki", nik=nik(region="3171", serial=4002))
    _phone(other)
    assert find_duplicates(actor=SYSTEM) == 1
    assert Duplicate.objects.get().evidence == ["same_phone", "similar_name"]


def test_the_telephone_of_an_office_is_no_evidence() -> None:
    for _ in range(9):
        _phone(confirmed(name="Budi Hartono"))
    find_duplicates(actor=SYSTEM)
    assert not [row for row in Duplicate.objects.all() if "same_phone" in row.evidence]


def test_an_account_that_was_closed_otherwise_leaves_nothing_to_decide() -> None:
    row, one, _ = _pair()
    Person.objects.filter(pk=one.pk).update(state="closed")
    find_duplicates(actor=SYSTEM)
    assert _state(row) == "gone"


def test_two_people_are_told_apart_and_not_shown_again() -> None:
    row, _, _ = _pair()
    actor = _desk("helpdesk")
    assert [one.id for one in duplicates_for(actor)] == [row.id]
    differ_duplicate(actor=actor, duplicate_id=row.id, reason=REASON)
    find_duplicates(actor=SYSTEM)
    assert (_state(row), duplicates_for(actor)) == ("different", [])
    assert not Mail.objects.filter(template__contains="duplicate").exists()


def test_both_are_asked_and_each_answers_for_itself() -> None:
    row, one, other = _pair()
    with pytest.raises(NoSuchDuplicate):
        own_duplicate(_own(one), row.id)
    ask_duplicate(actor=_desk("helpdesk"), duplicate_id=row.id)
    answer_duplicate(actor=_own(one), duplicate_id=row.id, answer="mine")
    answer_duplicate(actor=_own(other), duplicate_id=row.id, answer="not_mine")
    says = {h.id: h.says for h in duplicate_for(_desk(), row.id).halves}
    assert says == {one.id: "mine", other.id: "not_mine"}
    assert Mail.objects.filter(template__endswith="duplicate_asked.txt").count() == 2


def test_neither_learns_the_username_of_the_other() -> None:
    """Attack: register with somebody's NIK to learn who has an account with it."""
    row, one, other, _ = _announced()
    assert own_duplicate(_own(one), row.id).other == f"{other.username[:2]}•••"
    bodies = Mail.objects.filter(person=one.id, template__endswith="duplicate_announced.txt")
    assert other.username not in (bodies.get().body or "")


def test_announcing_tells_both_with_the_time_to_object_and_closes_nothing() -> None:
    row, one, other, _ = _announced()
    mails = Mail.objects.filter(template__endswith="duplicate_announced.txt")
    assert {mail.person for mail in mails} == {one.id, other.id}
    assert all("/help/contact" in (mail.body or "") for mail in mails)
    with clock.frozen(clock.now() + timedelta(days=30)):
        find_duplicates(actor=SYSTEM)
    assert _state(row) == "announced"
    assert not Person.objects.filter(state="closed").exists()


@pytest.mark.parametrize(("minutes", "closes"), [(71 * 60 + 59, False), (72 * 60 + 1, True)])
def test_nothing_is_closed_before_the_72_hours_are_over(minutes: int, closes: bool) -> None:
    row, one, other, _ = _announced()
    closer = _desk()
    with clock.frozen(clock.now() + timedelta(minutes=minutes)):
        if closes:
            close_duplicate(actor=closer, duplicate_id=row.id)
        else:
            with pytest.raises(Refused, match="time_to_object_is_over"):
                close_duplicate(actor=closer, duplicate_id=row.id)
    states = dict(Person.objects.filter(pk__in=[one.pk, other.pk]).values_list("pk", "state"))
    assert states == {
        one.pk: "contact_verified",
        other.pk: "closed" if closes else "contact_verified",
    }


def test_whoever_announced_does_not_close() -> None:
    row, _, other = _pair()
    actor = _desk()
    announce_duplicate(actor=actor, duplicate_id=row.id, closing=other.id, reason=REASON)
    with (
        clock.frozen(clock.now() + timedelta(hours=80)),
        pytest.raises(Refused, match="did_not_announce"),
    ):
        close_duplicate(actor=actor, duplicate_id=row.id)


def test_an_objection_stops_the_closing_and_somebody_else_decides_on_it() -> None:
    row, one, _, first = _announced()
    object_duplicate(actor=_own(one), duplicate_id=row.id, objection="Itu akun istri saya.")
    closer = _desk()
    with clock.frozen(clock.now() + timedelta(hours=80)):
        with pytest.raises(DuplicateDecided):
            close_duplicate(actor=closer, duplicate_id=row.id)
        with pytest.raises(Refused):
            uphold_duplicate(actor=first, duplicate_id=row.id, reason=REASON)
        until = uphold_duplicate(actor=closer, duplicate_id=row.id, reason=REASON)
        assert until == clock.now() + timedelta(hours=72)
        with pytest.raises(Refused):
            close_duplicate(actor=closer, duplicate_id=row.id)
    assert _state(row) == "upheld"


def test_an_objection_may_lead_to_two_people() -> None:
    row, one, _, _ = _announced()
    object_duplicate(actor=_own(one), duplicate_id=row.id, objection="Itu akun istri saya.")
    differ_duplicate(actor=_desk(), duplicate_id=row.id, reason=REASON)
    assert _state(row) == "different"
    assert Mail.objects.filter(template__endswith="duplicate_different.txt").count() == 2


def test_of_objecting_twice_the_second_is_told_so() -> None:
    row, one, other, _ = _announced()
    object_duplicate(actor=_own(one), duplicate_id=row.id, objection="Itu akun istri saya.")
    with pytest.raises(DuplicateDecided):
        object_duplicate(actor=_own(other), duplicate_id=row.id, objection="Itu akun suami saya.")


@pytest.mark.parametrize("role", ["verifikator", "admin_instansi", "apip", "kurator"])
def test_who_looks_after_an_agency_does_not_see_pairs_of_the_platform(role: str) -> None:
    row, _, _ = _pair()
    with pytest.raises(NoSuchDuplicate):
        duplicate_for(_desk(role), row.id)


def test_nobody_decides_on_a_pair_with_the_own_account() -> None:
    row, one, _ = _pair()
    grant = ActiveGrant(id=uuid7(), role="admin_platform")
    actor = Actor(person=one.id, username=one.username, acr=2, grant=grant, grants=(grant,))
    with pytest.raises(NoSuchDuplicate):
        differ_duplicate(actor=actor, duplicate_id=row.id, reason=REASON)


def test_a_stranger_cannot_object_nor_look() -> None:
    row, _, _, _ = _announced()
    stranger = _own(confirmed())
    with pytest.raises(NoSuchDuplicate):
        own_duplicate(stranger, row.id)
    with pytest.raises(NoSuchDuplicate):
        object_duplicate(actor=stranger, duplicate_id=row.id, objection="Saya keberatan sekali.")


def test_a_third_account_cannot_be_closed_by_it() -> None:
    """Attack: name another account in the form."""
    row, _, _ = _pair()
    with pytest.raises(NoSuchDuplicate):
        announce_duplicate(actor=_desk(), duplicate_id=row.id, closing=UUID(int=7), reason=REASON)


def test_a_reason_is_needed() -> None:
    row, _, _ = _pair()
    with pytest.raises(ReasonTooShort):
        differ_duplicate(actor=_desk(), duplicate_id=row.id, reason="ya")


def test_what_was_written_about_a_pair_goes_when_one_of_them_is_erased() -> None:
    row, one, other, _ = _announced()
    object_duplicate(actor=_own(one), duplicate_id=row.id, objection="Itu akun istri saya.")
    named = ["accounts.duplicate.announced", "accounts.duplicate.objected"]
    events = LogEvent.objects.filter(name__in=named).values("id")
    said = PersonalPart.objects.filter(part="subject", event_id__in=events)
    assert set(said.values_list("person", flat=True)) == {one.id, other.id}
    Person.objects.filter(pk=other.pk).update(state="closed")
    erase_person(other.id, clock.today())
    row.refresh_from_db()
    assert (row.reason, row.objection, row.upheld_reason) == ("", "", "")
