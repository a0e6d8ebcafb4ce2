"""Officers named in letters of the register: each verb as who may, and as everybody who may not."""

from datetime import timedelta
from uuid import uuid4

import pytest

from gapura.access import services
from gapura.access.errors import (
    BadOfficer,
    LetterNotOpen,
    NobodyNamed,
    NoSuchAppointment,
    TooLateToDecline,
)
from gapura.access.models import Appointment, Grant
from gapura.access.queries import (
    OfficerFilters,
    active_grants,
    officers_of,
    own_appointment,
    resting_on,
)
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.notifications.models import Mail, Notice
from gapura.organizations.errors import NoSuchLetter, ReasonMissing
from gapura.organizations.models import AppointmentLetter, Unit
from tests.access import world
from tests.access.registered import check, enter, granted, name, nik_of

pytestmark = pytest.mark.usefixtures("places")
REASON = "Surat keputusan dicabut oleh kepala dinas"


@pytest.fixture
def keeper(places: None) -> Person:
    """The administrator of agency T1, who keeps its letters but checks none."""
    return world.holder("keeper", "admin_instansi", "T1")


@pytest.fixture
def officer(places: None) -> Person:
    """A civil servant with a verified account and no role."""
    return world.person("officer")


def events(name: str) -> int:
    """How many entries of a kind the log holds."""
    return LogEvent.objects.filter(name=name).count()


def test_a_checked_letter_gives_its_officer_a_grant_to_activate(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    letter = enter(keeper)
    appointment = name(keeper, letter, officer)
    assert not Grant.objects.filter(person=officer).exists()
    check(verifier, letter)
    grant = granted(appointment)
    assert (grant.state, grant.person_id, grant.approved_by_id) == (
        "approved",
        officer.id,
        verifier.id,
    )
    assert (grant.letter_id, grant.unit_id, grant.agency_id) == (letter, "T1.1", "T1")
    assert active_grants(officer.id, clock.now()) == ()
    services.activate_grant(actor=world.actor(officer), grant_id=grant.id)
    assert [one.role for one in active_grants(officer.id, clock.now())] == ["ppk"]
    assert events("access.appointment.granted") == events("access.appointment.named") == 1


def test_the_officer_is_told_once_by_mail_and_behind_the_bell(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    letter = enter(keeper)
    appointment = name(keeper, letter, officer)
    check(verifier, letter)
    assert services.tell_officers(letter_id=letter) == 1
    assert services.tell_officers(letter_id=letter) == 0
    (notice,) = Notice.objects.filter(person=officer.id)
    assert notice.link == f"/letters/appointments/{appointment}"
    assert Mail.objects.filter(person=officer.id).count() == 1


def test_who_has_no_account_is_invited_and_gets_the_grant_once_verified(
    keeper: Person, verifier: Person
) -> None:
    letter, nik = enter(keeper), nik_of(1)
    appointment = name(keeper, letter, nik, name="Budi Baru", email="budi@contoh.go.id")
    check(verifier, letter)
    assert services.tell_officers(letter_id=letter) == 1
    mail = Mail.objects.get(template="access/mail/appointment_invited.txt")
    assert (mail.person, mail.address) == (None, "budi@contoh.go.id")
    came = world.person("budi", state="contact_verified")
    Person.objects.filter(pk=came.pk).update(
        name="Budi Baru", nik_lookup=Appointment.objects.get().nik_lookup
    )
    system = system_actor("letters")
    assert services.grant_waiting(actor=system, person_id=came.id) == 0
    Person.objects.filter(pk=came.pk).update(state="verified", verified_at=clock.now())
    assert services.grant_found(actor=system) is None
    assert granted(appointment).person_id == came.id
    assert services.grant_waiting(actor=system, person_id=came.id) == 0


def test_another_persons_nik_gives_nothing_where_the_name_differs(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    """A slip in the number must not appoint a stranger."""
    letter = enter(keeper)
    appointment = name(keeper, letter, officer, name="Orang Lain")
    check(verifier, letter)
    row = Appointment.objects.get(pk=appointment)
    assert (row.state, row.obstacle, row.grant_id) == ("named", "name", None)


def test_titles_and_case_do_not_count_as_another_name(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    letter = enter(keeper)
    appointment = name(keeper, letter, officer, name="Dr. OFFICER, S.Kom., M.T.")
    check(verifier, letter)
    assert granted(appointment).person_id == officer.id


@pytest.mark.parametrize("who", ["keeper", "named", "outsider", "ppk", "nobody", "weak"])
def test_who_may_not_check_a_letter(
    who: str, keeper: Person, verifier: Person, outsider: Person, officer: Person
) -> None:
    letter = enter(keeper)
    name(keeper, letter, officer)
    if who == "named":
        name(keeper, letter, verifier, role="bendahara", unit="T1.2")
    actors = {
        "keeper": world.actor(keeper),
        "named": world.actor(verifier),
        "outsider": world.actor(outsider),
        "ppk": world.actor(world.holder("ppk", "ppk", "T1", "T1.1")),
        "nobody": world.actor(officer),
        "weak": world.actor(verifier, acr=1),
    }
    with pytest.raises((Refused, NoSuchLetter)):
        services.check_letter(actor=actors[who], letter_id=letter)
    assert AppointmentLetter.objects.get(pk=letter).state == "entered"
    assert not Grant.objects.filter(letter=letter).exists()


def test_a_verifier_who_entered_a_letter_cannot_check_it(
    verifier: Person, colleague: Person, officer: Person
) -> None:
    letter = enter(verifier)
    name(verifier, letter, officer)
    with pytest.raises(Refused):
        check(verifier, letter)
    check(colleague, letter)


def test_the_platform_checks_only_where_the_agency_cannot(
    keeper: Person, verifier: Person, admin: Person, officer: Person
) -> None:
    letter = enter(keeper)
    name(keeper, letter, officer)
    with pytest.raises(Refused):
        check(admin, letter)
    own = enter(verifier, number="821/2/2026")
    name(verifier, own, officer, role="pp", unit="T1.2")
    check(admin, own)


def test_a_letter_that_names_verifiers_is_for_the_platform(
    keeper: Person, verifier: Person, admin: Person, officer: Person
) -> None:
    letter = enter(keeper, roles=("verifikator",))
    name(keeper, letter, officer, role="verifikator", unit="")
    with pytest.raises(Refused):
        check(verifier, letter)
    check(admin, letter)


def test_a_letter_without_officers_is_not_checked(keeper: Person, verifier: Person) -> None:
    with pytest.raises(NobodyNamed):
        check(verifier, enter(keeper))


def test_nobody_is_named_after_the_check(keeper: Person, verifier: Person, officer: Person) -> None:
    letter = enter(keeper)
    name(keeper, letter, officer)
    check(verifier, letter)
    with pytest.raises(LetterNotOpen):
        name(keeper, letter, nik_of(2))


def test_a_budget_user_names_only_for_the_own_unit(officer: Person) -> None:
    for code in ("T1.1", "T1.2"):
        Unit.objects.filter(pk=code).update(path=f"{code}/")
    kpa = world.holder("kpa", "kpa", "T1", "T1.1")
    with pytest.raises(Refused):
        enter(kpa, unit="T1.2")
    with pytest.raises(Refused):
        enter(kpa)
    letter = enter(kpa, unit="T1.1")
    name(kpa, letter, officer)
    other = world.holder("other", "kpa", "T1", "T1.2")
    with pytest.raises(NoSuchLetter):
        name(other, letter, nik_of(3))
    with pytest.raises(BadOfficer) as found:
        name(kpa, letter, nik_of(4), unit="T1.2")
    assert set(found.value.fields) == {"unit"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"role": "kurator"}, "role"),
        ({"role": "pa"}, "role"),
        ({"unit": ""}, "unit"),
        ({"unit": "T2.1"}, "unit"),
        ({"unit": "T9"}, "unit"),
        ({"email": "bukan surel"}, "email"),
        ({"name": "9"}, "name"),
        ({"valid_until": "2099-12-31"}, "valid_until"),
        ({"valid_from": "2001-01-01"}, "valid_from"),
        ({"valid_until": "31 Desember"}, "valid_until"),
        ({"standing": "plt"}, "standing"),
        ({"principal": "hantu"}, "principal"),
        ({"email": "=cmd@contoh.id"}, "email"),
    ],
)
def test_each_wrong_field_says_so(keeper: Person, wrong: dict[str, str], field: str) -> None:
    letter = enter(keeper)
    values = {"role": "ppk", **wrong}
    with pytest.raises(BadOfficer) as found:
        name(keeper, letter, nik_of(5), **values)
    assert field in found.value.fields
    assert not Appointment.objects.exists()


def test_nobody_is_named_twice_for_the_same(keeper: Person) -> None:
    letter = enter(keeper)
    name(keeper, letter, nik_of(6))
    with pytest.raises(BadOfficer) as found:
        name(keeper, letter, nik_of(6))
    assert set(found.value.fields) == {"nik"}
    name(keeper, letter, nik_of(6), unit="T1.2")


def test_roles_that_exclude_each_other_are_refused_when_named(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    world.active(officer, verifier, "bendahara")
    letter = enter(keeper)
    with pytest.raises(BadOfficer) as found:
        name(keeper, letter, officer, role="ppk", unit="T1.2")
    assert set(found.value.fields) == {"role"}


def test_an_access_that_is_held_already_stays_and_is_told(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    letter = enter(keeper)
    appointment = name(keeper, letter, officer)
    world.active(officer, verifier, "ppk")
    check(verifier, letter)
    row = Appointment.objects.get(pk=appointment)
    assert (row.state, row.obstacle) == ("named", "held")
    assert Grant.objects.filter(person=officer, state__in=["active", "approved"]).count() == 1


def test_taking_an_officer_off(
    keeper: Person, verifier: Person, outsider: Person, officer: Person
) -> None:
    letter = enter(keeper)
    appointment = name(keeper, letter, officer)
    with pytest.raises(NoSuchAppointment):
        services.withdraw_officer(actor=world.actor(outsider), appointment_id=appointment)
    with pytest.raises((Refused, NoSuchAppointment)):
        services.withdraw_officer(actor=world.actor(officer), appointment_id=appointment)
    services.withdraw_officer(actor=world.actor(keeper), appointment_id=appointment)
    with pytest.raises(NoSuchMove):
        services.withdraw_officer(actor=world.actor(keeper), appointment_id=appointment)
    with pytest.raises(NobodyNamed):
        check(verifier, letter)


def test_declining_ends_what_was_prepared(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    letter = enter(keeper)
    appointment = name(keeper, letter, officer)
    check(verifier, letter)
    for other in (keeper, verifier):
        with pytest.raises(NoSuchAppointment):
            services.decline_appointment(
                actor=world.actor(other), appointment_id=appointment, reason=REASON
            )
    with pytest.raises(FieldProblems):
        services.decline_appointment(
            actor=world.actor(officer), appointment_id=appointment, reason="tidak"
        )
    with pytest.raises(Refused):
        services.decline_appointment(
            actor=world.actor(officer, acr=1), appointment_id=appointment, reason=REASON
        )
    services.decline_appointment(
        actor=world.actor(officer), appointment_id=appointment, reason=REASON
    )
    assert granted(appointment).state == "revoked"
    with pytest.raises(NoSuchMove):
        services.decline_appointment(
            actor=world.actor(officer), appointment_id=appointment, reason=REASON
        )


def test_an_active_access_is_not_declined(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    letter = enter(keeper)
    appointment = name(keeper, letter, officer)
    check(verifier, letter)
    services.activate_grant(actor=world.actor(officer), grant_id=granted(appointment).id)
    with pytest.raises(TooLateToDecline):
        services.decline_appointment(
            actor=world.actor(officer), appointment_id=appointment, reason=REASON
        )


def test_refusing_a_letter_tells_why_and_gives_nothing(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    letter = enter(keeper)
    appointment = name(keeper, letter, officer)
    with pytest.raises(ReasonMissing):
        services.refuse_letter(actor=world.actor(verifier), letter_id=letter, reason="x")
    services.refuse_letter(actor=world.actor(verifier), letter_id=letter, reason=REASON)
    assert Appointment.objects.get(pk=appointment).state == "withdrawn"
    assert Mail.objects.filter(person=keeper.id, template="access/mail/letter_refused.txt").exists()
    with pytest.raises(NoSuchMove):
        check(verifier, letter)
    # Its number is free again.
    enter(keeper)


def test_only_who_entered_a_letter_withdraws_it(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    letter = enter(keeper)
    name(keeper, letter, officer)
    with pytest.raises(Refused):
        services.withdraw_letter(actor=world.actor(verifier), letter_id=letter)
    services.withdraw_letter(actor=world.actor(keeper), letter_id=letter)
    assert AppointmentLetter.objects.get(pk=letter).state == "withdrawn"


def test_the_same_letter_stands_in_the_register_once(keeper: Person) -> None:
    enter(keeper)
    with pytest.raises(FieldProblems) as found:
        enter(keeper)
    assert set(found.value.fields) == {"number"}


def test_ending_a_letter_ends_all_that_rests_on_it_at_once(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    letter = enter(keeper)
    appointment, waiting = name(keeper, letter, officer), name(keeper, letter, nik_of(7))
    check(verifier, letter)
    services.activate_grant(actor=world.actor(officer), grant_id=granted(appointment).id)
    assert resting_on(world.actor(verifier), letter).grants == 1
    with pytest.raises(Refused):
        services.end_letter(actor=world.actor(keeper), letter_id=letter, reason=REASON)
    assert services.end_letter(actor=world.actor(verifier), letter_id=letter, reason=REASON) == 1
    assert active_grants(officer.id, clock.now()) == ()
    assert granted(appointment).end_reason == REASON
    assert Appointment.objects.get(pk=waiting).state == "withdrawn"
    assert AppointmentLetter.objects.get(pk=letter).state == "revoked"
    assert services.tell_ended(letter_id=letter) == 1
    assert services.tell_ended(letter_id=letter) == 0


def test_replacing_a_letter_moves_its_officers_over(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    old = enter(keeper)
    first = name(keeper, old, officer)
    check(verifier, old)
    new = enter(keeper, number="821/9/2026", days=700, replaces=old)
    second = name(keeper, new, officer)
    check(verifier, new)
    assert Appointment.objects.get(pk=second).obstacle == "held"
    services.end_letter(actor=world.actor(verifier), letter_id=old, reason=REASON, by=new)
    assert granted(first).state == "revoked"
    assert granted(second).state == "approved"
    assert AppointmentLetter.objects.get(pk=old).state == "replaced"


def test_a_renewed_access_follows_the_one_before(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    old = enter(keeper, days=30)
    first = name(keeper, old, officer)
    check(verifier, old)
    begins = clock.today() + timedelta(days=30)
    new = enter(keeper, number="821/9/2026", first=begins, days=365, replaces=old)
    second = name(keeper, new, officer)
    check(verifier, new)
    before, after = granted(first), granted(second)
    assert after.follows_id == before.id
    assert before.valid.upper == after.valid.lower == begins


def test_a_foreign_agency_knows_nothing_of_a_letter(
    keeper: Person, outsider: Person, officer: Person
) -> None:
    letter = enter(keeper)
    name(keeper, letter, officer)
    stranger = world.actor(outsider)
    with pytest.raises(NoSuchLetter):
        officers_of(stranger, letter, OfficerFilters())
    with pytest.raises(NoSuchLetter):
        services.end_letter(actor=stranger, letter_id=letter, reason=REASON)
    with pytest.raises(NoSuchLetter):
        check(outsider, uuid4())


def test_only_the_person_sees_the_own_appointment(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    letter = enter(keeper)
    appointment = name(keeper, letter, officer)
    with pytest.raises(NoSuchAppointment):
        own_appointment(world.actor(officer), appointment)
    check(verifier, letter)
    assert own_appointment(world.actor(officer, acr=1), appointment).role == "ppk"
    for other in (keeper, verifier):
        with pytest.raises(NoSuchAppointment):
            own_appointment(world.actor(other), appointment)


def test_the_list_shows_masked_numbers(keeper: Person, officer: Person) -> None:
    letter = enter(keeper)
    name(keeper, letter, officer)
    (row,) = officers_of(world.actor(keeper), letter, OfficerFilters()).rows
    assert row.nik != officer.nik
    assert "•" in row.nik
