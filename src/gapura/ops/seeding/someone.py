"""The people of the sample data: made-up names with sound numbers, each the same in every run."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from types import MappingProxyType

from gapura.accounts.queries import Details, regions
from gapura.ops.seeding.people import nik, staff_number

_MEN = """Ahmad Budi Candra Dedi Eko Fajar Gilang Haris Irfan Joko Kurnia Lukman Mahendra Nugroho
    Oka Pramono Rahmat Sigit Taufik Umar Vino Wayan Yusuf Zainal Arif Bayu Dimas Galih Ketut
    Markus Nyoman Petrus Reza Surya Teguh Yohanes"""
_WOMEN = """Ayu Citra Dewi Endang Fitri Gita Hesti Indah Juwita Kartika Laila Mega Nining Oktavia
    Puspita Ratih Sari Tiara Utami Vera Wulan Yanti Zahra Anisa Bunga Diah Evi Hana Ida Luh Made
    Novita Rina Sulastri Theresia Yuliani"""
_FAMILY = """Setiawan Wijaya Santoso Hidayat Saputra Nugraha Kusuma Lubis Siregar Nasution Harahap
    Ginting Purba Simanjuntak Wibowo Susanto Hartono Gunawan Permana Firmansyah Ramadhan Maulana
    Hakim Syahputra Rumbiak Wenda Tabuni Pattinasarany Latuheru Mandagi Rompas Tumbelaka Suparman
    Prasetyo Atmaja Iskandar Suryana Kurniawan Daulay Batubara"""
_TITLES = ("", "", "", ", S.E.", ", S.T.", ", S.H.", ", S.Sos.", ", A.Md.", ", S.Kom.", ", M.Si.")
# By kind of person: how many in a hundred, and the years of birth.
_KINDS: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {"pns": (68, 1968, 1998), "pppk": (20, 1972, 1999), "tni_polri": (4, 1970, 1996)}
)
MOST = 2000


@dataclass(frozen=True, slots=True)
class Someone:
    """One made-up person; `number` from 1 is also the serial of the NIK. Citizens have no place."""

    number: int
    username: str
    name: str
    woman: bool
    born: date
    kind: str
    region: str
    ip: str
    agency: str = ""
    unit: str = ""

    @property
    def details(self) -> Details:
        """What this person writes into the registration form."""
        return Details(
            kind=self.kind,
            name=self.name,
            nik=nik(self.region, self.born, self.number, woman=self.woman),
            nip=staff_number(self.kind, self.born, self.number, woman=self.woman),
            agency=self.agency,
            username=self.username,
            email=f"{self.username}@contoh.{'go.id' if self.agency else 'id'}",
        )


class Crowd:
    """Makes one person after the other; no two share a username."""

    def __init__(self, rng: Random, places: Sequence[tuple[str, str]]) -> None:
        """`places` are pairs of agency and unit, as often as they are to come up."""
        self._rng, self._places = rng, places
        self._regions = sorted(code for code in regions() if "." in code)
        self._taken: dict[str, int] = {}
        self._made = 0

    def officer(self, agency: str = "") -> Someone:
        """Somebody in public office; at `agency` when it is named."""
        kinds = list(_KINDS)
        kind = self._rng.choices(kinds, [_KINDS[one][0] for one in kinds])[0]
        places = [place for place in self._places if agency in ("", place[0])]
        return self._make(kind, *self._rng.choice(places))

    def citizen(self) -> Someone:
        """Somebody without an office."""
        return self._make("citizen", "", "")

    def _make(self, kind: str, agency: str, unit: str) -> Someone:
        rng = self._rng
        self._made += 1
        woman = rng.random() < 0.5
        first = rng.choice((_WOMEN if woman else _MEN).split())
        last = rng.choice(_FAMILY.split())
        _, earliest, latest = _KINDS.get(kind, (0, 1965, 2002))
        born = date(rng.randint(earliest, latest), 1, 1) + timedelta(days=rng.randint(0, 364))
        return Someone(
            number=self._made,
            username=self._username(first, last),
            name=f"{first} {last}{rng.choice(_TITLES) if agency else ''}",
            woman=woman,
            born=born,
            kind=kind,
            region=rng.choice(self._regions),
            # RFC 5737: addresses that belong to nobody.
            ip=f"198.51.100.{self._made % 250 + 1}",
            agency=agency,
            unit=unit,
        )

    def _username(self, first: str, last: str) -> str:
        plain = re.sub(r"[^a-z.]", "", f"{first}.{last}".lower())
        again = self._taken[plain] = self._taken.get(plain, 0) + 1
        return plain if again == 1 else f"{plain}{again}"
