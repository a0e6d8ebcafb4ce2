"""Invitations to a company: who sends them, and every way a link must not work."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.access import services
from gapura.access.errors import (
    AlreadyStaff,
    InvitationExpired,
    InvitationForAnother,
    InvitationUsed,
    InvitationVoid,
    InvitationWithdrawn,
    NoSuchInvitation,
)
from gapura.access.models import Grant, Invitation
from gapura.access.queries import active_grants, invitation_for, staff_of
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.kernel.throttle import TooMany
from gapura.notifications.models import Mail
from tests.access import world
from tests.access.companies import REASON, invited, of_company, someone

pytestmark = pytest.mark.django_db


def test_an_invited_person_works_for_the_company_after_the_second_factor() -> None:
    boss, guest = of_company(), someone()
    token = invited(boss, guest.email)
    offer = invitation_for(world.actor(guest), token)
    assert (offer.company, offer.role, offer.invited_by) == ("PT1", "staf_perusahaan", boss.name)
    grant = services.accept_invitation(actor=world.actor(guest), token=token)
    assert active_grants(guest.id, clock.now()) == ()
    with pytest.raises(Refused):
        services.activate_grant(actor=world.actor(guest, acr=1), grant_id=grant)
    services.activate_grant(actor=world.actor(guest), grant_id=grant)
    (working,) = active_grants(guest.id, clock.now())
    assert (working.role, working.company) == ("staf_perusahaan", "PT1")


def test_the_log_names_the_company_and_never_the_address() -> None:
    boss, guest = of_company(), someone()
    token = invited(boss, guest.email)
    services.accept_invitation(actor=world.actor(guest), token=token)
    told = LogEvent.objects.filter(name__startswith="access.invitation.").order_by("occurred_at")
    assert [row.name.rsplit(".", 1)[1] for row in told] == ["sent", "accepted"]
    assert {row.facts["company"] for row in told} == {"PT1"}
    assert guest.email not in str([row.facts for row in told])


@pytest.mark.parametrize("role", ["staf_perusahaan", "ppk", "verifikator", "admin_platform"])
def test_only_a_companys_administrator_invites(role: str) -> None:
    if role == "staf_perusahaan":
        who = of_company(role)
    else:
        world.places()
        place = {"ppk": ("T1", "T1.1"), "verifikator": ("T1", None)}.get(role, (None, None))
        who = world.holder("lain", role, *place)
    with pytest.raises(Refused):
        services.invite_staff(actor=world.actor(who), email="a@contoh.id", role="staf_perusahaan")
    assert not Invitation.objects.exists()


def test_an_email_code_is_too_weak_to_invite() -> None:
    with pytest.raises(Refused) as caught:
        services.invite_staff(
            actor=world.actor(of_company(), acr=1), email="a@contoh.id", role="staf_perusahaan"
        )
    assert caught.value.verdict.only_needs_strength


@pytest.mark.parametrize("role", ["ppk", "admin_platform", "", "raja"])
def test_a_company_hands_out_no_public_office(role: str) -> None:
    """Privilege escalation: a role outside of the company in a crafted form."""
    with pytest.raises(FieldProblems) as caught:
        services.invite_staff(actor=world.actor(of_company()), email="a@contoh.id", role=role)
    assert set(caught.value.fields) == {"role"}


@pytest.mark.parametrize("email", ["", "a", "a@b", "a@contoh.id\r\nBcc: b@contoh.id", "x" * 300])
def test_what_is_no_address_is_told(email: str) -> None:
    with pytest.raises(FieldProblems) as caught:
        services.invite_staff(actor=world.actor(of_company()), email=email, role="staf_perusahaan")
    assert set(caught.value.fields) == {"email"}


def test_somebody_of_the_company_is_not_invited_again() -> None:
    boss, colleague = of_company(), of_company("staf_perusahaan")
    with pytest.raises(FieldProblems):
        services.invite_staff(
            actor=world.actor(boss), email=colleague.email.upper(), role="admin_perusahaan"
        )


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 100_000, "\ud800", "../../etc"])
def test_a_guessed_link_is_nothing(token: str) -> None:
    """Guessing: 256 random bits, of which only the hash is kept."""
    invited(of_company(), "siti@contoh.id")
    with pytest.raises(NoSuchInvitation):
        services.accept_invitation(actor=world.actor(someone()), token=token)


def test_the_hash_in_the_table_is_no_key() -> None:
    """A leaked table must open nothing."""
    guest = someone()
    invited(of_company(), guest.email)
    with pytest.raises(NoSuchInvitation):
        services.accept_invitation(
            actor=world.actor(guest), token=Invitation.objects.get().token_hash
        )


def test_a_forwarded_link_works_for_nobody_else() -> None:
    """A stolen or forwarded mail: the link is bound to the account of its address."""
    token = invited(of_company(), someone("andi").email)
    for act in (invitation_for, None):
        with pytest.raises(InvitationForAnother):
            thief = world.actor(someone("maling"))
            act(thief, token) if act else services.accept_invitation(actor=thief, token=token)
    assert not Grant.objects.filter(state="approved").exists()


def test_an_address_that_was_never_proven_is_not_the_invited_one() -> None:
    """Registering with the invited address without reading its mail."""
    guest = someone()
    Person.objects.filter(pk=guest.pk).update(email_verified_at=None)
    token = invited(of_company(), guest.email)
    with pytest.raises(InvitationForAnother):
        services.accept_invitation(actor=world.actor(guest), token=token)


def test_a_link_works_once() -> None:
    guest = someone()
    token = invited(of_company(), guest.email)
    services.accept_invitation(actor=world.actor(guest), token=token)
    with pytest.raises(InvitationUsed):
        services.accept_invitation(actor=world.actor(guest), token=token)
    assert Grant.objects.filter(person=guest).count() == 1


def test_a_used_link_opens_nothing_after_the_role_was_ended() -> None:
    """Reuse: whoever was removed comes back with the old mail."""
    boss, guest = of_company(), someone()
    token = invited(boss, guest.email)
    grant = services.accept_invitation(actor=world.actor(guest), token=token)
    services.remove_staff(actor=world.actor(boss), grant_id=grant, reason=REASON)
    with pytest.raises(InvitationUsed):
        services.accept_invitation(actor=world.actor(guest), token=token)


def test_a_link_ends_at_the_very_second() -> None:
    guest = someone()
    token = invited(of_company(), guest.email)
    end = Invitation.objects.get().expires_at
    with clock.frozen(end), pytest.raises(InvitationExpired):
        services.accept_invitation(actor=world.actor(guest), token=token)
    with clock.frozen(end - timedelta(seconds=1)):
        services.accept_invitation(actor=world.actor(guest), token=token)


def test_a_withdrawn_link_is_dead() -> None:
    boss, guest = of_company(), someone()
    token = invited(boss, guest.email)
    row = Invitation.objects.get()
    services.withdraw_invitation(actor=world.actor(boss), invitation_id=row.id)
    with pytest.raises(InvitationWithdrawn):
        services.accept_invitation(actor=world.actor(guest), token=token)


def test_a_second_invitation_ends_the_first() -> None:
    boss, guest = of_company(), someone()
    first = invited(boss, guest.email)
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        second = invited(boss, guest.email)
    with pytest.raises(InvitationWithdrawn):
        services.accept_invitation(actor=world.actor(guest), token=first)
    services.accept_invitation(actor=world.actor(guest), token=second)


def test_a_doubled_click_is_one_invitation_and_one_mail() -> None:
    boss, email, role = of_company(), "tamu@contoh.id", "staf_perusahaan"
    ids = {services.invite_staff(actor=world.actor(boss), email=email, role=role) for _ in "ab"}
    assert len(ids) == 1
    mails = Mail.objects.filter(template="access/mail/invited.txt")
    assert mails.count() == 1
    other = services.invite_staff(actor=world.actor(boss), email=email, role="admin_perusahaan")
    assert other not in ids
    assert Invitation.objects.filter(email=email, state="open").count() == 1
    assert mails.count() == 2


def test_an_invitation_falls_with_its_inviter() -> None:
    """A dismissed administrator who left links behind."""
    boss, other, guest = of_company(), of_company(), someone()
    token = invited(boss, guest.email)
    grant = Grant.objects.get(person=boss)
    services.remove_staff(actor=world.actor(other), grant_id=grant.id, reason=REASON)
    with pytest.raises(InvitationVoid):
        services.accept_invitation(actor=world.actor(guest), token=token)
    with pytest.raises(InvitationVoid):
        invitation_for(world.actor(guest), token)


def test_an_invitation_falls_with_its_suspended_inviter() -> None:
    boss, guest = of_company(), someone()
    token = invited(boss, guest.email)
    Person.objects.filter(pk=boss.pk).update(state="suspended")
    with pytest.raises(InvitationVoid):
        services.accept_invitation(actor=world.actor(guest), token=token)


def test_whoever_came_in_by_another_way_gets_no_second_role() -> None:
    boss, guest = of_company(), someone()
    token = invited(boss, guest.email, "admin_perusahaan")
    services.issue_grant(
        actor=world.SYSTEM, person_id=guest.id, role="staf_perusahaan", company="PT1"
    )
    with pytest.raises(AlreadyStaff):
        services.accept_invitation(actor=world.actor(guest), token=token)
    assert Invitation.objects.get().state == "open"


def test_accepting_locks_the_company_before_the_invitation_as_inviting_does() -> None:
    guest = someone()
    token = invited(of_company(), guest.email)
    with CaptureQueriesContext(connection) as asked:
        services.accept_invitation(actor=world.actor(guest), token=token)
    locks = [sql for query in asked.captured_queries if " FOR " in (sql := query["sql"])]
    tables = [sql.split(' FROM "', 1)[1].split('"', 1)[0] for sql in locks]
    assert tables.index("organizations_company") < tables.index("access_invitation")


@pytest.mark.parametrize("code", ["PT1", "PT2"])
def test_only_the_own_company_withdraws(code: str) -> None:
    """Another company's invitation looks like none."""
    invited(of_company(code="PT1"), "siti@contoh.id")
    row = Invitation.objects.get()
    who = world.actor(of_company(code=code))
    if code == "PT1":
        services.withdraw_invitation(actor=who, invitation_id=row.id)
        return
    for wanted in (row.id, uuid4()):
        with pytest.raises(NoSuchInvitation):
            services.withdraw_invitation(actor=who, invitation_id=wanted)
    assert staff_of(who).invitations == ()


def test_a_company_is_no_mail_cannon() -> None:
    boss = world.actor(of_company())
    for number in range(30):
        services.invite_staff(actor=boss, email=f"orang{number}@contoh.id", role="staf_perusahaan")
    with pytest.raises(TooMany):
        services.invite_staff(actor=boss, email="orang31@contoh.id", role="staf_perusahaan")
