"""The database engine: moments in UTC, lines that were closed behind us, prepared statements."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection
from django.db.models import DateTimeField, Value
from django.db.models.functions import Cast

from gapura.accounts.models import Person
from gapura.kernel.models import Throttle

AT = datetime(2026, 11, 22, 3, 4, 5, 678901, tzinfo=UTC)


def ask(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return row[0] if row else None


def ask_nothing(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_a_moment_comes_back_in_utc_and_to_the_microsecond() -> None:
    found = ask("SELECT '2026-11-22 10:04:05.678901+07'::timestamptz")
    assert found == AT
    assert isinstance(found, datetime)
    assert found.tzinfo is UTC


@pytest.mark.django_db(transaction=True)
def test_a_line_closed_by_the_server_is_noticed_before_it_is_used() -> None:
    """A restarted database must not cost one failed page for each kept line."""
    ask("SELECT 1")
    assert connection.is_usable()
    assert connection.connection is not None
    with psycopg.connect(connection.connection.info.dsn, password=_password()) as other:
        # The second figure is how many ms to wait until the line is really gone.
        other.execute(
            "SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid]
        )
    assert not connection.is_usable()
    connection.close()
    assert ask("SELECT 1") == 1


def _password() -> str:
    return str(connection.settings_dict["PASSWORD"])


@pytest.mark.django_db
def test_what_is_asked_often_is_prepared_by_the_server() -> None:
    ask_nothing("DEALLOCATE ALL")  # what earlier tests asked
    for _ in range(7):
        assert not Person.objects.filter(username="nobody").exists()
    found = ask("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%username%'")
    assert found == 1


@pytest.mark.django_db
def test_rows_can_be_read_in_pieces() -> None:
    rows = Throttle.objects.annotate(at=Cast(Value(AT), DateTimeField())).iterator(chunk_size=2)
    assert list(rows) == []
