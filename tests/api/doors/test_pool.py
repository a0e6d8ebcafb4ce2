"""The doors' connections: two for all, so none may be held for long."""

import pytest

from gapura.api.doors import pool
from tests.asgi import run


@pytest.mark.django_db
def test_no_statement_of_a_door_holds_its_connection_for_long() -> None:
    """Attack: questions that the database answers by reading everything, two at a time."""

    async def ask() -> str:
        try:
            async with pool.connection() as line:
                row = await (await line.execute("SHOW statement_timeout")).fetchone()
        finally:
            await pool.close()
        assert row is not None
        return str(row[0])

    assert run(ask()) == "5s"
