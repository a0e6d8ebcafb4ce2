"""The companies of the sample data: what each sells, how large it is, where it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gapura.ops.seeding.cast import COMPANY, COMPANY_NAME
from gapura.ops.simulator.facts import npwp_of
from gapura.organizations.queries import CompanyFacts

# The digits by which the played OSS tells scale and form from a business number.
_SCALES = {"micro": 0, "small": 4, "medium": 7, "large": 9}
_FORMS = {"pt": 0, "cv": 5, "ud": 7, "koperasi": 8}


@dataclass(frozen=True, slots=True)
class Firm:
    """One company; `sells` are codes of categories, on any level."""

    code: str
    name: str
    form: str
    scale: str
    region: str
    sells: tuple[str, ...]

    @property
    def nib(self) -> str:
        """A business number that no other company has, and with no special ending."""
        digits = f"{_SCALES[self.scale]}{_FORMS[self.form]}"
        return f"9120{self.code[-3:]}{digits}{int(self.code[1:]):04d}"

    @property
    def npwp(self) -> str:
        """The tax number that the played tax office has for it too."""
        return npwp_of(self.nib)

    @property
    def taxable(self) -> bool:
        """Micro businesses here are below the turnover that makes a company taxable (PKP)."""
        return self.scale != "micro"

    @property
    def address(self) -> str:
        """Where it is, in a street that is nowhere."""
        return f"Jalan Contoh Niaga Nomor {int(self.code[1:])}, RT 01 RW 02"

    def offers(self, category: str) -> bool:
        """Whether this is among what it sells."""
        return any(f"{category}.".startswith(f"{one}.") for one in self.sells)

    def facts(self, kblis: Iterable[str]) -> CompanyFacts:
        """What the authorities would say of it, with these lines of business."""
        return CompanyFacts(
            name=self.name,
            form=self.form,
            scale=self.scale,
            taxable=self.taxable,
            kblis=tuple(sorted(set(kblis))),
            region=self.region,
            npwp=self.npwp,
        )


# Code, name, form, scale, region, and what it sells.
_TABLE = f"""
{COMPANY}|{COMPANY_NAME}|pt|medium|32.73|atk tik.perangkat tik.komputer kesehatan mebel.kantor
C0002|PT Sumber Rejeki Contoh|pt|small|31.71|atk.kertas atk.tulis atk.meja
C0003|CV Mitra Pena Contoh|cv|micro|32.73|atk pendidikan.buku
C0004|PT Cahaya Timur Contoh|pt|medium|73.71|elektronik tik.perangkat
C0005|CV Karya Boga Contoh|cv|micro|32.73|pangan.boga
C0006|PT Teknologi Bersama Contoh|pt|large|31.74|tik
C0007|Koperasi Serba Usaha Contoh|koperasi|small|33.74|pangan.pokok rumah_tangga atk.kertas
C0008|PT Bangun Persada Contoh|pt|medium|35.78|bangunan
C0009|UD Bersih Selalu Contoh|ud|micro|32.73|rumah_tangga
C0010|PT Medika Sehat Contoh|pt|large|31.71|kesehatan
C0011|CV Aksara Widya Contoh|cv|small|34.71|pendidikan.buku pendidikan.peraga
C0012|PT Graha Mebel Contoh|pt|medium|33.20|mebel
C0013|CV Jati Ukir Contoh|cv|small|33.20|mebel
C0014|PT Armada Niaga Contoh|pt|large|31.75|kendaraan.roda_dua kendaraan.roda_empat
C0015|UD Roda Jaya Contoh|ud|micro|32.73|kendaraan.suku_cadang
C0016|PT Solusi Awan Contoh|pt|medium|31.71|tik.perangkat_lunak tik.jaringan
C0017|CV Grafika Warna Contoh|cv|small|32.73|atk.cetakan
C0018|PT Tirta Pangan Contoh|pt|medium|51.71|pangan
C0019|Koperasi Tani Makmur Contoh|koperasi|small|35.78|tani pangan.pokok
C0020|PT Penjuru Bersih Contoh|pt|medium|32.73|jasa.gedung rumah_tangga.kebersihan
C0021|PT Garda Utama Contoh|pt|medium|31.74|jasa.gedung
C0022|CV Sejuk Abadi Contoh|cv|small|32.73|elektronik.pendingin jasa.perawatan
C0023|PT Busana Karya Contoh|pt|medium|32.73|pakaian
C0024|UD Sepatu Langkah Contoh|ud|micro|32.04|pakaian.seragam
C0025|PT Selamat Kerja Contoh|pt|small|31.75|pakaian.keselamatan bangunan.perkakas
C0026|CV Papua Mandiri Contoh|cv|small|91.71|atk rumah_tangga pangan.pokok
C0027|PT Cenderawasih Niaga Contoh|pt|medium|91.71|bangunan elektronik.kelistrikan
C0028|PT Surya Daya Contoh|pt|medium|35.78|elektronik.kelistrikan elektronik.penerangan
C0029|CV Laboratorium Prima Contoh|cv|small|34.71|pendidikan.peraga kesehatan.ukur_periksa
C0030|PT Farma Nusa Contoh|pt|large|31.71|kesehatan.obat kesehatan.habis_pakai
C0031|UD Dapur Ibu Contoh|ud|micro|32.73|pangan.boga rumah_tangga.dapur_pantri
C0032|PT Wahana Sewa Contoh|pt|small|32.73|jasa.sewa_acara
C0033|PT Cipta Pelatihan Contoh|pt|small|31.71|jasa.sewa_acara pendidikan.buku
C0034|CV Bina Olahraga Contoh|cv|micro|33.74|pendidikan.olahraga pakaian.seragam
C0035|PT Layar Digital Contoh|pt|medium|31.74|tik.komputer tik.data elektronik.audio_video
C0036|CV Pipa Sentosa Contoh|cv|small|32.04|bangunan.pipa_saniter bangunan.struktur
C0037|PT Cat Pelangi Contoh|pt|large|36.71|bangunan.penyelesaian
C0038|Koperasi Pesisir Contoh|koperasi|micro|73.71|pangan.pokok tani.sarana
C0039|PT Kontrol Hama Contoh|pt|small|31.75|jasa.gedung rumah_tangga.pembersih
C0040|CV Servis Andal Contoh|cv|small|32.73|jasa.perawatan kendaraan.suku_cadang
"""


def _read(row: str) -> Firm:
    code, name, form, scale, region, sells = row.split("|")
    return Firm(code, name, form, scale, region, tuple(sells.split()))


FIRMS: Mapping[str, Firm] = MappingProxyType(
    {firm.code: firm for firm in map(_read, _TABLE.strip().splitlines())}
)
