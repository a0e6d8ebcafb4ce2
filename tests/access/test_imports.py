"""Files of officers: what is taken and what is not, line by line; nothing is half done."""

import csv
import io
import zipfile
from uuid import UUID

import pytest
from openpyxl import Workbook

from gapura.access import services
from gapura.access.errors import (
    ImportOpen,
    LetterNotOpen,
    LinesFaulty,
    NoSuchImport,
    NotTaken,
)
from gapura.access.models import Appointment, Import, ImportLine
from gapura.access.officers import COLUMNS
from gapura.access.queries import error_file, faulty_lines, import_for
from gapura.access.rules.sheets import Unreadable, read_lines
from gapura.accounts.models import Person
from gapura.kernel.actor import system_actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.organizations.errors import NoSuchLetter
from tests.access import world
from tests.access.registered import check, csv_of, enter, name, nik_of

SYSTEM = system_actor("import")
pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture
def keeper(places: None) -> Person:
    """The administrator of agency T1."""
    return world.holder("keeper", "admin_instansi", "T1")


@pytest.fixture
def letter(keeper: Person) -> UUID:
    """A letter that waits to be checked and names nobody yet."""
    return enter(keeper)


def judged(keeper: Person, letter: UUID, content: bytes, called: str = "a.csv") -> Import:
    """A file after its dry run."""
    actor = world.actor(keeper)
    run = services.begin_import(actor=actor, letter_id=letter, name=called, content=content)
    services.judge_import(actor=SYSTEM, import_id=run)
    return Import.objects.get(pk=run)


def faults(run: Import) -> dict[int, dict[str, str]]:
    """What is wrong, by the number of the line."""
    rows = ImportLine.objects.filter(run=run).exclude(problems={})
    return dict(rows.values_list("number", "problems"))


def line(number: int, role: str = "ppk", unit: str = "T1.1", called: str = "Budi Santoso") -> str:
    """One sound line."""
    return f"{nik_of(number)},{called},{role},{unit}"


def test_a_file_is_judged_without_any_effect_and_then_taken_over(
    keeper: Person, letter: UUID
) -> None:
    run = judged(keeper, letter, csv_of(*(line(n) for n in range(5))))
    assert (run.state, run.lines, run.faulty, run.content) == ("judged", 5, 0, None)
    assert not Appointment.objects.exists()
    services.start_import(actor=world.actor(keeper), import_id=run.id)
    services.run_import(actor=SYSTEM, import_id=run.id)
    run.refresh_from_db()
    assert (run.state, run.done) == ("finished", 5)
    assert Appointment.objects.filter(letter=letter, state="named").count() == 5
    assert not ImportLine.objects.filter(run=run).exists()


def test_every_faulty_line_is_told_with_all_its_faults(
    keeper: Person, verifier: Person, letter: UUID
) -> None:
    citizen = world.person("warga", kind="citizen")
    busy, same = world.person("sibuk"), world.person("sama")
    world.active(busy, verifier, "bendahara")
    world.active(same, verifier, "ppk")
    content = csv_of(
        line(1),
        f"3273,X,raja,{'T2.1'}",
        line(1),
        *(line(2, unit=""), line(3, unit="T9.9")),
        f'{nik_of(4)},"=HYPERLINK(""http://x"")",ppk,T1.1',
        f"{nik_of(5)},@SUM(A1),ppk,T1.1",
        f"{citizen.nik},Warga,ppk,T1.1",
        f"{busy.nik},Sibuk,ppk,T1.2",
        f"{same.nik},Sama,ppk,T1.1",
        line(6, role="kurator"),
        line(7, role="pa"),
        "3.27301E+15,Budi Santoso,ppk,T1.1",
        line(8, role="bendahara"),
        line(8, role="ppspm"),
        f"{nik_of(9)},Budi,ppk,T1.1,lebih",
    )
    assert faults(judged(keeper, letter, content)) == {
        3: {"nik": "nik", "name": "name", "role": "role"},
        4: {"line": "twice"},
        5: {"unit": "unit_missing"},
        6: {"unit": "unit"},
        7: {"name": "formula"},
        8: {"name": "formula"},
        9: {"role": "kind"},
        10: {"role": "conflict"},
        11: {"line": "held"},
        12: {"role": "role"},
        13: {"role": "role_outside"},
        14: {"nik": "nik_number"},
        16: {"role": "conflict"},
        17: {"line": "columns"},
    }


def test_a_unit_of_another_agency_and_days_beyond_the_letter(keeper: Person, letter: UUID) -> None:
    head = "NIK;Nama;Peran;Unit;Mulai;Selesai"
    content = csv_of(
        f"{nik_of(1)};Budi Santoso;ppk;T2.1;;",
        f"{nik_of(2)};Budi Santoso;ppk;T1.1;2020-01-01;31/12/2099",
        f"{nik_of(3)};Budi Santoso;ppk;T1.1;besok;",
        head=head,
    )
    assert faults(judged(keeper, letter, content)) == {
        2: {"unit": "unit_elsewhere"},
        3: {"valid_from": "beyond", "valid_until": "beyond"},
        4: {"valid_from": "date"},
    }


def test_nobody_learns_of_an_account_by_trying_numbers(keeper: Person, letter: UUID) -> None:
    """A NIK without the name that goes with it tells nothing of its account."""
    citizen = world.person("warga", kind="citizen")
    run = judged(keeper, letter, csv_of(f"{citizen.nik},Orang Lain,ppk,T1.1"))
    assert faults(run) == {}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_and_separators_of_the_field(encoding: str, separator: str) -> None:
    text = f"NIK,Nama,Peran\n{nik_of(1)},José Müller,ppk\n".replace(",", separator)
    (found,) = read_lines(text.encode(encoding), COLUMNS, 10)
    assert found.cells["name"] == "José Müller"
    assert found.faults == {}


def test_lines_of_another_encoding_are_told_apart() -> None:
    content = (
        f"NIK,Nama,Peran\n{nik_of(1)},José,ppk\n".encode()
        + f"{nik_of(2)},Müller,ppk\n".encode("cp1252")
    )
    one, two = read_lines(content, COLUMNS, 10)
    assert one.faults == {}
    assert (two.cells["name"], two.faults) == ("Müller", {"name": "encoding"})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "headings"),
        (b"NIK,Nama,Peran\n", "empty"),
        (b"NIK,Nama\n1,2\n", "headings"),
        (b"NIK,NIK,Nama,Peran\n1,1,2,3\n", "headings"),
        (b"\xff\xfeA", "encoding"),
        (b"PK\x03\x04 broken", "malformed"),
        (b"NIK,Nama,Peran\n\x81\x8d,x,y\n", "encoding"),
        (b"NIK,Nama,Peran\n" + b'"' + b"x" * 200_000, "malformed"),
    ],
)
def test_what_is_no_file_of_officers(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        read_lines(content, COLUMNS, 10)


def sheet(*rows: list[object]) -> bytes:
    """A spreadsheet."""
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_a_spreadsheet_with_numbers_dates_and_formulas() -> None:
    from datetime import datetime

    content = sheet(
        ["NIK", "Nama", "Peran", "Selesai"],
        [nik_of(1), "Budi Santoso", "ppk", datetime(2026, 12, 31)],
        [3273010101800001, "Budi", "ppk", None],
        [nik_of(2), "=1+1", "ppk", None],
        [None, None, None, None],
    )
    good, number, formula = read_lines(content, COLUMNS, 10)
    assert (good.cells["valid_until"], good.faults) == ("2026-12-31", {})
    assert number.faults == {"nik": "nik_number"}
    assert formula.faults == {"name": "formula"}


def test_a_zip_bomb_is_not_unpacked() -> None:
    """CWE-409: a small file that says it becomes a large one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * (100 * 1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    with pytest.raises(Unreadable, match="large"):
        read_lines(out.getvalue(), COLUMNS, 10)


def test_an_entity_bomb_is_not_expanded() -> None:
    """CWE-776: entities that name each other."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aa">]><workbook/>')
    with pytest.raises(Unreadable, match="malformed"):
        read_lines(out.getvalue(), COLUMNS, 10)


def test_a_sheet_that_claims_a_far_row_ends() -> None:
    """Rows that are only counted, never filled, are bounded, too."""
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["NIK", "Nama", "Peran"])
    book.active.cell(row=1_048_576, column=1, value=nik_of(1))
    book.save(out)
    with pytest.raises(Unreadable, match="lines"):
        read_lines(out.getvalue(), COLUMNS, 100)


def test_more_lines_than_the_rule_allows(keeper: Person, letter: UUID) -> None:
    content = csv_of(*(line(n) for n in range(12)))
    with pytest.raises(Unreadable, match="lines"):
        read_lines(content, COLUMNS, 11)
    assert len(read_lines(content, COLUMNS, 12)) == 12


def test_a_hundred_thousand_lines_are_read_and_one_more_is_not() -> None:
    """The rule `import_lines`; the file stays far under the size that is taken."""
    content = csv_of(*(line(n) for n in range(100_000)))
    assert len(read_lines(content, COLUMNS, 100_000)) == 100_000
    with pytest.raises(Unreadable, match="lines"):
        read_lines(content + b"\n" + line(1).encode(), COLUMNS, 100_000)


def test_a_file_that_cannot_be_read_names_nobody(keeper: Person, letter: UUID) -> None:
    run = judged(keeper, letter, b"PK\x03\x04 broken", "a.xlsx")
    assert (run.state, run.reason, run.content) == ("refused", "malformed", None)
    judged(keeper, letter, csv_of(line(1)))


def test_faulty_lines_hold_the_whole_file_unless_they_are_left_out(
    keeper: Person, letter: UUID
) -> None:
    run = judged(keeper, letter, csv_of(line(1), line(2, role="raja"), line(3)))
    actor = world.actor(keeper)
    with pytest.raises(LinesFaulty):
        services.start_import(actor=actor, import_id=run.id)
    services.start_import(actor=actor, import_id=run.id, leave_out=True)
    services.run_import(actor=SYSTEM, import_id=run.id)
    assert Appointment.objects.count() == 2
    (left,) = faulty_lines(actor, run.id)
    assert (left.number, left.faults) == (3, {"role": "role"})


def test_a_file_with_nothing_sound_is_never_started(keeper: Person, letter: UUID) -> None:
    run = judged(keeper, letter, csv_of(line(1, role="raja")))
    with pytest.raises(LinesFaulty):
        services.start_import(actor=world.actor(keeper), import_id=run.id, leave_out=True)


def test_the_error_file_is_safe_to_open(keeper: Person, letter: UUID) -> None:
    """CWE-1236: a cell that was a formula is none in the answer."""
    run = judged(keeper, letter, csv_of(f"{nik_of(1)},=1+1,ppk,T1.1", line(2)))
    text = error_file(world.actor(keeper), run.id).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 2
    assert rows[1][0] == "2"
    assert rows[1][3] == "'=1+1"


@pytest.mark.parametrize("who", ["outsider", "officer", "auditor", "weak"])
def test_who_may_not_hand_in_or_carry_out(
    who: str, keeper: Person, outsider: Person, letter: UUID
) -> None:
    run = judged(keeper, letter, csv_of(line(1)))
    actor = {
        "outsider": lambda: world.actor(outsider),
        "officer": lambda: world.actor(world.person("officer")),
        "auditor": lambda: world.actor(world.holder("auditor", "apip", "T1")),
        "weak": lambda: world.actor(keeper, acr=1),
    }[who]()
    with pytest.raises((Refused, NoSuchLetter)):
        services.begin_import(actor=actor, letter_id=letter, name="a", content=b"x")
    for act in (services.start_import, services.drop_import):
        with pytest.raises((Refused, NoSuchImport)):
            act(actor=actor, import_id=run.id)
    with pytest.raises(NoSuchImport):
        import_for(actor, run.id)


def test_one_file_of_a_letter_at_a_time(keeper: Person, letter: UUID) -> None:
    run = judged(keeper, letter, csv_of(line(1)))
    actor = world.actor(keeper)
    with pytest.raises(ImportOpen):
        services.begin_import(actor=actor, letter_id=letter, name="b", content=b"x")
    services.drop_import(actor=actor, import_id=run.id)
    with pytest.raises(NoSuchMove):
        services.start_import(actor=actor, import_id=run.id)
    assert not ImportLine.objects.exists()
    judged(keeper, letter, csv_of(line(1)))


def test_starting_twice_names_once(keeper: Person, letter: UUID) -> None:
    run = judged(keeper, letter, csv_of(line(1), line(2)))
    actor = world.actor(keeper)
    services.start_import(actor=actor, import_id=run.id)
    with pytest.raises(NoSuchMove):
        services.start_import(actor=actor, import_id=run.id)
    services.run_import(actor=SYSTEM, import_id=run.id)
    services.run_import(actor=SYSTEM, import_id=run.id)
    assert Appointment.objects.count() == 2


def test_a_letter_is_not_checked_while_a_file_is_taken_over(
    keeper: Person, verifier: Person, letter: UUID
) -> None:
    name(keeper, letter, nik_of(100))
    run = judged(keeper, letter, csv_of(line(1)))
    services.start_import(actor=world.actor(keeper), import_id=run.id)
    with pytest.raises(ImportOpen):
        check(verifier, letter)
    services.run_import(actor=SYSTEM, import_id=run.id)
    check(verifier, letter)


def test_a_judged_file_is_forgotten_when_its_letter_is_checked(
    keeper: Person, verifier: Person, letter: UUID
) -> None:
    name(keeper, letter, nik_of(100))
    run = judged(keeper, letter, csv_of(line(1)))
    check(verifier, letter)
    run.refresh_from_db()
    assert run.state == "dropped"
    with pytest.raises((NoSuchMove, LetterNotOpen)):
        services.start_import(actor=world.actor(keeper), import_id=run.id)


def test_an_empty_file_is_not_taken(keeper: Person, letter: UUID) -> None:
    with pytest.raises(NotTaken):
        services.begin_import(actor=world.actor(keeper), letter_id=letter, name="", content=b"")


def test_the_officers_of_an_earlier_letter_come_as_a_file(
    keeper: Person, verifier: Person, letter: UUID
) -> None:
    known = world.person("officer")
    name(keeper, letter, known)
    name(keeper, letter, nik_of(1), name="Budi Santoso")
    check(verifier, letter)
    new = enter(keeper, number="821/2/2027", replaces=letter)
    run = services.copy_officers(actor=world.actor(keeper), letter_id=new, source=letter)
    services.judge_import(actor=SYSTEM, import_id=run)
    row = Import.objects.get(pk=run)
    assert (row.lines, row.faulty) == (2, 0)


def test_a_killed_run_goes_on_where_it_stopped(
    keeper: Person, letter: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gapura.access.services import import_runs

    monkeypatch.setattr(import_runs, "BATCH", 3)
    actor = world.actor(keeper)
    content = csv_of(*(line(n) for n in range(10)), line(2))
    run = services.begin_import(actor=actor, letter_id=letter, name="a", content=content)
    _killed_after(monkeypatch, "_judge_batch", 2)
    with pytest.raises(KeyboardInterrupt):
        services.judge_import(actor=SYSTEM, import_id=run)
    assert Import.objects.get(pk=run).done == 6
    services.judge_import(actor=SYSTEM, import_id=run)
    row = Import.objects.get(pk=run)
    assert (row.state, row.done) == ("judged", 11)
    assert faults(row) == {12: {"line": "twice"}}
    services.start_import(actor=actor, import_id=run, leave_out=True)
    _killed_after(monkeypatch, "_run_batch", 2)
    with pytest.raises(KeyboardInterrupt):
        services.run_import(actor=SYSTEM, import_id=run)
    assert Appointment.objects.count() == 6
    services.run_import(actor=SYSTEM, import_id=run)
    assert Appointment.objects.count() == 10


def _killed_after(monkeypatch: pytest.MonkeyPatch, function: str, times: int) -> None:
    """Let it run so many times; the next call is where the worker dies, and then all is well."""
    from gapura.access.services import import_runs

    real = getattr(import_runs, function)
    calls: list[int] = []

    def once(*args: object, **keywords: object) -> object:
        calls.append(1)
        if len(calls) == times + 1:
            raise KeyboardInterrupt
        return real(*args, **keywords)

    monkeypatch.setattr(import_runs, function, once)
