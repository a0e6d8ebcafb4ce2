"""A small site of shell pages with the real headers: the look is tested without a database."""

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import override
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

import gapura.web.shell
from gapura.web.shell.forms import Form, PasswordField, TextField
from gapura.web.shell.headers import SECURITY_HEADERS
from gapura.web.shell.jinja import environment
from gapura.web.shell.samples import samples

SHELL = Path(gapura.web.shell.__file__).parent
CSRF = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="token">')


class SignIn(Form):
    """The form most people see first."""

    username = TextField(label="Nama pengguna", autocomplete="username")
    password = PasswordField(label="Kata sandi")


@cache
def env() -> Environment:
    """The product's environment over the shell's templates; static files keep their names."""
    made = environment(loader=FileSystemLoader(SHELL / "templates"))
    made.globals["static"] = "/static/{}".format
    return made


def shell(lang: str = "id", *, person: str = "Siti Rahmawati") -> SimpleNamespace:
    """What base.html needs, for someone with two grants or (without a name) for a guest."""
    names = ("Beranda", "Permintaan", "Katalog", "Surat keputusan", "Log aktivitas")
    lines = [SimpleNamespace(label=n, href=f"/{n}", current=n == "Katalog") for n in names]
    nav = SimpleNamespace(entries=lines, section="Katalog", parts=lines[:3])
    grants = [
        SimpleNamespace(id=str(n), label=f"{role} Dinas Kesehatan Kabupaten Bogor")
        for n, role in enumerate(("PPK", "PP"))
    ]
    return SimpleNamespace(
        lang=lang,
        nav=nav if person else None,
        person=person,
        unread=3 if person else 0,
        acting=SimpleNamespace(**vars(grants[0]), options=grants) if person else None,
        demo=True,
        mail_window="http://localhost:8025/",
        simulator="http://localhost:8035/",
        path="/patterns",
        notices=[],
        holds=[],
        session_seconds=1800 if person else 0,
    )


SIGN_IN = """{% extends "shell/form.html" %}{% block title %}Masuk{% endblock %}{% block main %}
<h1 class="govuk-heading-l">Masuk</h1><form method="post" novalidate>{{ csrf_input }}
{{ fields.all(form) }}{{ parts.button("Masuk") }}</form>{% endblock %}"""

REFUSAL = {
    "title": "Anda tidak boleh melakukan ini",
    "what": "Peran Anda tidak cukup.",
    "why": "",
    "todo": "Ganti peran.",
    "reasons": [{"says": "Bukan permintaan Anda.", "law": "", "mend": "Ganti", "link": "/x"}],
    "links": [],
    "request_id": "0199",
}


def page(path: str, lang: str, *, errors: bool = False) -> str:
    """The HTML of one of the site's three pages."""
    common: dict[str, Any] = {"csrf_input": CSRF, "shell": shell(lang)}
    with override(lang):
        if path == "/patterns":
            return env().get_template("shell/patterns.html").render(common | samples(wrong=errors))
        if path == "/error":
            return env().get_template("shell/error.html").render(common | REFUSAL)
        common["shell"] = shell(lang, person="")
        form = SignIn({}) if errors else SignIn()
        return env().from_string(SIGN_IN).render(common, form=form)


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = parse_qs(url.query, keep_blank_values=True)
        if url.path.startswith("/static/"):
            file = SHELL / url.path.lstrip("/")
            self._send(file.read_bytes(), mimetypes.guess_type(file.name)[0] or "")
            return
        html = page(url.path, query.get("lang", ["id"])[0], errors="errors" in query)
        self._send(html.encode(), "text/html; charset=utf-8")

    def _send(self, body: bytes, media_type: str) -> None:
        self.send_response(200)
        for name, value in SECURITY_HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def served() -> Iterator[str]:
    """The site on a free port; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
