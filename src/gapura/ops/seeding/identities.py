"""People of the sample data whom the civil registry does not confirm: they show a document."""

from gapura.ops.seeding.letters import biodata_pdf
from gapura.ops.seeding.someone import Someone
from gapura.ops.seeding.tales import Teller

# Serials of a NIK for which the played registry finds name, date or both to differ.
DIFFERING = (9999, 9998, 9997)


def shows_document(t: Teller) -> None:
    """Waits for somebody to compare the document."""
    t.do((0, 0), "register")
    t.do((0.1, 0.6), "confirm")
    t.do((0.5, 2), "send_document")


def biodata(who: Someone) -> bytes:
    """The document of this very person."""
    told = who.details
    rows = (
        ("Nama lengkap", told.name.partition(",")[0].upper()),
        ("NIK", told.nik),
        ("Tanggal lahir", f"{who.born:%d-%m-%Y}"),
        ("Jenis kelamin", "PEREMPUAN" if who.woman else "LAKI-LAKI"),
        ("Kewarganegaraan", "WNI"),
    )
    return biodata_pdf(rows)
