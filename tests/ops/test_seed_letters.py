"""The register of the sample data: every state is there, brought in as people would."""

from collections import Counter
from datetime import timedelta

from gapura.access.models import Appointment, Import
from gapura.kernel import clock
from gapura.notifications.models import Mail
from gapura.notifications.services import carried_over
from gapura.ops.seeding.doing import carry_out
from gapura.ops.seeding.doing.world import World
from gapura.ops.seeding.registers import TALES, registers
from gapura.ops.seeding.rounds import Round
from gapura.organizations.models import AppointmentLetter
from tests.personas import Personas


def test_letters_of_every_state_and_a_file_of_officers(personas: Personas) -> None:
    anchor = clock.now() + timedelta(days=130)
    deeds = sorted(registers([], anchor), key=lambda deed: deed.at)
    before = Mail.objects.filter(sent_at__isnull=True).count()
    with carried_over():
        carry_out(World({}), Round(1, anchor, tuple(deeds)))
    rows = AppointmentLetter.objects.exclude(state="")
    states = Counter(rows.values_list("state", flat=True))
    assert set(states) == {"entered", "checked", "refused", "withdrawn", "revoked", "replaced"}
    assert sum(states.values()) == len(TALES)
    assert Import.objects.get().state == "finished"
    assert Appointment.objects.filter(state="named").count() > 60
    assert Mail.objects.filter(sent_at__isnull=True).count() == before
