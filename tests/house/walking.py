"""Walking an address as a visitor: what comes back, in one word, and nothing stays changed."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any
from unittest import mock

from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gapura.authentication.queries import SessionView, resolve_actor
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import watched
from gapura.web.shell import errors, middleware
from gapura.web.shell.pages import Page
from tests.house.things import FORMS, Stock
from tools.house.inventory import page_name

FILE = Path(__file__).parent / "urls.csv"
KEYS = ("page", "method", "thing")
# Everyone has an account here; `verifikator by e-mail` signed in without the app.
NOBODY, WEAK = "nobody", "verifikator by e-mail"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
IDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_error_page = errors.error_page

Row = dict[str, str]
Undo = Callable[[], None]


def area_of(page: Page) -> str:
    """The first word of a page's address; `home` for the front page."""
    return page.route.split("/")[0] or "home"


def addresses(page: Page, stock: Stock) -> Iterator[tuple[str, str]]:
    """Each thing this page can be about, in words, with the address of that page.

    :raises KeyError: when the address has a parameter that nobody has thought of.
    """
    parameters = PARAMETER.findall(page.route)
    for combination in product(*(stock.of(name).items() for name in parameters)):
        values = dict(zip(parameters, (value for _, value in combination), strict=True))
        yield ", ".join(label for label, _ in combination), reverse(page_name(page), kwargs=values)


@contextmanager
def undoing() -> Iterator[Undo]:
    """Inside, each call of what it gives rolls back whatever happened since the beginning.

    One savepoint for all visits of an address: the walk makes twenty thousand visits.
    """
    before = transaction.savepoint()

    def undo() -> None:
        transaction.savepoint_rollback(before)
        transaction.set_rollback(False)

    yield undo
    transaction.savepoint_commit(before)


@contextmanager
def recognized_once() -> Iterator[None]:
    """Inside, each visitor's session and grants are looked up once: every visit is undone."""
    known: dict[str, tuple[Actor, SessionView | None]] = {}

    def remembered(*, token: str, **facts: Any) -> tuple[Actor, SessionView | None]:
        if token not in known:
            known[token] = resolve_actor(token=token, **facts)
        actor, view = known[token]
        return replace(actor, request_id=facts["request_id"]), view

    with mock.patch("gapura.web.shell.middleware.resolve_actor", remembered):
        yield


@contextmanager
def drawn_once() -> Iterator[None]:
    """Inside, each visitor's page for a refusal is drawn once for each status, then left empty.

    Of refusals the walk reads the status only, which does not hang on the drawing nor on the entry
    in the log; nine of ten visits end in one, and each would be drawn with its menu and written.
    """
    drawn: set[tuple[object, int]] = set()
    written: set[object] = set()
    keep = middleware._keep_reason

    def kept(actor: Actor, *refusal: Any) -> None:
        if actor.person not in written:
            written.add(actor.person)
            keep(actor, *refusal)

    def page(request: WSGIRequest, status: int, **context: Any) -> HttpResponse:
        key = errors.as_request(request).actor.person, status
        if key in drawn:
            return HttpResponse(status=status)
        drawn.add(key)
        return _error_page(request, status, **context)

    with (
        mock.patch.object(errors, "error_page", page),
        mock.patch.object(middleware, "_keep_reason", kept),
    ):
        yield


def visit(client: Client, page: Page, method: str, address: str, undo: Undo) -> str:
    """The status, `>path` for a redirect; `unasked` when the page forgot to ask its permission."""
    with watched() as asked:
        cookies = dict(client.cookies.items())
        form = FORMS.get(page_name(page), {})
        answer = client.post(address, form) if method == "POST" else client.get(address)
        client.cookies.clear()
        client.cookies.update(cookies)
    undo()
    if answer.status_code < 300 and page.on_object and page.permission not in asked:
        return f"{answer.status_code} unasked"
    if answer.status_code == 200 and not _is_one_page(answer.content):
        return "200 without one heading"
    if 300 <= answer.status_code < 400:
        return ">" + IDS.sub("<id>", answer["Location"]).split("?")[0]
    return str(answer.status_code)


def _is_one_page(content: bytes) -> bool:
    """A whole page has one title and one heading; fragments and files have neither."""
    if not content.lstrip().startswith(b"<!doctype html>"):
        return True
    head, _, body = content.partition(b"</head>")  # a picture in the body has a title of its own
    return head.count(b"<title>") == body.count(b"<h1") == 1


def walk(page: Page, clients: Mapping[str, Client], stock: Stock) -> Iterator[Row]:
    """One row for each method and thing: what every visitor gets."""
    for label, address in addresses(page, stock):
        for method in page.methods:
            with undoing() as undo:
                got = {who: visit(c, page, method, address, undo) for who, c in clients.items()}
            yield {"page": page_name(page), "method": method, "thing": label, **got}


def key_of(row: Row) -> tuple[str, ...]:
    """What a row is about."""
    return tuple(row[name] for name in KEYS)


def reviewed() -> list[Row]:
    """What was written down and looked at."""
    if not FILE.exists():
        return []
    with FILE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def accept(pages: set[str], rows: list[Row]) -> None:
    """Write the rows of some pages down, in the order of the alphabet, for review."""
    kept = [row for row in reviewed() if row["page"] not in pages]
    every = sorted([*kept, *rows], key=key_of)
    with FILE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0] if rows else every[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(every)
