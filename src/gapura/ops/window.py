"""What the demo's small windows share: a loopback page server, its language and its style."""

import gettext
import os
from datetime import datetime
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gapura.config.environment import PREFIX
from gapura.kernel.clock import JAKARTA

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


class WindowHandler(BaseHTTPRequestHandler):
    """Replies of one window; paths may hold addresses of people, so nothing is logged."""

    timeout = 20
    server_version = "gapura"
    sys_version = ""

    def is_local(self) -> bool:
        """Asked under a name of this machine? Another name is DNS rebinding."""
        return urlsplit(f"//{self.headers.get('Host', '')}").hostname in HOSTS

    def language(self) -> str:
        """The language the main pages were set to."""
        cookies = SimpleCookie(self.headers.get("Cookie", ""))
        chosen = cookies["lang"].value if "lang" in cookies else ""
        return chosen if chosen in LANGUAGES else LANGUAGES[0]

    def style(self) -> None:
        """The main pages' style sheet."""
        try:
            self.reply(200, "text/css; charset=utf-8", STYLE.read_bytes())
        except OSError:
            self.reply(404, "text/plain", b"the style sheet is not built\n")

    def reply(self, status: int, content_type: str, body: bytes, **more: str) -> None:
        """One whole reply; `more` are headers, with underscores for hyphens."""
        self.send_response(status)
        own = {name.replace("_", "-"): value for name, value in more.items()}
        for name, value in {"Content-Type": content_type, **HEADERS, **own}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


def site() -> str:
    """The address of the main pages."""
    return os.environ.get(f"{PREFIX}PUBLIC_URL", "")


def wib(moment: str) -> str:
    """An ISO moment as people in Jakarta read it."""
    return f"{datetime.fromisoformat(moment).astimezone(ZoneInfo(JAKARTA)):%d-%m-%Y %H:%M:%S} WIB"


def templates(language: str) -> Environment:
    """The windows' templates in one language."""
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    texts = gettext.translation("django", PACKAGE / "locale", [language], fallback=True)
    env.globals["wib"] = wib
    env.filters["tr"] = texts.gettext
    env.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]
    return env
