"""Identity documents nobody compared in time: those who check them are told."""

from datetime import timedelta

import pytest

from gapura.accounts.services import send_document
from gapura.journeys import tasks
from gapura.kernel import clock
from gapura.notifications.models import Mail
from tests.access import world
from tests.documents.makers import jpg

pytestmark = pytest.mark.django_db


def test_agency_and_platform_are_told_of_late_documents_without_names() -> None:
    world.places()
    officer = world.person("budi", state="contact_verified")
    at_home, platform = world.verifier(), world.platform_admin()
    other = world.verifier("T2")
    # Compares no documents: those belong to no unit.
    of_a_part = world.holder("bounded", "verifikator", "T1", "T1.1")
    send_document(actor=world.actor(officer, acr=1), kind="ktp", name="k.jpg", content=jpg())
    with clock.frozen(clock.now() + timedelta(hours=72)):
        tasks.escalate_late_identities(0)
        tasks.escalate_late_identities(0)
    told = Mail.objects.filter(template__startswith="journeys/mail/identit")
    assert set(told.values_list("person", "template")) == {
        (at_home.id, "journeys/mail/identities_moved_up.txt"),
        (platform.id, "journeys/mail/identities_to_check.txt"),
    }
    assert all(officer.name not in (mail.body or "") for mail in told)
    assert not Mail.objects.filter(person__in=(other.id, of_a_part.id)).exists()
