"""Two at once at a company: one role from one link, and never a company without administrator."""

from functools import partial

import pytest

from gapura.access import services
from gapura.access.models import Grant, Invitation
from gapura.access.queries import holders
from gapura.kernel.problems import Problem
from gapura.notifications.models import Mail
from tests.access import world
from tests.access.companies import REASON, invited, of_company, someone
from tests.access.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


def test_one_link_opened_in_many_tabs_gives_one_role() -> None:
    boss = of_company()
    for _ in range(ROUNDS):
        guest = someone()
        token = invited(boss, guest.email)
        accept = partial(services.accept_invitation, actor=world.actor(guest), token=token)
        results = at_once(*[accept] * 4)
        assert sum(isinstance(each, Problem) for each in results) == 3
        assert Grant.objects.filter(person=guest).count() == 1


def test_two_administrators_who_invite_the_same_address_leave_one_link() -> None:
    """The second waits, and takes the first one's place."""
    pair = [of_company() for _ in range(2)]
    for number in range(ROUNDS):
        email, role = f"tamu{number}@example.com", "staf_perusahaan"
        results = at_once(
            *(
                partial(services.invite_staff, actor=world.actor(one), email=email, role=role)
                for one in pair
            )
        )
        assert None not in results
        assert not any(isinstance(r, Problem) for r in results)
        assert Invitation.objects.filter(email=email, state="open").count() == 1


def test_a_doubled_click_at_once_sends_one_mail() -> None:
    boss = of_company()
    for number in range(ROUNDS):
        email, role = f"klik{number}@example.com", "staf_perusahaan"
        invite = partial(services.invite_staff, actor=world.actor(boss), email=email, role=role)
        first, second = at_once(invite, invite)
        assert first == second
        assert Mail.objects.filter(template="access/mail/invited.txt").count() == number + 1


def test_accepting_and_withdrawing_at_once_has_one_outcome() -> None:
    boss = of_company()
    for _ in range(ROUNDS):
        guest = someone()
        token = invited(boss, guest.email)
        row = Invitation.objects.latest("invited_at")
        at_once(
            partial(services.accept_invitation, actor=world.actor(guest), token=token),
            partial(services.withdraw_invitation, actor=world.actor(boss), invitation_id=row.id),
        )
        row.refresh_from_db()
        assert Grant.objects.filter(person=guest).exists() == (row.state == "accepted")


def test_two_administrators_who_remove_each_other_leave_one() -> None:
    for number in range(ROUNDS):
        code = f"PT{number}"
        pair = [of_company(code=code) for _ in range(2)]
        grants = [Grant.objects.get(person=one).id for one in pair]
        results = at_once(
            *(
                partial(
                    services.remove_staff, actor=world.actor(one), grant_id=other, reason=REASON
                )
                for one, other in zip(pair, reversed(grants), strict=True)
            )
        )
        assert sum(isinstance(each, Problem) for each in results) == 1
        assert len(holders("admin_perusahaan", company=code)) == 1


def test_two_administrators_who_decide_at_once_admit_once() -> None:
    pair = [of_company() for _ in range(2)]
    for _ in range(ROUNDS):
        guest = someone()
        join = services.ask_to_join(
            actor=world.actor(guest), company="PT1", position="Staf penjualan"
        )
        at_once(
            partial(services.admit_person, actor=world.actor(pair[0]), join_id=join),
            partial(services.refuse_join, actor=world.actor(pair[1]), join_id=join, reason=REASON),
        )
        assert Grant.objects.filter(person=guest).count() <= 1
