"""Handing the register out as a file; who took which month is recorded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gapura.access import events
from gapura.access.errors import RegisterTooLarge
from gapura.access.permissions import Can
from gapura.access.queries.recap import Recap, recap
from gapura.access.queries.register import RegisterFilters, RegisterRow, decided, register_rows
from gapura.access.services.register_papers import register_pdf, register_xlsx
from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.documents.queries import Download
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


@dataclass(frozen=True, slots=True)
class _Kind:
    make: Callable[[date, Recap, Sequence[RegisterRow]], bytes]
    media_type: str
    most: int


# Two thousand rows are a hundred pages and two seconds; spreadsheets are quicker.
KINDS = {
    "xlsx": _Kind(
        register_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        10_000,
    ),
    "pdf": _Kind(register_pdf, "application/pdf", 1_000),
}


def download_register(*, actor: Actor, filters: RegisterFilters, kind: str) -> Download:
    """The month's register and recap as `xlsx` or `pdf`.

    :raises Refused: the active role reads no register.
    :raises NoSuchRegister: of another agency or unit.
    :raises RegisterTooLarge: more requests than one such file holds.
    """
    require(actor, Can.DOWNLOAD_REGISTER)
    made = KINDS[kind]
    with transaction.atomic():
        found = recap(actor, filters)
        every = decided(found.scope, filters)
        if (number := every.count()) > made.most:
            raise RegisterTooLarge(rows=number, most=made.most)
        rows = register_rows(every, made.most)
        try:
            content = made.make(filters.month, found, rows)
        except ValueError as error:
            # Long names all over: the typesetter takes half a mebibyte.
            raise RegisterTooLarge(rows=number, most=made.most) from error
        _record(actor, filters, found.scope.agency, kind, len(rows))
    whose = found.scope.agency or "platform"
    name = f"register-{whose}-{filters.month:%Y-%m}.{kind}"
    return Download(name, made.media_type, content)


def _record(actor: Actor, filters: RegisterFilters, agency: str, kind: str, rows: int) -> None:
    narrowed = {"unit": filters.unit, "role": filters.role, "outcome": filters.outcome}
    facts = {"month": f"{filters.month:%Y-%m}", "rows": rows, "format": kind, "agency": agency}
    audit.record(
        actor,
        events.REGISTER_DOWNLOADED,
        Subject("register", agency or "platform", agency or "platform"),
        facts=facts | {name: value for name, value in narrowed.items() if value},
        agency=agency,
    )
