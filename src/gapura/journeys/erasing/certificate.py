"""The certificate of an erasure: what it tells, the hash over that, and the page of paper."""

import hashlib
import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, override
from django.utils.translation import gettext as _

from gapura.documents.services import keep_made, make_pdf
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.holdings import all_holdings
from gapura.kernel.texts import N_
from gapura.privacy.services import Carried, Due, backup_days

_PACKAGE = "gapura.privacy"
# Lines that no room's holding stands for.
TITLES = {
    "accounts.name": N_("Your name"),
}


def certify(
    row: Due, username: str, lines: list[dict[str, Any]], name_until: date | None
) -> Carried:
    """Make and keep the certificate. It names the person by username only: all else is gone."""
    told = {"reference": row.reference, "username": username, "lines": lines}
    told |= {"asked_at": row.asked_at.isoformat(), "done_at": clock.now().isoformat()}
    canonical = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    with override(row.language):
        made = make_pdf(_PACKAGE, "papers/erasure.typ", _page(row, username, lines, digest))
    owner = Actor(person=row.person, username=username)
    document = keep_made(actor=owner, name=f"{row.reference}.pdf", made=made)
    return Carried(lines, digest, made.sha256, document, name_until)


def _law(line: dict[str, Any]) -> str:
    because: str = line["because"]
    return gettext(because)


def _page(row: Due, username: str, lines: list[dict[str, Any]], digest: str) -> dict[str, Any]:
    texts = {one.name: one.title for one in all_holdings()} | TITLES
    titles = {name: gettext(text) for name, text in texts.items()}
    gone = [[titles[x["holding"]], str(x["gone"])] for x in lines if x["gone"]]
    kept = [[titles[x["holding"]], str(x["kept"]), _until(x), _law(x)] for x in lines if x["kept"]]
    days = backup_days(clock.today())
    return {
        "language": row.language,
        "title": _("Certificate of erasure of personal data"),
        "author": _("The platform"),
        "facts": [
            [_("Number"), row.reference],
            [_("Username"), username],
            [_("Asked on"), _moment(row.asked_at)],
            [_("Carried out on"), _moment(clock.now())],
            [_("Legal basis"), "UU 27/2022 Pasal 8, 43, 44, 45"],
            [_("Check code"), digest],
        ],
        "gone": gone,
        "kept": kept,
        "words": _words(days),
    }


def _words(days: int) -> dict[str, Any]:
    return {
        "page": _("Page"),
        "gone": _("What was erased"),
        "gone_columns": [_("Data"), _("Rows")],
        "kept": _("What stays, until when, and by which law"),
        "kept_columns": [_("Data"), _("Rows"), _("Until"), _("Because")],
        "nothing": _("Nothing stays."),
        "notes": [
            _("The username stays, without name or number: entries of the log bear it, and nobody "
              "else may take it (Government Regulation 71/2019: audit trail)."),
            _("Copies of the database are overwritten after %(days)s days. Until then they are "
              "encrypted; after a restoration the operator repeats this erasure.")
            % {"days": days},
            _("Anybody can check this paper on the page for certificates, with the number and the "
              "check code, or with the file itself."),
        ],
    }  # fmt: skip


def _until(line: dict[str, Any]) -> str:
    return _day(date.fromisoformat(line["until"])) if line["until"] else "—"


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _moment(when: Any) -> str:
    return f"{when.astimezone(ZoneInfo(clock.JAKARTA)):%d-%m-%Y %H:%M} WIB"
