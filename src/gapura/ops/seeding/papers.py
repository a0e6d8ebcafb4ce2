"""The letters of the sample data: one content per role, or one for a very person."""

from datetime import date
from functools import cache

from django.utils.formats import date_format
from django.utils.translation import gettext, override

from gapura.access.queries import ROLES
from gapura.kernel import clock
from gapura.ops.seeding.letters import letter_pdf
from gapura.ops.seeding.someone import Someone
from gapura.ops.seeding.walk import Paper, validity
from gapura.organizations.queries import agency, unit

_SIGNER, _POSITION = "Drs. H. Contoh Sekretaris, M.Si.", "Sekretaris"
_WEIGHING = """Menimbang bahwa untuk kelancaran dan ketertiban pengadaan barang/jasa perlu
    ditetapkan pejabat yang memenuhi syarat."""
# Every so many letters one ends a year before the form says so: something for a verifier to find.
_SLIP = 6
_ENDING = """Keputusan ini mulai berlaku pada tanggal ditetapkan. Apabila terdapat kekeliruan akan
    diperbaiki sebagaimana mestinya."""


@cache
def shared(role: str) -> Paper:
    """A letter that appoints many: a file is examined once, and copies of it are quick."""
    number = f"800/{_number(role)}/CONTOH"
    appointing = f"""Memutuskan menetapkan nama-nama dalam lampiran sebagai {_office(role)} pada
        satuan kerja masing-masing."""
    return _paper(role, "Lembaga Contoh", number, appointing)


def personal(who: Someone, role: str) -> Paper:
    """A letter handed in now, naming person, role, place and dates: a verifier compares."""
    place = agency(who.agency).name
    where = f"{unit(who.unit).name} {place}" if who.unit else place
    number = f"821/{who.number:03d}/CONTOH"
    appointing = f"""Memutuskan menetapkan {who.name} sebagai {_office(role)} pada {where}."""
    signed, last = validity(clock.now())
    if who.number % _SLIP == 0:
        last = last.replace(year=last.year - 1)
    dates = f"""Ditetapkan pada {_day(signed)} dan berlaku sampai dengan {_day(last)}."""
    return _paper(role, place, number, appointing, dates)


def _paper(role: str, place: str, number: str, *paragraphs: str) -> Paper:
    about = f"Penetapan {_office(role)}"
    content = letter_pdf(place, number, about, (_WEIGHING, *paragraphs, _ENDING), _SIGNER)
    return Paper(f"sk-{role}.pdf", content, number, _SIGNER, _POSITION)


def _day(day: date) -> str:
    with override("id"):
        return date_format(day, "j F Y")


def _office(role: str) -> str:
    with override("id"):
        return gettext(ROLES[role].name)


def _number(role: str) -> int:
    return 100 + list(ROLES).index(role)
