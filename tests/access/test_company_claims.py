"""What the log must tell of a company's people: a whole life of it, and what is slipped in."""

from collections.abc import Iterator
from datetime import date

import pytest

from gapura.access import services
from gapura.access.models import Grant, Invitation, Succession
from gapura.access.services import Deed, Named
from gapura.audit.services import checkpoint, seal_all, verify_log
from gapura.kernel import clock
from tests.access import world
from tests.access.companies import REASON, invited, of_company, someone

STAFF = "staf_perusahaan"
NAMED = Named("OSS-1", "a" * 64)


def findings() -> set[tuple[str, str]]:
    """Claim of this room and column that do not agree with the log; the people are made up."""
    seal_all()
    checkpoint(now=True)
    found = verify_log(tables=True).findings
    all_ = {(str(f.values.get("claim")), str(f.values.get("column", f.kind))) for f in found}
    return {one for one in all_ if one[0].startswith("access.")}


def _life() -> Iterator[Succession]:
    """Invited, changed, promoted, left; a takeover objected to and one carried out."""
    boss, guest, head = of_company(), someone(), someone("direktur")
    actor = world.actor(boss)
    token = invited(boss, guest.email)
    grant = services.accept_invitation(actor=world.actor(guest), token=token)
    services.activate_grant(actor=world.actor(guest), grant_id=grant)
    services.change_staff(actor=actor, grant_id=grant, role=STAFF, duties=["order"])
    new = services.change_staff(actor=actor, grant_id=grant, role="admin_perusahaan")
    services.leave_company(actor=world.actor(guest), grant_id=new, reason=REASON)
    deed = Deed("AHU-1", date(2026, 1, 5), world.document(head))
    for objected in (True, False):
        row = services.start_succession(
            actor=world.actor(head), company="PT1", deed=deed, named=NAMED
        )
        if objected:
            services.object_to_succession(actor=actor, succession_id=row, reason=REASON)
            services.withdraw_succession(actor=world.actor(head), succession_id=row)
        yield Succession.objects.get(pk=row)
    Succession.objects.filter(pk=row).update(cools_until=clock.now())
    services.take_over(actor=world.actor(head), succession_id=row, named=NAMED)


@pytest.mark.django_db(transaction=True)
def test_a_companys_whole_life_agrees_with_the_log_and_nothing_is_slipped_in() -> None:
    """The attack: whoever reaches the database lets staff sign, or makes themselves the head."""
    world.places()
    first, _second = _life()
    assert findings() == set()
    Grant.objects.filter(role=STAFF, state="active").update(duties=["signing"])
    Invitation.objects.filter(role=STAFF).update(duties=["signing"])
    Succession.objects.filter(pk=first.pk).update(former="leave", result_hash="c" * 64)
    assert findings() == {
        ("access.grant", "duties"),
        ("access.invitation", "duties"),
        ("access.succession", "former"),
        ("access.succession", "answer"),
    }
