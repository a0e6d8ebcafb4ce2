"""Ways back for the walk: asked for, vouched for, and the links that stop them."""

from collections.abc import Callable

from gapura.authentication.models import Recovery
from gapura.authentication.queries import VOUCH_CHECKLIST
from gapura.authentication.services import Vouch, vouch_recovery
from gapura.authentication.services.recovery_asking import open_asked
from gapura.authentication.services.recovery_notices import stop_token
from gapura.kernel.actor import Actor
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.people import acting

Things = dict[str, object]
REASON = "KTP asli sudah dilihat, SK nomor 800/123."


def asked(username: str) -> Recovery:
    """Somebody who lost everything, or what of theirs is open already."""
    story = "Telepon dan surel hilang."
    open_asked(actor=Actor(ip="198.51.100.9"), login=username, story=story)
    return Recovery.objects.select_related("person").get(person__username=username)


def _vouched(username: str) -> Recovery:
    row = asked(username)
    given = Vouch(tuple(VOUCH_CHECKLIST[row.kind]), row.person.nik, REASON)
    by = acting(persona_id("verifikator"), "verifikator")
    vouch_recovery(actor=by, recovery_id=row.id, given=given)
    return row


def _recoveries() -> Things:
    return {
        "of ppk, asked": asked("ppk").id,
        "of pp, vouched by verifikator": _vouched("pp").id,
        "of verifikator2, asked": asked("verifikator2").id,
        "of warga, asked": asked("warga").id,
    }


MAKERS: dict[str, Callable[[], Things]] = {
    "recovery_id": _recoveries,
    "stop_token": lambda: {"of ppk": stop_token(asked("ppk").id), "made up": "x" * 43},
}
FORMS: dict[str, dict[str, object]] = {
    "recovery-vouch": {
        "nik": "3273010101900001",
        "checked": ["card", "face", "letter"],
        "reason": REASON,
    },
    "recovery-second": {"reason": REASON},
    "recovery-refuse": {"reason": REASON},
    "recover-lost": {"login": "ppk", "mailbox": "no", "story": "Semua hilang."},
}
