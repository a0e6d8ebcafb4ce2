"""The engine: statements prepared by the server, moments read in C, a look instead of a ping."""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg.adapt import AdaptersMap
from psycopg.types.datetime import TimestamptzLoader


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose time zone is always UTC."""

    def get_connection_params(self) -> dict[str, Any]:
        """Moments by psycopg's own loader: Django's takes 5 us each to put UTC in place of UTC."""
        params = super().get_connection_params()
        params["context"] = adapters = AdaptersMap(params["context"])
        adapters.register_loader("timestamptz", TimestamptzLoader)
        return params

    def create_cursor(self, name: str | None = None) -> Any:
        """Django's, without its look at the loader's time zone, which C does not have."""
        line = self.connection
        if name is None:
            return line.cursor()
        return line.cursor(name, scrollable=False, withhold=line.autocommit)

    def is_usable(self) -> bool:
        """Asked once a request. An idle line on which something came in was closed behind us."""
        line = self.connection
        if line is None or line.closed:
            return False
        watch = select.poll()
        watch.register(line.fileno(), select.POLLIN)
        return not watch.poll(0) or super().is_usable()
