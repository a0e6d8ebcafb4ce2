"""The demo's mail server: takes every mail, sends none on; misbehaves when tests want."""

import asyncio
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from gapura.ops.mail_store import MailStore

SIZE_LIMIT = 1024 * 1024
HANG_SECONDS = 3600


class _Catch:
    def __init__(self, store: MailStore, mode: str) -> None:
        self._store = store
        self._mode = mode

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep the mail, or fail the way the mode says."""
        if self._mode == "451":
            return "451 4.3.0 try again later"
        if self._mode == "hang":
            await asyncio.sleep(HANG_SECONDS)
        if self._mode == "drop" and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
            return "421 gone"
        content = envelope.content or b""
        content = content.encode() if isinstance(content, str) else content
        self._store.add(content, envelope.mail_from or "", envelope.rcpt_tos)
        return "250 2.0.0 kept"


def catcher(store: MailStore, port: int, mode: str = "ok") -> Any:
    """An SMTP server on 127.0.0.1, in a thread of its own; call `.start()` and `.stop()`."""
    return Controller(
        _Catch(store, mode),
        hostname="127.0.0.1",
        port=port,
        data_size_limit=SIZE_LIMIT,
        ident="gapura mail window",
    )
