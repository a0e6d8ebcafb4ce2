"""`gapura mail-window`: shows the mails the demo sent, in place of everyone's mailbox."""

import argparse
import json
import os
import signal
import threading
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from gapura.config.environment import PREFIX
from gapura.ops.mail_catcher import catcher
from gapura.ops.mail_store import MailStore
from gapura.ops.surroundings import adopt_demo, data_dir
from gapura.ops.trouble import Trouble, say
from gapura.ops.window import HTML, LANGUAGES, WindowHandler, site, templates

_SAFE = ("demo", "test")


def mail_window(options: argparse.Namespace) -> int:
    """Catch and show until SIGTERM.

    :raises Trouble: outside of demo and tests, or when a port is taken
    """
    adopt_demo()
    if os.environ.get(f"{PREFIX}ENVIRONMENT") not in _SAFE:
        raise Trouble(
            "The mail window shows everyone's mail to anyone, so it only starts with "
            "GAPURA_ENVIRONMENT=demo or test."
        )
    smtp_port = options.smtp_port or int(os.environ.get(f"{PREFIX}SMTP_PORT", "2525"))
    page = urlsplit(os.environ.get(f"{PREFIX}MAIL_WINDOW_URL", "http://localhost:8025"))
    store = MailStore(data_dir() / "mail/messages.jsonl")
    mails = catcher(store, smtp_port, options.mode)
    try:
        mails.start()
        server = Window(("127.0.0.1", options.port or page.port or 8025), store)
    except OSError as error:
        raise Trouble(f"The mail window can't listen ({error.strerror or error}).") from error
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    say(f"mail on port {smtp_port}, shown on http://localhost:{server.server_port}")
    server.serve_forever()
    mails.stop()
    return 0


class Window(ThreadingHTTPServer):
    """The page's server on loopback."""

    daemon_threads = True
    request_queue_size = 32

    def __init__(self, address: tuple[str, int], store: MailStore) -> None:
        self.store = store
        self.pages = {language: templates(language) for language in LANGUAGES}
        super().__init__(address, _Handler)


class _Handler(WindowHandler):
    server: Window

    def do_GET(self) -> None:  # noqa: N802 - the server's name
        """Answer one of the four addresses."""
        if not self.is_local():
            self.reply(400, "text/plain", b"unknown host\n")
            return
        address = urlsplit(self.path)
        to = parse_qs(address.query).get("to", [""])[0][:200]
        first, _, rest = address.path.lstrip("/").partition("/")
        answers = {
            "": self._list,
            "messages": self._json,
            "message": self._one,
            "gapura.css": self._style,
        }
        answers.get(first, self._missing)(to, rest)

    def _list(self, to: str, rest: str) -> None:
        self._page(200, "list", mails=self.server.store.newest(to)[:100], to=to)

    def _json(self, to: str, rest: str) -> None:
        mails = [
            {"id": m.id, "at": m.at, "from": m.sender, "to": m.to, "subject": m.subject,
             "text": m.text, "message_id": m.message_id}
            for m in self.server.store.newest(to)
        ]  # fmt: skip
        self.reply(200, "application/json", json.dumps(mails).encode())

    def _one(self, to: str, rest: str) -> None:
        mail = self.server.store.get(int(rest)) if rest.isascii() and rest.isdigit() else None
        if mail is None:
            self._missing(to, rest)
        else:
            self._page(200, "one", mail=mail)

    def _style(self, to: str, rest: str) -> None:
        self.style()

    def _missing(self, to: str, rest: str) -> None:
        self._page(404, "missing")

    def _page(self, status: int, name: str, **values: Any) -> None:
        language = self.language()
        template = self.server.pages[language].get_template(f"ops/mail_{name}.html")
        html = template.render(language=language, site=site(), **values)
        self.reply(status, HTML, html.encode())
