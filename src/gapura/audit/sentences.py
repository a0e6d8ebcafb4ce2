"""An event told in the language of whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext

from gapura.audit.events import Event, event_named
from gapura.kernel.money import Rupiah


@dataclass(frozen=True, slots=True)
class Told:
    """How one kind of event is told in one language; `words` are its codes by fact, translated.

    `fields` are the facts that the sentence shows, as `facts.<name>`; `money` those that are
    amounts, shown as the language writes them.
    """

    text: str
    places: tuple[str, ...]
    words: Mapping[str, Mapping[str, str]]
    fields: tuple[str, ...]
    money: frozenset[str] = frozenset()
    language: str = "id"

    def sentence(self, facts: Mapping[str, Any], actor: str, subject: str) -> str:
        """The whole sentence; a dash where a fact is missing."""
        shown: dict[str, Any] = {"actor": actor, "subject": subject}
        for place in self.places:
            value = facts.get(place, "-")
            if isinstance(value, str) and place in self.words:
                value = self.words[place].get(value, value)
            elif place in self.money:
                value = _money(value, self.language)
            shown[place] = value
        return self.text % shown


# By language and name: no more than there are declared events, in both languages.
_told: dict[tuple[str, str], tuple[Event, Told]] = {}


def told_as(name: str) -> Told:
    """How an event is told in the active language; by its bare name when no longer declared."""
    event = event_named(name)
    if event is None:
        return Told(name.replace("%", "%%"), (), {}, ())
    key = (get_language() or "id", name)
    known = _told.get(key)
    if known is None or known[0] is not event:
        known = _told[key] = (event, _tell(event, key[0]))
    return known[1]


def _tell(event: Event, language: str) -> Told:
    places = tuple(sorted(event.places - {"actor", "subject"}))
    words = {
        place: {code: gettext(word) for code, word in event.words[place].items()}
        for place in places
        if place in event.words
    }
    fields = tuple(f"facts.{place}" for place in places)
    return Told(gettext(event.sentence), places, words, fields, frozenset(event.money), language)


def _money(value: Any, language: str) -> Any:
    """An amount as people write it; what is none (missing, hidden, erased) stays as it is."""
    try:
        return Rupiah(Decimal(str(value))).said(language)
    except (ArithmeticError, ValueError):
        return value
