"""/console/log: who did what, filtered, newest first, each entry with its mark of proof."""

from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.template import loader
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from markupsafe import Markup

from gapura.access.queries import ROLES
from gapura.audit.queries import PAGE, Filters, LogPage, Whose
from gapura.audit.services import explore_log
from gapura.kernel import clock
from gapura.web.console.days import PlainDayField
from gapura.web.console.log_lines import Lines
from gapura.web.console.words import ACTS, RESULTS
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

Choices = list[tuple[str, str]]
Kept = tuple[tuple[str, str], ...]
_PERSONAL = frozenset({"actor", "subject"})
# Combinations of days and options whose form is kept ready.
_KEPT = 128


@cache
def _choices(_language: str | None) -> tuple[Choices, Choices, Choices]:
    """Acts, roles and results in the active language."""
    named = sorted(((start, tr(text)) for start, text in ACTS.items()), key=lambda act: act[1])
    acts = [("", _("All acts")), *named]
    roles = [("", _("All roles")), *((code, tr(role.name)) for code, role in ROLES.items())]
    results = [("", _("All results")), *((code, tr(word)) for code, (word, _c) in RESULTS.items())]
    return acts, roles, results


class LogForm(Form):
    """A GET form; an empty field does not filter."""

    since = PlainDayField(label=lazy("From day"), required=False)
    until = PlainDayField(label=lazy("Until day"), required=False)
    actor = TextField(label=lazy("Username"), longest=40, required=False, autocomplete="off")
    event = ChoiceField(
        label=lazy("Kind of act"),
        look="select",
        required=False,
        choices=lambda: _choices(get_language())[0],
    )
    role = ChoiceField(
        label=lazy("As role"),
        look="select",
        required=False,
        choices=lambda: _choices(get_language())[1],
    )
    result = ChoiceField(
        label=lazy("Result"),
        look="select",
        required=False,
        choices=lambda: _choices(get_language())[2],
    )
    subject = TextField(
        label=lazy("About (number or username)"), longest=200, required=False, autocomplete="off"
    )

    def clean(self) -> dict[str, Any]:
        """The first day does not lie behind the last."""
        given = self.cleaned_data
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", _("“Until day” lies before “From day”. Swap the two days."))
        return given


def show(request: Request) -> HttpResponse:
    """One page. That somebody looked is recorded with the filters they used."""
    form = LogForm(request.GET)
    if not form.is_valid():
        return render(request, "console/log.html", _values(request, form, None), 422)
    filters = Filters(**_given(form.cleaned_data), after=_cursor(request), size=PAGE)
    page = explore_log(actor=request.actor, filters=filters, whose=Whose.OVERSEEN)
    return render(request, "console/log.html", _values(request, form, page))


def _given(cleaned: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in cleaned.items() if value}


def _values(request: Request, form: LogForm, page: LogPage | None) -> dict[str, Any]:
    kept = [(name, request.GET[name]) for name in form.fields if request.GET.get(name)]
    grant = request.actor.grant
    zone = grant.zone if grant else clock.JAKARTA
    lines = Lines(zone)
    older = [*kept, ("after", str(page.next))] if page and page.next else []
    return {
        "form": form,
        "filters": _filters(form, tuple(kept)),
        "log": page,
        "clear": "/console/log" if kept else "",
        "newest": f"?{urlencode(kept)}" if _cursor(request) else "",
        "older": f"?{urlencode(older)}" if older else "",
        "lines": [lines.line(row) for row in page.rows] if page else [],
        "zone": zone,
        "place": grant.place if grant else "",
    }


def _filters(form: LogForm, kept: Kept) -> Markup:
    """The form as HTML. Its forty options would take a tenth of the page's time, so it is kept
    where all that was chosen is a day or an option: not with names and numbers of people in it.
    """
    if form.errors or not _PERSONAL.isdisjoint(name for name, _value in kept):
        return _as_html(form, kept)
    return _kept_html(get_language(), kept)


@lru_cache(_KEPT)
def _kept_html(_language: str | None, kept: Kept) -> Markup:
    return _as_html(LogForm(dict(kept)), kept)


def _as_html(form: LogForm, kept: Kept) -> Markup:
    values = {"form": form, "clear": "/console/log" if kept else ""}
    html = loader.get_template("console/log_filters.html").render(values)
    return Markup(html)  # noqa: S704 - made by a template that escapes


def _cursor(request: Request) -> UUID | None:
    """Where the page before ended; anything unreadable begins at the newest."""
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None
