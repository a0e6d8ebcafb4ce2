"""How many statements a page sends to the database, counted in this process."""

from collections.abc import Mapping

_FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


def queries_of(path: str, cookies: Mapping[str, str]) -> int:
    """Statements of one GET, without those that only begin and end a transaction."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost")
    for name, value in cookies.items():
        client.cookies[name] = value
    client.get(path)  # what a process reads once is read now
    with CaptureQueriesContext(connection) as sent:
        response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")
    return sum(not query["sql"].startswith(_FRAME) for query in sent.captured_queries)
