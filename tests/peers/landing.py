"""A small web server that serves a folder's files and keeps what it was sent."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread
from urllib.parse import parse_qs

TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
LONGEST = 64 * 1024


@dataclass
class Landing:
    """Where it answers, and the forms that came, in their order."""

    url: str
    posted: "Queue[tuple[str, dict[str, str]]]" = field(default_factory=Queue)


@contextmanager
def landing(files: Mapping[str, Path], page: str) -> Iterator[Landing]:
    """Serves `files` by their paths, and `page` for every other one; takes every POST."""
    here = Landing("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            self._answer(files.get(path, files[page]))

        def do_POST(self) -> None:
            body = self.rfile.read(min(int(self.headers["content-length"]), LONGEST))
            told = {name: found[0] for name, found in parse_qs(body.decode()).items()}
            here.posted.put((self.path, told))
            self.send_response(200)
            self.send_header("cache-control", "no-store")
            self.send_header("content-length", "0")
            self.end_headers()

        def _answer(self, file: Path) -> None:
            body = file.read_bytes()
            self.send_response(200)
            self.send_header("content-type", TYPES[file.suffix])
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        here.url = f"http://localhost:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield here
        finally:
            server.shutdown()
