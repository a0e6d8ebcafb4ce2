"""Plain HTTP over kept connections: lines that ask, and a visitor with cookies who signs in."""

import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; header names in lower case, `size` with its headers as it came over the line."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    size: int

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for key, value in self.headers if key == name]

    def one(self, name: str) -> str:
        """The first value of a header, or an empty text."""
        return next(iter(self.all(name)), "")


class Line:
    """One kept connection to the server on this machine."""

    def __init__(self, port: int) -> None:
        self._host = f"localhost:{port}"
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._socket.close()

    def request(self, method: str, path: str, headers: Sequence[str] = (), body: str = "") -> bytes:
        """The bytes of a request, to be sent any number of times."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}", *headers]
        if body:
            lines += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    def send(self, request: bytes) -> None:
        """Send without waiting for the answer."""
        self._socket.sendall(request)

    def receive(self) -> Reply:
        """The answer to the oldest request that was sent."""
        first = self._file.readline().split()
        if len(first) < 2:
            raise ConnectionError("the server closed the line")
        status = int(first[1])
        headers, size = [], 0
        while (line := self._file.readline()) not in (b"\r\n", b""):
            size += len(line)
            name, _, value = line.decode("latin-1").partition(":")
            headers.append((name.lower(), value.strip()))
        length = int(dict(headers).get("content-length", "0"))
        return Reply(status, tuple(headers), self._file.read(length), size + length)

    def ask(self, method: str, path: str, headers: Sequence[str] = (), body: str = "") -> Reply:
        """Send and wait."""
        self.send(self.request(method, path, headers, body))
        return self.receive()

    def get(self, path: str, headers: Sequence[str] = ()) -> Reply:
        """GET."""
        return self.ask("GET", path, headers)


class Visitor:
    """A browser without pictures: cookies, and forms sent with the token of the page before."""

    def __init__(self, line: Line, address: str = "") -> None:
        """With an `address` the server must trust one proxy."""
        self._line, self._address = line, address
        self.cookies: dict[str, str] = {}
        self._token = ""

    @property
    def headers(self) -> list[str]:
        """What a request of this visitor carries."""
        told = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        near = [f"X-Forwarded-For: {self._address}"] if self._address else []
        return [f"Cookie: {told}", *near] if told else near

    @property
    def token(self) -> str:
        """The token of the newest form."""
        return self._token

    def get(self, path: str) -> Reply:
        """Open a page."""
        return self.keep(self._line.get(path, self.headers))

    def post(self, path: str, **fields: str) -> Reply:
        """Send a form."""
        body = urlencode({"csrfmiddlewaretoken": self._token, **fields})
        return self.keep(self._line.ask("POST", path, self.headers, body))

    def sign_in(self, username: str, password: str, code: str) -> Reply:
        """The whole walk: the form, the password, the code of the app, the page behind."""
        self.get("/login")
        onward = self.post("/login", username=username, password=password).one("location")
        self.get(onward)
        done = self.post(onward, code=code)
        if done.status != 303:
            raise RuntimeError(f"{username} could not sign in: {done.status}")
        return self.get(done.one("location"))

    def form(self, path: str, **fields: str) -> bytes:
        """The bytes of a form, to be sent when it is time; its token is the cookie's."""
        body = urlencode({"csrfmiddlewaretoken": self.cookies["csrf"], **fields})
        return self._line.request("POST", path, self.headers, body)

    def keep(self, reply: Reply) -> Reply:
        """Take the cookies and the form's token of an answer."""
        for cookie in reply.all("set-cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', reply.body)
        if found:
            self._token = unescape(found[1].decode())
        return reply
