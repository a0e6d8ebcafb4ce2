"""`gapura mail-window`: shows the mails the demo sent, in place of everyone's mailbox."""

import argparse
import gettext
import json
import os
import signal
import threading
from datetime import datetime
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gapura.config.environment import PREFIX
from gapura.kernel.clock import JAKARTA
from gapura.ops.mail_catcher import catcher
from gapura.ops.mail_store import MailStore
from gapura.ops.surroundings import adopt_demo, data_dir
from gapura.ops.trouble import Trouble, say

PACKAGE = Path(__file__).resolve().parent.parent
STYLE = PACKAGE / "web/shell/static/built/gapura.css"
HOSTS = {"localhost", "127.0.0.1"}
LANGUAGES = ("id", "en")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
HTML = "text/html; charset=utf-8"
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
    say(f"mail on port {smtp_port}, shown on http://localhost:{server.server_port}")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever()
    mails.stop()
    return 0


class Window(ThreadingHTTPServer):
    """The page's server on loopback."""

    daemon_threads = True
    request_queue_size = 32

    def __init__(self, address: tuple[str, int], store: MailStore) -> None:
        self.store = store
        self.pages = {language: _templates(language) for language in LANGUAGES}
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Window
    timeout = 20
    server_version = "gapura"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer one of the four addresses."""
        if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in HOSTS:
            self._reply(400, "text/plain", b"unknown host\n")
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
        self._reply(200, "application/json", json.dumps(mails).encode())

    def _one(self, to: str, rest: str) -> None:
        mail = self.server.store.get(int(rest)) if rest.isascii() and rest.isdigit() else None
        if mail is None:
            self._missing(to, rest)
        else:
            self._page(200, "one", mail=mail)

    def _style(self, to: str, rest: str) -> None:
        try:
            self._reply(200, "text/css; charset=utf-8", STYLE.read_bytes())
        except OSError:
            self._reply(404, "text/plain", b"the style sheet is not built\n")

    def _missing(self, to: str, rest: str) -> None:
        self._page(404, "missing")

    def _page(self, status: int, name: str, **values: Any) -> None:
        language = self._language()
        template = self.server.pages[language].get_template(f"ops/mail_{name}.html")
        html = template.render(language=language, site=_site(), **values)
        self._reply(status, HTML, html.encode())

    def _language(self) -> str:
        cookies = SimpleCookie(self.headers.get("Cookie", ""))
        chosen = cookies["lang"].value if "lang" in cookies else ""
        return chosen if chosen in LANGUAGES else LANGUAGES[0]

    def _reply(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": content_type, **HEADERS}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Addresses of people stand in the paths, so nothing is logged."""


def _site() -> str:
    return os.environ.get(f"{PREFIX}PUBLIC_URL", "")


def _wib(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(ZoneInfo(JAKARTA)):%d-%m-%Y %H:%M:%S} WIB"


def _templates(language: str) -> Environment:
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.globals["wib"] = _wib
    texts = gettext.translation("django", PACKAGE / "locale", [language], fallback=True)
    env.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]
    return env
