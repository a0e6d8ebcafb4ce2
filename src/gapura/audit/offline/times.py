"""Whether recorded times go forward: they nearly do, because transactions end out of order."""

import re
from datetime import datetime, timedelta, timezone
from typing import Any

from gapura.audit.offline.findings import Report

SLACK = timedelta(minutes=15)
# So long an entry may stand without a signature, and a witness may be late.
GRACE = timedelta(hours=1)
DAY = timedelta(days=1)
_TOLD = 1000
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def _at(time: bytes) -> datetime:
    if not _MOMENT.fullmatch(time):
        raise ValueError("no moment")
    return datetime.fromisoformat(time[:26].decode())


def is_moment(value: Any) -> bool:
    """Whether it is a time as bundles write it."""
    try:
        return type(value) is str and bool(_at(value.encode()))
    except ValueError:
        return False


def shifted(time: bytes, by: timedelta) -> bytes:
    """A moment as entries write it, so much later.

    :raises ValueError: for bytes that are no moment, or one at the end of all times.
    """
    try:
        return (_at(time) + by).isoformat(timespec="microseconds").encode() + b"Z"
    except OverflowError as error:
        raise ValueError("no moment") from error


def of_seconds(seconds: int) -> bytes:
    """POSIX seconds as entries write a moment."""
    at = datetime.fromtimestamp(seconds, timezone.utc).replace(tzinfo=None)  # noqa: UP017
    return at.isoformat(timespec="microseconds").encode() + b"Z"


class Times:
    """Follows the recorded times, number by number.

    Times that fall back and then jump forward again were backdated. Times that fall back and go on
    from there show a clock that was set back, which is only worth a remark, unless witnesses had
    cosigned what stands before by then. Nothing is recorded later than it was cosigned.
    """

    def __init__(self, report: Report, made_at: bytes) -> None:
        self._report, self._made_at = report, made_at
        self.limit = shifted(made_at, SLACK)
        self.high = b""
        self.fallen: list[tuple[int, str, bytes]] = []
        self._low_high = self._floor_of = self._floor_is = b""
        self._ahead = self._witnessed = b""

    def witness(self, since: int, by: int, size: int) -> None:
        """Enough witnesses cosigned the first `size` entries, from `since` to `by` (POSIX)."""
        end = shifted(of_seconds(by), SLACK)
        if self.high > end and self.high != self._ahead:
            self._ahead = self.high
            time, cosigned = self.high.decode("ascii", "replace"), of_seconds(by).decode()
            self._report.add("ahead", index=size, time=time, cosigned=cosigned)
        self._witnessed = max(self._witnessed, shifted(of_seconds(since), -SLACK - GRACE))
        # What is earlier takes the slow way through `see`.
        self.high = max(self.high, self._witnessed)

    def see(self, index: int, event: str, time: bytes) -> None:
        """The next entry; only needed when its time is not between `high` and `limit`."""
        try:
            self._see(index, event, time)
        except ValueError:
            self._report.add(
                "future", index=index, event=event, time=time.decode("ascii", "replace")
            )

    def _see(self, index: int, event: str, time: bytes) -> None:
        if len(time) != len(self.limit):
            raise ValueError("no moment")
        if time > self.limit:
            self._tell("future", index, event, time)
        elif time < self._witnessed:
            self._tell("backdated", index, event, time)
        elif time >= self._floor():
            self._rise(time)
            self.high = max(self.high, time)
        elif self.fallen and time < shifted(self._low_high, -SLACK):
            self._tell("backdated", index, event, time)
        else:
            self._low_high = max(self._low_high, shifted(time, timedelta()))
            if len(self.fallen) < _TOLD:
                self.fallen.append((index, event, time))

    def _floor(self) -> bytes:
        """As far back as times may lie."""
        if self._floor_of != self.high:
            self._floor_of, self._floor_is = self.high, shifted(self.high, -SLACK)
        return self._floor_is

    def finish(self) -> None:
        """The bundle's own time stands behind the last entry."""
        if self.fallen:
            self._rise(self._made_at)

    def _rise(self, time: bytes) -> None:
        if not self.fallen:
            return
        if time > shifted(self._low_high, SLACK):
            for index, event, at in self.fallen:
                self._tell("backdated", index, event, at)
        else:
            self._report.remark("clock", index=self.fallen[0][0])
        self.fallen, self._low_high = [], b""

    def _tell(self, kind: str, index: int, event: str, time: bytes) -> None:
        said = time.decode("ascii", "replace")
        self._report.add(kind, index=index, event=event, time=said)
