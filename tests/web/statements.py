"""What a request asks the database: kind of statement and table, in order."""

import re
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.browser import Browser

_TABLE = re.compile(r"(?:FROM|INTO|UPDATE)\s+\"?([a-z_]+)", re.IGNORECASE)


def statements(here: Browser, *args: Any, **fields: str) -> tuple[int, list[str]]:
    """The status of the answer to a form, and the statements behind it."""
    with CaptureQueriesContext(connection) as asked:
        status = here.submit(*args, **fields).status_code
    return status, [_told(query["sql"]) for query in asked]


def _told(sql: str) -> str:
    table = _TABLE.search(sql)
    return f"{sql.split()[0]} {table[1] if table else ''}".strip()
