"""Writes organizations/reference/units.csv: the usual units of each kind of agency, as patterns."""

import csv
from collections.abc import Iterator
from pathlib import Path

REFERENCE = Path(__file__).parent.parent / "src/gapura/organizations/reference"

# A unit's name, and after "<" the name of the unit it is part of. After the usual organization of
# ministries (Perpres 68/2019), agencies, and local governments (PP 18/2016).
MINISTRY = """
Sekretariat Jenderal
Biro Umum dan Pengadaan Barang/Jasa < Sekretariat Jenderal
Biro Keuangan dan Barang Milik Negara < Sekretariat Jenderal
Biro Perencanaan < Sekretariat Jenderal
Biro Sumber Daya Manusia < Sekretariat Jenderal
Pusat Data dan Informasi < Sekretariat Jenderal
Inspektorat Jenderal
Badan Pengembangan Sumber Daya Manusia
"""
COORDINATING = """
Sekretariat Kementerian Koordinator
Biro Umum dan Pengadaan Barang/Jasa < Sekretariat Kementerian Koordinator
Biro Keuangan dan Perencanaan < Sekretariat Kementerian Koordinator
Biro Komunikasi dan Informasi < Sekretariat Kementerian Koordinator
Inspektorat
"""
AGENCY = """
Sekretariat Utama
Biro Umum dan Pengadaan Barang/Jasa < Sekretariat Utama
Biro Perencanaan dan Keuangan < Sekretariat Utama
Biro Sumber Daya Manusia dan Hukum < Sekretariat Utama
Pusat Data dan Informasi < Sekretariat Utama
Inspektorat Utama
"""
COUNCIL = """
Sekretariat Jenderal
Biro Umum < Sekretariat Jenderal
Biro Perencanaan dan Keuangan < Sekretariat Jenderal
Biro Sumber Daya Manusia < Sekretariat Jenderal
Inspektorat
"""
PROVINCE = """
Sekretariat Daerah
Biro Pengadaan Barang dan Jasa < Sekretariat Daerah
Biro Umum < Sekretariat Daerah
Sekretariat DPRD
Inspektorat Daerah
Badan Pengelolaan Keuangan dan Aset Daerah
Badan Perencanaan Pembangunan Daerah
Dinas Pendidikan
Dinas Kesehatan
Rumah Sakit Umum Daerah Provinsi < Dinas Kesehatan
Dinas Pekerjaan Umum dan Penataan Ruang
Dinas Perhubungan
Dinas Komunikasi dan Informatika
"""
LOCAL = """
Sekretariat Daerah
Bagian Pengadaan Barang dan Jasa < Sekretariat Daerah
Bagian Umum < Sekretariat Daerah
Sekretariat DPRD
Inspektorat Daerah
Badan Keuangan dan Aset Daerah
Badan Perencanaan Pembangunan Daerah
Dinas Pendidikan
Dinas Kesehatan
Rumah Sakit Umum Daerah < Dinas Kesehatan
Dinas Pekerjaan Umum dan Penataan Ruang
Dinas Komunikasi dan Informatika
"""
ARMED = """
Markas Besar
Staf Logistik < Markas Besar
Pusat Keuangan < Markas Besar
Inspektorat Jenderal < Markas Besar
"""
USUAL = {
    "ministry": MINISTRY,
    "agency": AGENCY,
    "province": PROVINCE,
    "regency": LOCAL,
    "city": LOCAL,
}
OWN = {
    "L29": COUNCIL.replace("Sekretariat Jenderal", "Jaksa Agung Muda Bidang Pembinaan"),
    "L30": ARMED + "Pusat Teknologi Informasi dan Komunikasi < Markas Besar\n",
    "L31": ARMED + "Angkatan Darat\nAngkatan Laut\nAngkatan Udara\n",
    "L33": COUNCIL.replace("Sekretariat Jenderal", "Badan Urusan Administrasi"),
    **dict.fromkeys(("L32", "L34", "L35", "L36", "L37", "L38"), COUNCIL),
    **dict.fromkeys(("L39", "L40", "L41", "L42", "L43", "L45"), COUNCIL),
}
# Directorates general and the like, where the big spenders are.
ALSO = {
    "K16": "Direktorat Jenderal Anggaran\nDirektorat Jenderal Pajak\n"
    "Direktorat Jenderal Bea dan Cukai\nDirektorat Jenderal Perbendaharaan\n"
    "Direktorat Jenderal Kekayaan Negara\n",
    "K17": "Direktorat Jenderal Guru, Tenaga Kependidikan, dan Pendidikan Guru\n",
    "K20": "Direktorat Jenderal Kesehatan Lanjutan\n"
    "Direktorat Jenderal Farmasi dan Alat Kesehatan\n"
    "RSUP Dr. Cipto Mangunkusumo < Direktorat Jenderal Kesehatan Lanjutan\n",
    "K27": "Direktorat Jenderal Bina Marga\nDirektorat Jenderal Sumber Daya Air\n"
    "Direktorat Jenderal Cipta Karya\nDirektorat Jenderal Bina Konstruksi\n",
    "K31": "Direktorat Jenderal Perhubungan Darat\nDirektorat Jenderal Perhubungan Laut\n"
    "Direktorat Jenderal Perhubungan Udara\nDirektorat Jenderal Perkeretaapian\n",
    "K33": "Direktorat Jenderal Tanaman Pangan\nDirektorat Jenderal Hortikultura\n",
}
EAST = {"91", "92", "93", "94", "95", "96", "81", "82"}
MIDDLE = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
ZONE_OF_CODE = {"L27": "Asia/Makassar"}


def zone(code: str, region: str) -> str:
    """The time zone of an agency's seat (Keppres 41/1987): by province, else Jakarta's."""
    province = region[:2]
    if province in EAST:
        return "Asia/Jayapura"
    if province in MIDDLE:
        return "Asia/Makassar"
    return ZONE_OF_CODE.get(code, "Asia/Jakarta")


def pattern(agency: dict[str, str]) -> str:
    """The units' names of one agency, one a line."""
    coordinating = agency["name"].startswith("Kementerian Koordinator")
    usual = COORDINATING if coordinating else USUAL[agency["kind"]]
    return OWN.get(agency["code"], usual) + ALSO.get(agency["code"], "")


def units(agency: dict[str, str]) -> Iterator[dict[str, str]]:
    """Rows with codes `K01.001`, a parent always before its parts."""
    codes: dict[str, str] = {}
    for number, line in enumerate(pattern(agency).split("\n")[1:-1], start=1):
        name, _, parent = line.partition(" < ")
        codes[name] = f"{agency['code']}.{number:03d}"
        yield {
            "code": codes[name],
            "agency": agency["code"],
            "parent": codes[parent] if parent else "",
            "name": name,
            "zone": zone(agency["code"], agency["region"]),
        }


def all_units() -> Iterator[dict[str, str]]:
    """Every unit of every agency in agencies.csv."""
    with (REFERENCE / "agencies.csv").open(encoding="utf-8", newline="") as lines:
        for agency in csv.DictReader(lines):
            yield from units(agency)


def main() -> None:
    """Write the file."""
    with (REFERENCE / "units.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(
            out, ["code", "agency", "parent", "name", "zone"], lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(all_units())


if __name__ == "__main__":
    main()
