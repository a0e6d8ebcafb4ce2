"""The forms of a page, for people who walk without a browser."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """Where a form goes, what stands in its fields, and its buttons as (name, value)."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(told.get("action", ""), told.get("method", "get").lower()))
            self._open = True
        elif self._open and tag == "button":
            self.forms[-1].buttons.append((told.get("name", ""), told.get("value", "")))
        elif self._open and tag == "input":
            self._field(told)

    def _field(self, told: dict[str, str]) -> None:
        ticked = told.get("type") not in {"checkbox", "radio"} or "checked" in told
        if told.get("name") and ticked:
            self.forms[-1].fields[told["name"]] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False


def forms(page: str) -> list[Form]:
    """In the order of the page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
