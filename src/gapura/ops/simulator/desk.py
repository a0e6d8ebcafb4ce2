"""What the simulator remembers while it runs: how each authority behaves, and the messages sent."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from gapura.ops.simulator.modes import UP
from gapura.outside.errors import AUTHORITIES

MOST = 1000


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as the gateway took it; `at` is an ISO moment in UTC."""

    at: str
    to: str
    channel: str
    text: str
    key: str
    reference: str


class Desk:
    """Shared by all threads of the simulator."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._modes = dict.fromkeys(AUTHORITIES, UP)
        self._sent: OrderedDict[str, Sent] = OrderedDict()
        self._asked = dict.fromkeys(AUTHORITIES, 0)

    def mode(self, authority: str) -> str:
        """How the authority behaves now."""
        return self._modes[authority]

    def behave(self, authority: str, mode: str) -> None:
        """From now on so."""
        with self._lock:
            self._modes[authority] = mode

    def asked(self, authority: str) -> int:
        """Count one request; answers how many there were."""
        with self._lock:
            self._asked[authority] += 1
            return self._asked[authority]

    def counts(self) -> dict[str, int]:
        """How often each authority was asked."""
        return dict(self._asked)

    def take(self, message: Mapping[str, str], key: str) -> Sent:
        """Keep a message; the same key again is the message of the first time."""
        with self._lock:
            if known := self._sent.get(key):
                return known
            sent = Sent(
                at=datetime.now(UTC).isoformat(timespec="seconds"),
                to=message["to"],
                channel=message["channel"],
                text=message["text"],
                key=key,
                reference=f"MSG-{len(self._sent) + 1:06d}-{key[-6:]}",
            )
            self._sent[key] = sent
            if len(self._sent) > MOST:
                self._sent.popitem(last=False)
            return sent

    def newest(self, to: str = "") -> list[dict[str, Any]]:
        """Messages, newest first; with `to` only those to that number or a part of it."""
        with self._lock:
            sent = list(reversed(self._sent.values()))
        return [asdict(one) for one in sent if to in one.to]
