"""Which statements a page or a call sends to the database, in this process."""

from collections.abc import Callable, Mapping

_FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


def queries_of(path: str, cookies: Mapping[str, str]) -> int:
    """How many statements one GET sends, without those that only begin and end a transaction."""
    return len(statements_of(path, cookies))


def statements_of(path: str, cookies: Mapping[str, str]) -> list[str]:
    """The statements of one GET, without those that only begin and end a transaction."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    for name, value in cookies.items():
        client.cookies[name] = value

    def visit() -> None:
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")

    return sent_by(visit)


def sent_by(call: Callable[[], object]) -> list[str]:
    """The same for a call; it is made twice, as a process reads some things only once."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    call()
    with CaptureQueriesContext(connection) as sent:
        call()
    statements = [query["sql"] for query in sent.captured_queries]
    return [sql for sql in statements if not sql.startswith(_FRAME)]
