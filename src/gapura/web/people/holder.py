"""GET /people/<username>: why can this person? Each grant line by line, and a verdict."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.permissions import Can
from gapura.access.queries import (
    ROLES,
    SAID,
    STANDING_NAMES,
    Decision,
    Held,
    HolderView,
    Line,
    Recertified,
    last_confirmed,
    leaver_at,
    rights,
)
from gapura.access.services import look_at_holder
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Clause, may
from gapura.organizations.queries import spot, units_of
from gapura.web.help.deeds import DEEDS, ROOMS
from gapura.web.shell.context import grant_label
from gapura.web.shell.display import day, moment, tr
from gapura.web.shell.forms import ChoiceField, Form
from gapura.web.shell.pages import render
from gapura.web.shell.recertified import confirmed_in_words
from gapura.web.shell.requests import Request
from gapura.web.shell.states import GRANTS, PROFILE

_PLATFORM = "platform:platform"
_STATES = {"person": PROFILE, "grant": GRANTS}

Choices = list[tuple[str, str]]


class AskForm(Form):
    """A GET form: may this person do that there?"""

    deed = ChoiceField(label=lazy("Act"), look="select")
    place = ChoiceField(label=lazy("Where"), look="select")

    def __init__(self, places: Choices, *args: Any) -> None:
        super().__init__(*args)
        fields: Any = self.fields
        fields["deed"].choices = [("", _("Choose an act")), *_deeds()]
        fields["place"].choices = places


def _deeds() -> Choices:
    order = list(ROOMS)
    found = [r for r in rights() if (r.roles or r.signed_in) and r.room in ROOMS]
    found.sort(key=lambda right: order.index(right.room))
    return [(r.permission, tr(DEEDS.get(r.permission, r.permission))) for r in found]


def show(request: Request, username: str) -> HttpResponse:
    """The person's access as far as the actor may see it. That somebody looked is recorded."""
    asked = "deed" in request.GET
    given = {name: request.GET.get(name, "") for name in ("deed", "place")} if asked else {}
    kind, _colon, code = given.get("place", "").partition(":")
    mine = username == request.actor.username
    wanted = given.get("deed", "") if given.get("deed") in dict(_deeds()) else ""
    # A place that the actor does not look after is as unknown as one that does not exist.
    found = look_at_holder(
        actor=request.actor,
        username=username,
        permission=wanted,
        spot=spot(kind, code) if wanted and (mine or _inside(request.actor, kind, code)) else None,
    )
    form = AskForm(_places(request.actor, found), request.GET if asked else None)
    valid = not asked or form.is_valid()
    values = {
        "form": form,
        "who": found.subject,
        "is_own": request.actor.person == found.subject.id,
        "held": _cards(found),
        "states": PROFILE,
        "offboards": _offboards(request.actor, found),
        "verdict": _verdict(found.decision) if found.decision and asked and valid else None,
    }
    return render(request, "people/holder.html", values, 200 if valid else 422)


def _cards(found: HolderView) -> list[dict[str, Any]]:
    confirmed = last_confirmed(held.id for held in found.held)
    return [_card(held, confirmed.get(held.id)) for held in found.held]


def _offboards(actor: Actor, found: HolderView) -> bool:
    """Whether to show the way out: only where the page behind it is not refused."""
    return bool(found.held) and may(actor, Can.OFFBOARD, leaver_at(found.subject, actor.agency))


def _inside(actor: Actor, kind: str, code: str) -> bool:
    """An agency's own overseers ask about that agency or their part; others about any place."""
    if not actor.agency or kind == "platform":
        return True
    found = spot(kind, code)
    if found is None or found.agency != actor.agency:
        return False
    return found.path.startswith(_reach(actor))


def _reach(actor: Actor) -> str:
    return actor.grant.reach if actor.grant else ""


def _places(actor: Actor, found: HolderView) -> Choices:
    """The places of the person's grants, those of the actor's own agency, and the platform."""
    choices: dict[str, str] = {}
    for held in found.held:
        place = held.place
        names = {"unit": place.unit, "agency": place.agency, "company": place.company}
        kind = next((kind for kind, code in names.items() if code), "")
        if kind:
            choices.setdefault(f"{kind}:{names[kind]}", place.label)
    if actor.agency and actor.person != found.subject.id:
        if not _reach(actor):
            choices.setdefault(f"agency:{actor.agency}", _("The agency as a whole"))
        for one in units_of(actor.agency):
            if one.path.startswith(_reach(actor)):
                choices.setdefault(f"unit:{one.code}", one.name)
    return [("", _("Choose a place")), *choices.items(), (_PLATFORM, _("The platform"))]


def _card(held: Held, confirmed: Recertified | None) -> dict[str, Any]:
    role = tr(ROLES[held.role].name)
    title = f"{role}, {held.place.label}" if held.place.label else role
    zone = held.place.zone
    return {
        "title": title,
        "works": held.works,
        "why_not": tr(held.why_not),
        "standing": "" if held.standing == "definitive" else tr(STANDING_NAMES[held.standing]),
        "principal": held.principal,
        "span": _span(held.first, held.last),
        "lines": [_line(line, zone) for line in held.lines],
        "confirmed": confirmed_in_words(confirmed),
    }


def _line(line: Line, zone: str) -> dict[str, Any]:
    words = _STATES.get(line.of, {}).get(line.state)
    return {
        "what": tr(line.what),
        "about": line.about,
        "holds": line.holds,
        "state": tr(words[0]) if words else "",
        "span": _span(line.first, line.last) if line.first or line.last else "",
        "since": moment(line.since, zone) if line.since else "",
    }


def _span(first: Any, last: Any) -> str:
    return _("%(first)s to %(last)s") % {
        "first": day(first) if first else _("no beginning"),
        "last": day(last) if last else _("no end"),
    }


def _verdict(found: Decision) -> dict[str, Any]:
    return {
        "allowed": found.allowed,
        "deed": tr(DEEDS.get(found.permission, found.permission)),
        "says": tr(found.says),
        "because": tr(SAID[found.code]),
        "grant": grant_label(found.grant) if found.grant else "",
        "letter": found.grant.letter if found.grant else "",
        "missing": [_clause(clause) for clause in found.missing],
        "open": [tr(clause.says) for clause in found.open],
        "laws": list(dict.fromkeys(tr(c.law) for c in found.rule if c.law)),
    }


def _clause(clause: Clause) -> dict[str, str]:
    return {
        "says": tr(clause.says),
        "law": tr(clause.law),
        "mend": tr(clause.mend),
        "link": clause.link,
    }
