"""A person nobody knows yet, with sound numbers of their own."""

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
        return f"citra.{self.mark}"

    @property
    def email(self) -> str:
        return f"citra.{self.mark}@contoh.go.id"

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
