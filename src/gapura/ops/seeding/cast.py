"""The demo's people as a table: who they are and which roles they hold, the main one first."""

from dataclasses import dataclass
from datetime import date

HOME = "D32"
ABROAD = "D3578"
PLATFORM = "L01"
PURCHASING, EDUCATION, HEALTH = "D32.002", "D32.008", "D32.009"
ABROAD_UNIT = "D3578.009"
COMPANY, COMPANY_NAME = "C0001", "PT Nusantara Contoh Sejahtera"


@dataclass(frozen=True, slots=True)
class Post:
    """One role at one place; the place is what the role's scope asks for."""

    role: str
    agency: str = ""
    unit: str = ""
    company: str = ""


@dataclass(frozen=True, slots=True)
class Persona:
    """One person of the demo; `agency` is the home agency, empty for citizens."""

    username: str
    name: str
    born: date
    woman: bool
    kind: str
    agency: str
    posts: tuple[Post, ...] = ()

    @property
    def email(self) -> str:
        """A mailbox under a name that nobody can own: mail stays in the demo's own window."""
        return f"{self.username}@contoh.{'go.id' if self.agency else 'id'}"


def _unit(role: str, unit: str, agency: str = HOME) -> Post:
    return Post(role, agency=agency, unit=unit)


def _agency(role: str) -> Post:
    return Post(role, agency=HOME)


# In the order in which they came: each is let in by somebody above in the table.
CAST = (
    Persona("admin", "Ratna Kusumawardani, S.Kom., M.T.", date(1979, 3, 14), True, "pns", PLATFORM,
            (Post("admin_platform"),)),
    Persona("verifikator", "Hendra Gunawan, S.H.", date(1983, 11, 2), False, "pns", HOME,
            (_agency("verifikator"),)),
    Persona("verifikator2", "Lestari Widyaningsih, S.Sos.", date(1987, 6, 25), True, "pns", HOME,
            (_agency("verifikator"),)),
    Persona("admin_instansi", "Agus Priyatna, S.IP.", date(1985, 1, 30), False, "pns", HOME,
            (_agency("admin_instansi"),)),
    Persona("apip", "Dewi Anggraeni, S.E., Ak.", date(1981, 9, 9), True, "pns", HOME,
            (_agency("apip"),)),
    Persona("pa", "Bambang Suhendar, M.Si.", date(1972, 4, 18), False, "pns", HOME,
            (_unit("pa", HEALTH),)),
    Persona("kpa", "Yuliana Marpaung, M.K.M.", date(1976, 12, 5), True, "pns", HOME,
            (_unit("kpa", HEALTH),)),
    Persona("ppk", "Rizky Ramadhan, S.T.", date(1988, 8, 21), False, "pns", HOME,
            (_unit("ppk", HEALTH), _unit("pp", EDUCATION))),
    Persona("pp", "Siti Nurhaliza Rahmawati, A.Md.", date(1992, 2, 11), True, "pppk", HOME,
            (_unit("pp", HEALTH),)),
    Persona("bendahara", "Maria Goretti Simbolon, S.E.", date(1984, 7, 3), True, "pns", HOME,
            (_unit("bendahara", HEALTH),)),
    Persona("luar", "Wahyu Setiawan, S.T.", date(1986, 10, 28), False, "pns", ABROAD,
            (_unit("ppk", ABROAD_UNIT, ABROAD),)),
    Persona("kurator", "I Made Wirawan, S.T.", date(1989, 5, 16), False, "pns", PLATFORM,
            (Post("kurator"),)),
    Persona("helpdesk", "Nadia Safitri", date(1996, 3, 27), True, "pppk", PLATFORM,
            (Post("helpdesk"),)),
    Persona("penyedia", "Johan Tanuwijaya", date(1978, 6, 7), False, "citizen", "",
            (Post("admin_perusahaan", company=COMPANY),)),
    Persona("staf", "Putri Ayu Lestari", date(1997, 1, 19), True, "citizen", "",
            (Post("staf_perusahaan", company=COMPANY),)),
    Persona("warga", "Slamet Riyadi", date(1990, 8, 17), False, "citizen", ""),
)  # fmt: skip
