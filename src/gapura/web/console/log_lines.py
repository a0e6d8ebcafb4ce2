"""The rows of the log in words, worked out once a row: forty of them must stay cheap."""

from functools import lru_cache
from typing import NamedTuple

from gapura.audit.events import Result
from gapura.audit.queries import LogRow, behalf_line
from gapura.authentication.queries import device_name
from gapura.web.console.people import role_name
from gapura.web.console.words import EMPTY, RESULTS, STANDINGS
from gapura.web.shell.display import moment_exact, tr

_device = lru_cache(1000)(device_name)


class LogLine(NamedTuple):
    """One row as shown. `result` is empty for what was done; colors are those of tags."""

    id: str
    at: str
    when: str
    who: str
    username: str
    role: str
    behalf: str
    sentence: str
    result: str
    result_color: str
    ip: str
    device: str
    standing: str
    color: str


class Lines:
    """Words in the active language, looked up once a page."""

    def __init__(self, zone: str) -> None:
        self._zone = zone
        self._results = {name: (tr(word), color) for name, (word, color) in RESULTS.items()}
        self._results[Result.DONE] = ("", "")
        self._standings = {name: (tr(word), color) for name, (word, color) in STANDINGS.items()}
        self._roles: dict[str, str] = {"": ""}

    def line(self, row: LogRow) -> LogLine:
        """One row in words."""
        return LogLine(
            str(row.id),
            row.occurred_at.isoformat(),
            moment_exact(row.occurred_at, self._zone),
            row.actor,
            "" if row.username == row.actor else row.username,
            self._role(row.role),
            behalf_line(row.on_behalf_of),
            row.sentence,
            *self._results[row.result],
            row.ip or EMPTY,
            _device(row.user_agent),
            *self._standings[row.standing],
        )

    def _role(self, code: str) -> str:
        if code not in self._roles:
            self._roles[code] = role_name(code)
        return self._roles[code]
