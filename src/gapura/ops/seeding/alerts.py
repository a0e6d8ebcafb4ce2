"""What the alert rules find in the year of sample data, and what overseers said of some of it."""

from gapura.audit.services import seal_all
from gapura.kernel.actor import system_actor
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.people import acting
from gapura.reports.queries import alerts_for
from gapura.reports.services import DISPOSALS, watch

# Of the alerts in an overseer's reach, oldest first: what came of each, in turn; "" stays open.
_OUTCOMES = (
    ("explain", "Lembur akhir tahun anggaran; surat tugasnya sudah diperiksa."),
    ("follow_up", "Yang bersangkutan sudah ditegur dan diminta membuka surat sebelum memutus."),
    ("", ""),
    ("explain", "Berkas yang sama sudah diperiksa bersama di kantor pada hari itu."),
    ("uphold", "Keputusan diambil tanpa pemeriksaan; diteruskan ke Inspektorat."),
    ("", ""),
)
_OVERSEERS = (("apip", "apip"), ("admin", "admin_platform"))
# Enough for every rule's figures to say something, few enough to read.
_MOST = 18


def look_back() -> int:
    """Let the rules look at the log; when nobody has said anything yet, say what came of some.

    Answers how many alerts were disposed of. Doing it again changes nothing.
    """
    seal_all()
    watch(actor=system_actor("alerts"))
    everything = alerts_for(acting(persona_id("admin"), "admin_platform")).counts
    if everything["open"] < everything["all"]:
        return 0
    return sum(_dispose(username, role) for username, role in _OVERSEERS)


def _dispose(username: str, role: str) -> int:
    overseer = acting(persona_id(username), role)
    page = alerts_for(overseer)
    found = sorted(page.rows, key=lambda row: (row.rule.code, row.id))
    done = 0
    for number, row in enumerate(found[:_MOST]):
        verb, reason = _OUTCOMES[number % len(_OUTCOMES)]
        if verb:
            DISPOSALS[verb](actor=overseer, alert=row.id, reason=reason)
            done += 1
    return done
