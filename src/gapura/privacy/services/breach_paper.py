"""The recap of a breach for the authority on paper: what, when, how, whom, what is done."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, override
from django.utils.translation import gettext as _

from gapura.documents.services import make_pdf
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.privacy.purposes import KINDS
from gapura.privacy.queries.breaches import BreachView, breach
from gapura.privacy.words import moment

_PACKAGE, _LANGUAGE = "gapura.privacy", "id"


def breach_paper(*, actor: Actor, breach_id: UUID) -> tuple[bytes, str]:
    """The PDF, in Indonesian, and the reference of the breach. It names nobody.

    :raises Refused: not the officer.
    :raises NoSuchBreach: unknown.
    """
    view = breach(actor, breach_id)
    with override(_LANGUAGE):
        data = {
            "language": _LANGUAGE,
            "title": _("Breach of personal data"),
            "author": _("The platform"),
            "facts": _facts(view),
            "parts": [
                [_("What happened"), view.what],
                [_("Which data"), ", ".join(gettext(KINDS[key]) for key in view.classes)],
                [_("How it happened"), view.how],
                [_("What is done"), view.measures],
            ],
            "words": {"page": _("Page")},
        }
        return make_pdf(_PACKAGE, "papers/breach.typ", data).content, view.reference


def _facts(view: BreachView) -> list[list[Any]]:
    return [
        [_("Number"), view.reference],
        [_("Legal basis"), "UU 27/2022 Pasal 46"],
        [_("Began"), _moment(view.began_at)],
        [_("Ended"), _moment(view.ended_at)],
        [_("Found"), _moment(view.found_at)],
        [_("To be told by"), _moment(view.due_at)],
        [_("People on the list"), str(view.people)],
        [_("People told"), f"{view.told} ({_moment(view.told_at)})"],
        [_("Without an address"), str(view.unreached)],
        [_("Authority told"), f"{_moment(view.reported_at)} {view.report_number}".strip()],
        [_("Made on"), _moment(clock.now())],
    ]


def _moment(at: datetime | None) -> str:
    return moment(at, clock.JAKARTA) if at else "—"
