"""The caught mails of the demo: the newest thousand, in a file so that a restart loses none."""

import json
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

MOST = 1000


@dataclass(frozen=True, slots=True)
class Caught:
    """One mail; `at` is an ISO moment in UTC."""

    id: int
    at: str
    message_id: str
    sender: str
    to: tuple[str, ...]
    subject: str
    text: str


class MailStore:
    """A bounded list with a file behind it; one mail sent twice (same Message-ID) is kept once."""

    def __init__(self, path: Path, most: int = MOST) -> None:
        self._path = path
        self._most = most
        self._lock = threading.Lock()
        self._mails: OrderedDict[int, Caught] = OrderedDict()
        for mail in _read(path):
            self._remember(mail)
        self._rewrite()

    def add(self, content: bytes, sender: str, recipients: Iterable[str]) -> None:
        """Keep one mail as it came over SMTP."""
        parsed = message_from_bytes(content, policy=policy.default)
        body = parsed.get_body(("plain", "html"))
        with self._lock:
            number = next(reversed(self._mails), 0) + 1
            mail = Caught(
                id=number,
                at=datetime.now(UTC).isoformat(timespec="seconds"),
                message_id=str(parsed["Message-ID"] or f"<{number}@unnamed>"),
                sender=sender,
                to=tuple(recipients),
                subject=str(parsed["Subject"] or ""),
                text=str(body.get_content()) if body else "",
            )
            if any(mail.message_id == known.message_id for known in self._mails.values()):
                return
            if self._remember(mail):
                self._rewrite()
            else:
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(_line(mail))

    def get(self, number: int) -> Caught | None:
        """One mail by its number."""
        with self._lock:
            return self._mails.get(number)

    def newest(self, to: str = "") -> list[Caught]:
        """Newest first; with `to` only those whose recipient holds that text."""
        wanted = to.strip().casefold()
        with self._lock:
            mails = list(reversed(self._mails.values()))
        return [m for m in mails if any(wanted in address.casefold() for address in m.to)]

    def _remember(self, mail: Caught) -> bool:
        """True when the oldest quarter was dropped."""
        self._mails[mail.id] = mail
        if len(self._mails) <= self._most:
            return False
        for _ in range(max(1, self._most // 4)):
            self._mails.popitem(last=False)
        return True

    def _rewrite(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = self._path.with_suffix(".new")
        with unfinished.open("w", encoding="utf-8") as file:
            unfinished.chmod(0o600)
            file.writelines(_line(mail) for mail in self._mails.values())
        unfinished.replace(self._path)


def _line(mail: Caught) -> str:
    return json.dumps(asdict(mail)) + "\n"


def _read(path: Path) -> Iterable[Caught]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            values = json.loads(line)
            yield Caught(**{**values, "to": tuple(values["to"])})
        except (ValueError, KeyError, TypeError):
            continue  # the last line of a process that was killed while writing
