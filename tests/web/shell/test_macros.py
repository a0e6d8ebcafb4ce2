"""Our thin macros give the HTML that govuk-frontend documents; its own macros are the judge."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.utils.translation import override
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

from gapura.web.shell.forms import (
    ChoiceField,
    DayField,
    DigitsField,
    EmailField,
    Form,
    ManyChoicesField,
    TextField,
)
from tests.web.shell.site import env


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The judge speaks English, so ours does too."""
    with override("en"):
        yield


VOID = {"input", "br", "img", "meta", "link"}


class Reader(HTMLParser):
    """HTML as a list of tags with sorted attributes, and texts without needless blanks."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {k: " ".join(sorted(v.split())) if k == "class" and v else v for k, v in attrs}
        self.found.append((tag, sorted(values.items())))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if text := re.sub(r"\s+", " ", data).strip():
            self.found.append(text)


def read(html: str) -> list[Any]:
    reader = Reader()
    reader.feed(html)
    return reader.found


def theirs(component: str, macro: str, params: dict[str, Any]) -> list[Any]:
    judge = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        undefined=ChainableUndefined,
        autoescape=True,
    )
    path = f"govuk_frontend_jinja/components/{component}/macro.html"
    source = f'{{% from "{path}" import {macro} %}}{{{{ {macro}(params) }}}}'
    return read(judge.from_string(source).render(params=params))


def ours(source: str, **names: Any) -> list[Any]:
    imports = '{% import "shell/fields.html" as fields %}{% import "shell/parts.html" as parts %}'
    with override("en"):
        return read(env().from_string(imports + source).render(**names))


class Sample(Form):
    name = TextField(label="Name", hint="As on your card.", width="20", autocomplete="name")
    email = EmailField(label="E-mail")
    nik = DigitsField(label="NIK", lengths=(16,))
    kind = ChoiceField(
        label="Kind", choices=(("a", "First"), ("b", "Second")), hints={"b": "The other one."}
    )
    place = ChoiceField(label="Place", choices=(("1", "Bogor"), ("2", "Depok")), look="select")
    topics = ManyChoicesField(label="Topics", choices=(("x", "X"), ("y", "Y")))
    signed = DayField(label="Signed on", hint="For example 22 11 2026")


GOOD = {"name": "Dewi <b>", "kind": "b", "place": "2", "topics": ["y"], "signed-day": "3"}


def error(form: Form, name: str) -> dict[str, str]:
    return {"text": str(form.errors[name][0]), "visuallyHiddenText": "Error"}


@pytest.mark.parametrize("name", ["name", "email"])
@pytest.mark.parametrize("data", [None, {}])
def test_text(name: str, data: dict[str, Any] | None) -> None:
    form = Sample(data)
    hint = {"text": "As on your card."} if name == "name" else None
    params: dict[str, Any] = {
        "id": f"f-{name}",
        "name": name,
        "label": {"text": form[name].label},
        "spellcheck": False,
        "autocomplete": name,
        **({"hint": hint, "classes": "govuk-input--width-20"} if hint else {}),
        **({"type": "email", "inputmode": "email", "autocapitalize": "none"} if not hint else {}),
        **({"errorMessage": error(form, name)} if data is not None else {}),
    }
    expected = theirs("input", "govukInput", params)
    assert ours("{{ fields.field(form[name]) }}", form=form, name=name) == expected


def test_text_escapes_what_was_typed() -> None:
    assert ours('{{ fields.text(form["name"]) }}', form=Sample(GOOD))[-2][1][-1] == (
        "value",
        "Dewi <b>",
    )
    html = env().from_string(
        '{% import "shell/fields.html" as fields %}{{ fields.text(form["name"]) }}'
    )
    assert "Dewi &lt;b&gt;" in html.render(form=Sample(GOOD))


@pytest.mark.parametrize("data", [{}, GOOD])
def test_radios(data: dict[str, Any]) -> None:
    form = Sample(data)
    params: dict[str, Any] = {
        "idPrefix": "f-kind",
        "name": "kind",
        "value": data.get("kind"),
        "fieldset": {"legend": {"text": "Kind"}},
        "items": [
            {"value": "a", "text": "First"},
            {"value": "b", "text": "Second", "hint": {"text": "The other one."}},
        ],
        **({} if data else {"errorMessage": error(form, "kind")}),
    }
    expected = theirs("radios", "govukRadios", params)
    assert ours('{{ fields.field(form["kind"]) }}', form=form) == expected


def test_checkboxes() -> None:
    params = {
        "idPrefix": "f-topics",
        "name": "topics",
        "values": ["y"],
        "fieldset": {"legend": {"text": "Topics"}},
        "items": [{"value": "x", "text": "X"}, {"value": "y", "text": "Y"}],
    }
    expected = theirs("checkboxes", "govukCheckboxes", params)
    assert ours('{{ fields.field(form["topics"]) }}', form=Sample(GOOD)) == expected


@pytest.mark.parametrize("data", [{}, GOOD])
def test_select(data: dict[str, Any]) -> None:
    form = Sample(data)
    params: dict[str, Any] = {
        "id": "f-place",
        "name": "place",
        "label": {"text": "Place"},
        "value": data.get("place"),
        "items": [{"value": "1", "text": "Bogor"}, {"value": "2", "text": "Depok"}],
        **({} if data else {"errorMessage": error(form, "place")}),
    }
    expected = theirs("select", "govukSelect", params)
    assert ours('{{ fields.field(form["place"]) }}', form=form) == expected


def test_day_marks_the_box_that_is_missing() -> None:
    form = Sample(GOOD)
    wide, wrong = "govuk-input--width-2", " govuk-input--error"
    params = {
        "id": "f-signed",
        "namePrefix": "signed",
        "fieldset": {"legend": {"text": "Signed on"}},
        "hint": {"text": "For example 22 11 2026"},
        "errorMessage": error(form, "signed"),
        "items": [
            {"name": "day", "classes": wide, "value": "3"},
            {"name": "month", "classes": wide + wrong},
            {"name": "year", "classes": "govuk-input--width-4"},
        ],
    }
    expected = theirs("date-input", "govukDateInput", params)
    assert ours('{{ fields.field(form["signed"]) }}', form=form) == expected


def test_error_summary_links_to_the_control_to_mend() -> None:
    form = Sample({**GOOD, "email": "a@b.id", "nik": "3" * 16})
    params = {
        "titleText": "There is something to correct",
        "errorList": [{"text": form.errors["signed"][0], "href": "#f-signed-month"}],
    }
    expected = theirs("error-summary", "govukErrorSummary", params)
    assert ours("{{ parts.error_summary(form) }}", form=form) == expected


def test_summary_list() -> None:
    rows = [
        {"key": "Name", "value": "Dewi", "href": "/x", "about": "name"},
        {"key": "K", "value": 1},
    ]
    change = {"href": "/x", "text": "Change", "visuallyHiddenText": "name"}
    params = {
        "rows": [
            {
                "key": {"text": "Name"},
                "value": {"text": "Dewi"},
                "actions": {"items": [change]},
            },
            {"key": {"text": "K"}, "value": {"text": "1"}},
        ]
    }
    expected = theirs("summary-list", "govukSummaryList", params)
    assert ours("{{ parts.summary_list(rows) }}", rows=rows) == expected


def test_task_list() -> None:
    items = [
        {"title": "Account", "status": "Done", "href": "/a", "hint": "Short."},
        {"title": "Letter", "status": "Cannot start yet"},
    ]
    waiting = {"text": "Cannot start yet", "classes": "govuk-task-list__status--cannot-start-yet"}
    params = {
        "items": [
            {
                "title": {"text": "Account"},
                "hint": {"text": "Short."},
                "href": "/a",
                "status": {"text": "Done"},
            },
            {"title": {"text": "Letter"}, "status": waiting},
        ]
    }
    expected = theirs("task-list", "govukTaskList", params)
    assert ours("{{ parts.task_list(items) }}", items=items) == expected


@pytest.mark.parametrize(
    ("source", "component", "macro", "params"),
    [
        (
            '{{ parts.tag("New", "red") }}',
            "tag",
            "govukTag",
            {"text": "New", "classes": "govuk-tag--red"},
        ),
        (
            '{{ parts.button("Send", "warning") }}',
            "button",
            "govukButton",
            {
                "text": "Send",
                "type": "submit",
                "classes": "govuk-button--warning",
                "preventDoubleClick": True,
            },
        ),
        (
            '{{ parts.link_button("Go", "/x") }}',
            "button",
            "govukButton",
            {"text": "Go", "href": "/x"},
        ),
        ('{{ parts.inset("Note") }}', "inset-text", "govukInsetText", {"text": "Note"}),
        ('{{ parts.warning("Stop") }}', "warning-text", "govukWarningText", {"text": "Stop"}),
        (
            '{{ parts.back_anchor("/x") }}',
            "back-link",
            "govukBackLink",
            {"href": "/x", "text": "Back"},
        ),
        (
            '{% call parts.details("More") %}Text{% endcall %}',
            "details",
            "govukDetails",
            {"summaryText": "More", "text": "Text"},
        ),
        (
            '{{ parts.panel("Sent", "AKS-1") }}',
            "panel",
            "govukPanel",
            {"titleText": "Sent", "text": "AKS-1"},
        ),
        (
            '{{ parts.notice("Saved", "success") }}',
            "notification-banner",
            "govukNotificationBanner",
            {"text": "Saved", "type": "success", "titleText": "Success", "titleId": "notice-1"},
        ),
        (
            '{{ parts.breadcrumbs([{"text": "Home", "href": "/"}, {"text": "Here"}]) }}',
            "breadcrumbs",
            "govukBreadcrumbs",
            {
                "labelText": "You are here",
                "items": [{"text": "Home", "href": "/"}, {"text": "Here"}],
            },
        ),
    ],
)
def test_small_parts(source: str, component: str, macro: str, params: dict[str, Any]) -> None:
    assert ours(source) == theirs(component, macro, params)


def test_pages_are_windowed_around_the_current_one() -> None:
    texts = [t for t in ours('{{ parts.pagination(5, 20, "?page=") }}') if isinstance(t, str)]
    numbers = [t for t in texts if t.isdigit() or t == "⋯"]
    assert numbers == ["1", "⋯", "4", "5", "6", "⋯", "20"]
    assert ours('{{ parts.pagination(1, 1, "?page=") }}') == []
