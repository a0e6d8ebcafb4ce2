"""Companies and their people for the tests of invitations and admissions."""

import re

from gapura.access.services import invite_staff, issue_grant
from gapura.accounts.models import Person
from gapura.notifications.models import Mail
from gapura.organizations.models import Company
from tests.access import world

REASON = "Tidak lagi bekerja di sini."


def someone(name: str = "siti", kind: str = "citizen", state: str = "verified") -> Person:
    """A verified citizen without any role."""
    return world.person(name, kind=kind, state=state)


def of_company(role: str = "admin_perusahaan", code: str = "PT1") -> Person:
    """Somebody with a working role at a company."""
    Company.objects.get_or_create(code=code, defaults={"name": f"PT {code} Maju"})
    found = someone("bos" if role.startswith("admin") else "staf")
    issue_grant(actor=world.SYSTEM, person_id=found.id, role=role, company=code)
    return found


def invited(admin: Person, email: str, role: str = "staf_perusahaan") -> str:
    """The token in the link that was mailed."""
    invite_staff(actor=world.actor(admin), email=email, role=role)
    mail = Mail.objects.filter(template="access/mail/invited.txt").latest("created_at", "id")
    assert mail.address == email
    found = re.search(r"/company/invitations/([\w-]+)", mail.body or "")
    assert found, mail.body
    return found[1]
