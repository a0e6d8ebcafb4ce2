"""An event told in the language of whoever reads it."""

from collections.abc import Mapping
from typing import Any

from gapura.audit.events import Event, event_named
from gapura.kernel.texts import said


def sentence(name: str, facts: Mapping[str, Any], *, actor: str, subject: str) -> str:
    """The event's sentence in the active language; the bare name if it is no longer declared."""
    event = event_named(name)
    if event is None:
        return name
    spoken = {field: _word(event, field, value) for field, value in facts.items()}
    known = {**dict.fromkeys(event.places, "-"), **spoken}
    return said(event.sentence) % {**known, "actor": actor, "subject": subject}


def _word(event: Event, field: str, value: Any) -> Any:
    table = event.words.get(field, {})
    return said(table[value]) if isinstance(value, str) and value in table else value
