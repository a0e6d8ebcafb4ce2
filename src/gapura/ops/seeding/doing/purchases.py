"""The verb of orders: kept until the end of the round, then written with all their steps."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from random import Random
from types import MappingProxyType
from typing import Any
from uuid import UUID

from gapura.documents.services import Made, keep_made
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.ops.seeding.doing.world import Verb, World
from gapura.ops.seeding.letters import letter_pdf
from gapura.ops.seeding.people import SYSTEM
from gapura.ops.seeding.purchases import Purchase, Taken
from gapura.ops.seeding.rounds import Deed
from gapura.organizations.queries import unit
from gapura.purchasing.services import ReadyOrder, ReadyStep, Terms

_DELIVERED_IN = timedelta(days=30)
_COURIERS = ("Kurir Penyedia", "Pos Contoh", "Kargo Contoh Nusantara")
_SPARE = Decimal("1.25")
_MILLION = 1_000_000
_PETTY_BELOW = 100_000_000
_REASONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "reject": ("budget", "Pagu subkegiatan ini sudah dipakai untuk kebutuhan lain."),
        "reject_signing": ("wrong_goods", "Spesifikasi perlu disesuaikan dengan kebutuhan."),
        "decline": ("no_stock", "Persediaan kami habis sampai akhir bulan."),
        "request_cancel": ("not_needed", "Kegiatan ditunda, barang belum diperlukan tahun ini."),
    }
)
_NOTES: Mapping[str, str] = MappingProxyType(
    {
        "propose_price": "Mohon potongan karena jumlahnya cukup banyak.",
        "answer_offer": "Kami dapat memberi potongan sebesar ini, termasuk ongkos kirim.",
        "cancel_negotiation": "Harga belum sesuai dengan pagu kami.",
        "report_mismatch": "Dua kemasan rusak dan satu barang kurang.",
        "receive": "Barang diperiksa bersama pengurus barang, semua berfungsi.",
        "decline_addendum": "Jadwal pengiriman sudah tidak dapat diubah.",
        "grant_cancel": "Kedua pihak sepakat, pesanan dibatalkan.",
        "refuse_cancel": "Barang sudah disiapkan, pesanan dilanjutkan.",
        "pay_outside": "Dibayar melalui mekanisme TU.",
    }
)
_CLAUSES = (
    "Barang diantar pada jam kerja dan diturunkan oleh penyedia.",
    "Garansi berlaku sejak tanggal berita acara serah terima.",
)
_LATER = "Barang diantar ke gudang yang baru karena gedung lama direnovasi."


def _purchase(world: World, deed: Deed) -> None:
    purchase: Purchase = deed.values["purchase"]
    # An order lasts some days: everybody holds one role all through it.
    actors: dict[tuple[str, str], Actor] = {("", ""): SYSTEM}
    steps = tuple(_step(world, purchase, taken, actors) for taken in purchase.steps)
    lines = tuple(
        (world.product(purchase.company, name), quantity) for name, quantity in purchase.lines
    )
    world.keep_order(ReadyOrder(purchase.company, _terms(purchase), lines, steps))


def _terms(purchase: Purchase) -> Terms:
    place = unit(purchase.team.unit)
    budget = (purchase.worth * _SPARE / _MILLION).to_integral_value() * _MILLION
    return Terms(
        rup_code=str(58_000_000 + purchase.number * 137),
        mak=f"1.02.02.2.0{purchase.number % 9 + 1}.5.1.02.01.01.{purchase.number:04d}",
        budget=max(budget, Decimal(_MILLION)),
        delivery_address=f"{place.name}, Jalan Contoh Pemerintahan Nomor 1, lantai 2",
        deliver_by=clock.legal_day(purchase.steps[0].at) + _DELIVERED_IN,
        method="direct",
    )


def _step(
    world: World, purchase: Purchase, taken: Taken, actors: dict[tuple[str, str], Actor]
) -> ReadyStep:
    key = (taken.who, taken.role)
    with clock.frozen(taken.at):
        if key not in actors:
            actors[key] = world.actor(*key)
        words = _words(purchase, taken, actors[key])
    return ReadyStep(taken.verb, taken.at, actors[key], words)


def _words(purchase: Purchase, taken: Taken, actor: Actor) -> dict[str, Any]:
    verb, number = taken.verb, purchase.number
    rng = Random(f"{number} {verb}")  # noqa: S311 - the same each time is the point
    words: dict[str, Any] = {"note": _NOTES.get(verb, "")}
    if verb in _REASONS:
        words["reason_code"], words["note"] = _REASONS[verb]
    if verb in ("propose_price", "answer_offer"):
        low, high = (0.88, 0.93) if verb == "propose_price" else (0.94, 0.98)
        words["share"] = f"{rng.uniform(low, high):.3f}"
    if verb == "approve":
        words["clauses"] = _CLAUSES[: number % 3]
    if verb == "propose_addendum":
        day = clock.legal_day(purchase.steps[0].at) + 2 * _DELIVERED_IN
        words |= {"deliver_by": day, "clauses": (_LATER,)}
    if verb == "ship":
        words |= {"courier": rng.choice(_COURIERS), "tracking": f"CTH{rng.randrange(10**9):09d}"}
    if verb == "hand_over":
        words["own_number"] = f"000.3/{number:03d}/BAST/{taken.at:%Y}"
    if verb in ("pay", "confirm_payment"):
        words |= _payment(purchase, taken, actor)
    return words


def _payment(purchase: Purchase, taken: Taken, actor: Actor) -> dict[str, Any]:
    channel = "up" if purchase.worth < _PETTY_BELOW and purchase.number % 3 else "ls"
    if taken.verb == "confirm_payment":
        channel = "outside"
    reference = f"{purchase.number:06d}/SP2D/CONTOH/{taken.at:%Y}"
    return {"channel": channel, "reference": reference, "evidence": _evidence(actor, reference)}


def _evidence(actor: Actor, reference: str) -> UUID:
    """A paper for each payment; drawn here, so it needs no long look as foreign files do."""
    words = ("Telah dibayarkan kepada penyedia sesuai surat pesanan.",)
    content = letter_pdf("Bank Contoh", reference, "Bukti Pembayaran", words, "Contoh")
    made = Made(content, sha256(content).hexdigest(), 1)
    return keep_made(actor=actor, name="sp2d.pdf", made=made)


VERBS: Mapping[str, Verb] = MappingProxyType({"purchase": _purchase})
