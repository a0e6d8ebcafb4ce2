"""The simulator's server: the authorities' services, and a page to make them behave badly."""

import json
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from gapura.ops.simulator.desk import Desk
from gapura.ops.simulator.facts import NIB_ENDINGS, NIK_ENDINGS, SIRUP_NAMES
from gapura.ops.simulator.modes import MODES, UP
from gapura.ops.simulator.service import BODY_BYTES, Refusal, answer
from gapura.ops.window import HTML, LANGUAGES, WindowHandler, site, templates
from gapura.outside.errors import AUTHORITIES

JSON = "application/json"
SHOWN = 50


class Simulator(ThreadingHTTPServer):
    """All authorities behind one port of loopback, each under its name."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int]) -> None:
        self.desk = Desk()
        self.pages = {language: templates(language) for language in LANGUAGES}
        super().__init__(address, _Handler)


class _Handler(WindowHandler):
    server: Simulator

    def do_GET(self) -> None:  # noqa: N802 - the server's name
        """A question without a body, or one of the pages."""
        self._serve("GET")

    def do_POST(self) -> None:  # noqa: N802 - the server's name
        """A question, or how an authority shall behave."""
        self._serve("POST")

    def _serve(self, method: str) -> None:
        if not self.is_local():
            self.reply(400, "text/plain", b"unknown host\n")
            return
        address = urlsplit(self.path)
        first, _, rest = address.path.lstrip("/").partition("/")
        if first in AUTHORITIES:
            self._ask(first, method, f"/{rest}")
            return
        own: dict[tuple[str, str], Callable[[], None]] = {
            ("GET", ""): self._page,
            ("GET", "gapura.css"): self.style,
            ("GET", "sent"): lambda: self._sent(address.query),
            ("GET", "counts"): lambda: self._data(self.server.desk.counts()),
            ("POST", "behave"): self._behave,
        }
        own.get((method, first), self._missing)()

    def _ask(self, authority: str, method: str, path: str) -> None:
        desk = self.server.desk
        desk.asked(authority)
        body = self._body()
        try:
            headers = {name.title(): value for name, value in self.headers.items()}
            told = answer(desk, authority, method, path, headers, body)
        except Refusal as refusal:
            error = json.dumps({"error": str(refusal)}).encode()
            self.reply(refusal.status, JSON, error)
            return
        try:
            MODES[desk.mode(authority)].act(self, told)
        except OSError:
            self.close_connection = True  # nobody waits any more

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "0")
        size = int(length) if length.isascii() and length.isdigit() else 0
        return self.rfile.read(min(size, BODY_BYTES))

    def _behave(self) -> None:
        """Only from this page itself: another site must not reach in through the browser."""
        origin = self.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != self.headers.get("Host"):
            self.reply(403, "text/plain", b"another site\n")
            return
        form = parse_qs(self._body().decode("utf-8", "replace"))
        authority, mode = form.get("authority", [""])[0], form.get("mode", [UP])[0]
        if mode not in MODES or (authority not in AUTHORITIES and authority != "all"):
            self.reply(400, "text/plain", b"unknown authority or behavior\n")
            return
        for one in AUTHORITIES if authority == "all" else (authority,):
            self.server.desk.behave(one, mode)
        self.reply(303, "text/plain", b"", Location="/")

    def _page(self) -> None:
        desk, language = self.server.desk, self.language()
        html = (
            self.server.pages[language]
            .get_template("ops/simulator.html")
            .render(
                language=language,
                site=site(),
                authorities=[(one, desk.mode(one.code)) for one in AUTHORITIES.values()],
                modes=tuple(MODES.values()),
                nik_endings=NIK_ENDINGS,
                nib_endings=NIB_ENDINGS,
                sirup_names=SIRUP_NAMES,
                messages=desk.newest()[:SHOWN],
            )
        )
        self.reply(200, HTML, html.encode())

    def _sent(self, query: str) -> None:
        self._data(self.server.desk.newest(parse_qs(query).get("to", [""])[0][:40]))

    def _data(self, data: Any) -> None:
        self.reply(200, JSON, json.dumps(data).encode())

    def _missing(self) -> None:
        self.reply(404, "text/plain", b"not here\n")
