"""People and a company that nobody knows yet, with sound numbers of their own."""

import secrets
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from gapura.ops.seeding.people import nik, staff_number

_serials = count(1)
BORN = date(1990, 4, 12)
AGENCY = "Pemerintah Provinsi Jawa Barat"
UNIT = "Dinas Kesehatan"


@dataclass(frozen=True)
class Newcomer:
    """What somebody knows about themselves at registration."""

    name: str = "Citra Maharani, S.E."
    mark: str = field(default_factory=lambda: secrets.token_hex(4))
    serial: int = field(default_factory=lambda: next(_serials))

    @property
    def username(self) -> str:
        return f"{self.name.split()[0].casefold()}.{self.mark}"

    @property
    def email(self) -> str:
        return f"{self.username}@contoh.go.id"

    @property
    def next_email(self) -> str:
        return f"maharani.{self.mark}@contoh.go.id"

    @property
    def password(self) -> str:
        return f"perahu kertas {self.mark} berlayar"

    @property
    def next_password(self) -> str:
        return f"gajah ungu {self.mark} menenun"

    @property
    def nik(self) -> str:
        return nik("32.73", BORN, self.serial, woman=True)

    @property
    def nip(self) -> str:
        return staff_number("pns", BORN, self.serial, woman=True)


@dataclass(frozen=True)
class Owner(Newcomer):
    """A citizen who owns a company: a small PT, as the eighth and ninth digit of its NIB say."""

    name: str = "Ratih Permatasari"

    @property
    def phone(self) -> str:
        return f"+62812{int(self.mark, 16) % 10**8:08d}"

    @property
    def nib(self) -> str:
        return f"{int(self.mark, 16) % 10**7:07d}411234"


@dataclass(frozen=True)
class Goods:
    """A product that nobody else offers under this name; prices in rupiah without tax."""

    mark: str
    price: int = 15_500_000
    next_price: int = 15_000_000
    stock: int = 60

    @property
    def name(self) -> str:
        return f"Laptop Sagara 14 inci {self.mark}"

    @property
    def description(self) -> str:
        return "Laptop untuk pekerjaan kantor, dengan pengisi daya dan tas di dalam kemasan."

    @property
    def next_description(self) -> str:
        return f"{self.description} Papan ketiknya tahan tumpahan air."
