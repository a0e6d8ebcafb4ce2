"""Monthly tables: where entries lie, that each refuses changes, how old tables are taken over."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from gapura.audit.archive import partitions
from gapura.audit.archive.months import first_id_of, month_of, read, shifted
from gapura.audit.services import seal_all, verify_log
from gapura.kernel import clock
from tests.audit.bundles import find_engine, find_psql
from tests.audit.conftest import Note

OLD = date(2020, 3, 1)


def where(table: str = "audit_event") -> list[str]:
    return [row[0] for row in partitions.rows(f"SELECT tableoid::regclass::text FROM {table}")]


@pytest.fixture
def no_old_month(transactional_db: None) -> Iterator[None]:
    yield
    partitions.drop(OLD)


def test_months_are_said_and_bounded() -> None:
    assert (read("2020-03"), read("2020-13"), read("3020-01")) == (OLD, None, None)
    assert shifted(date(2020, 12, 1), 1) == date(2021, 1, 1)
    assert shifted(OLD, -3) == date(2019, 12, 1)
    assert month_of(first_id_of(OLD)) == OLD
    assert month_of(type(first_id_of(OLD))(int=first_id_of(OLD).int - 1)) == date(2020, 2, 1)


def test_the_database_reckons_the_same_bounds(db: None) -> None:
    for month in (OLD, date(1970, 1, 1), date(2026, 12, 1)):
        assert partitions.rows("SELECT audit_first_id(%s)", [month]) == [(first_id_of(month),)]


def test_an_entry_lies_in_its_month(note: Note) -> None:
    note(1)
    mark = clock.now().strftime("_%Y_%m")
    assert where() == [f"audit_event{mark}"]
    assert set(where("audit_personal")) == {f"audit_personal{mark}"}


def test_months_are_made_ahead_once(db: None) -> None:
    today = datetime.now(UTC).date()
    partitions.make_ahead(today)
    assert {shifted(today.replace(day=1), n) for n in range(4)} <= set(partitions.months_here())
    assert partitions.make_ahead(today) == 0


def test_entries_from_before_their_month_was_made_move_into_it(
    note: Note, no_old_month: None
) -> None:
    with clock.frozen(datetime(2020, 3, 31, 23, 59, tzinfo=UTC)):
        note(1)
    with clock.frozen(datetime(2020, 4, 1, 0, 0, tzinfo=UTC)):
        note(1)
    seal_all()
    assert set(where()) == {"audit_event_other"}
    partitions.rows("SELECT audit_make_month(%s)", [OLD])
    assert sorted(where()) == ["audit_event_2020_03", "audit_event_other"]
    assert verify_log().exit_code == 0


def _tables() -> list[str]:
    rows = partitions.rows(
        "SELECT inhrelid::regclass::text FROM pg_inherits "
        "WHERE inhparent IN ('audit_event'::regclass, 'audit_personal'::regclass)"
    )
    return ["audit_event", "audit_personal", *(row[0] for row in rows)]


def test_every_table_of_the_log_refuses_changes(note: Note) -> None:
    """Attack: name a partition, as a trigger on the whole does not fire for it."""
    note(1)
    for table in _tables():
        deeds = ["DELETE FROM {}"]
        deeds += [] if "personal" in table else ["UPDATE {} SET result = 'done'"]
        for deed in deeds:
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                partitions.rows(deed.format(table))


def test_no_table_of_the_log_can_be_emptied_at_once(note: Note) -> None:
    """Attack: TRUNCATE with the application's own rights, also of one month alone."""
    note(1)
    seal_all()
    more = ["audit_leaf", "audit_node", "audit_checkpoint", "audit_cosignature"]
    for table in (*_tables(), *more):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            _run(f"TRUNCATE {table}")


def test_a_month_made_later_or_brought_back_cannot_be_emptied(no_old_month: None) -> None:
    """Attack: TRUNCATE of a table that came to be after the others were frozen."""
    for make in (_make_old_month, _bring_old_month_back):
        with transaction.atomic():
            make()
        for table in ("audit_event_2020_03", "audit_personal_2020_03"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                _run(f"TRUNCATE {table}")


def _make_old_month() -> None:
    partitions.rows("SELECT audit_make_month(%s)", [OLD])


def _bring_old_month_back() -> None:
    partitions.hold(OLD)
    partitions.drop(OLD)
    partitions.make_beside(OLD, "_coming")
    partitions.take_in(OLD, "_coming")


def test_a_dump_brings_the_guards_along_and_is_not_stopped_by_them(
    sealed: list[UUID], no_old_month: None, tmp_path: Path
) -> None:
    """Several lines at once load into tables that they empty first; the guards come after that."""
    engine = find_engine()
    if engine is None:
        pytest.skip("NOT RUN: the engine was given, its superuser is not ours")
    programs, address = engine
    partitions.rows("SELECT audit_make_month(%s)", [OLD])
    copy, dump = "audit_trial_copy", str(tmp_path / "dump")
    there = f"{address.rpartition('/')[0]}/{copy}"
    _tool(programs, "pg_dump", "-Fc", "-f", dump, address)
    _tool(programs, "psql", "-Xqc", f"CREATE DATABASE {copy}", address)
    try:
        _tool(programs, "pg_restore", "--exit-on-error", "-j2", "-d", there, dump)
        for table in (*_tables(), "audit_leaf", "audit_event_2020_03"):
            said = _tool(programs, "psql", "-Xqc", f"TRUNCATE {table}", there, fails=True)
            assert "append-only" in said
        count = "SELECT count(*) FROM audit_event"
        assert int(_tool(programs, "psql", "-XqAtc", count, there)) == 11
    finally:
        _tool(programs, "psql", "-Xqc", f"DROP DATABASE {copy}", address)


def _tool(programs: Path, name: str, *words: str, fails: bool = False) -> str:
    answer = subprocess.run(
        [str(programs / name), *words], capture_output=True, text=True, timeout=60
    )
    assert bool(answer.returncode) is fails, answer.stderr
    return answer.stderr if fails else answer.stdout


@pytest.fixture
def limited(transactional_db: None) -> Iterator[str]:
    """A role that may read and write every table and owns none."""
    psql = find_psql()
    if psql is None:
        pytest.skip("NOT RUN: the engine was given, its superuser is not ours")
    role, owner = "audit_trial_app", connection.settings_dict["USER"]
    psql(f"CREATE ROLE {role}; GRANT {role} TO {owner}; GRANT USAGE ON SCHEMA public TO {role}")
    _run(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
    yield role
    psql(f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_the_application_needs_not_own_the_log(
    note: Note, no_old_month: None, limited: str
) -> None:
    """Attack: what owns no table cannot drop one or turn its triggers off, yet the log goes on."""
    _run(f"SET ROLE {limited}")
    try:
        note(1)
        seal_all()
        partitions.rows("SELECT audit_make_month(%s)", [OLD])
        for deed in ("DROP TABLE audit_event", "ALTER TABLE audit_leaf DISABLE TRIGGER USER"):
            with pytest.raises(DatabaseError, match="must be owner"), transaction.atomic():
                _run(deed)
    finally:
        _run("RESET ROLE")
    assert verify_log().exit_code == 0


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_partitions_have_the_indexes_of_the_whole(db: None) -> None:
    counts = dict(
        partitions.rows(
            "SELECT indrelid::regclass::text, count(*) FROM pg_index "
            "WHERE indrelid::regclass::text LIKE 'audit_event%' AND indisvalid GROUP BY 1"
        )
    )
    assert len(set(counts.values())) == 1
    assert counts["audit_event_other"] == 14


@pytest.fixture
def elsewhere(transactional_db: None) -> Iterator[None]:
    """A place for tables of the same names."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA before")
        yield
        cursor.execute("RESET search_path; DROP SCHEMA before CASCADE")


def _apply(name: str, state: Any) -> Any:
    migration = import_module(f"gapura.audit.migrations.{name}").Migration(name, "audit")
    with connection.schema_editor() as editor:
        return migration.apply(state, editor)


def test_the_migration_takes_over_what_is_there(note: Note, elsewhere: None) -> None:
    note(3)
    with connection.cursor() as cursor:
        cursor.execute("SET search_path = before")
    state = MigrationLoader(connection).project_state(("kernel", "0001_initial"))
    for name in ("0001_initial", "0002_append_only"):
        state = _apply(name, state)
    columns = "event_id, part, person, sealed, erased_by"
    partitions.rows("INSERT INTO audit_event SELECT * FROM public.audit_event RETURNING 1")
    partitions.rows(
        f"INSERT INTO audit_personal ({columns}) SELECT {columns} FROM public.audit_personal "
        "RETURNING 1"
    )
    _apply("0003_monthly_partitions", state)
    for table in ("audit_event", "audit_personal"):
        every = "SELECT to_jsonb(t)::text FROM {} t ORDER BY 1"
        assert partitions.rows(every.format(table)) == partitions.rows(
            every.format(f"public.{table}")
        )
    assert set(where()) == {f"audit_event{clock.now().strftime('_%Y_%m')}"}
