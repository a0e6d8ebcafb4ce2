"""What people change about themselves without asking anybody."""

from typing import Any

from django.db import transaction

from gapura.accounts import events
from gapura.accounts.models import Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries import IdentityCheck
from gapura.accounts.rules import (
    free_text_problem,
    language_problem,
    tidy,
)
from gapura.accounts.services.rows import locked, record
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem


def update_profile(*, actor: Actor, unit_text: str | None = None) -> Person:
    """Set the unit in the person's own words; None leaves it. Telephones have their own verbs.

    :raises FieldProblems: with every problem by field.
    """
    found: dict[str, Problem | None] = {}
    values: dict[str, str | None] = {}
    if unit_text is not None:
        tidied = tidy(unit_text)
        found["unit_text"], values["unit_text"] = free_text_problem(tidied), tidied
    _refuse(found)
    return _change(actor, **values)


def choose_language(*, actor: Actor, language: str) -> Person:
    """Set the language of pages and mails: `id` or `en`.

    :raises FieldProblems: another language.
    """
    _refuse({"language": language_problem(language)})
    return _change(actor, language=language)


def _refuse(found: dict[str, Problem | None]) -> None:
    problems = {field: problem for field, problem in found.items() if problem is not None}
    if problems:
        raise FieldProblems(problems)


def _change(actor: Actor, **values: Any) -> Person:
    """Write what differs, with one event; nothing differs, nothing is recorded."""
    with transaction.atomic():
        person = locked(actor.who)
        require(actor, Can.UPDATE, IdentityCheck(person))
        changed = {name: new for name, new in values.items() if getattr(person, name) != new}
        before = {name: getattr(person, name) for name in changed}
        for name, new in changed.items():
            setattr(person, name, new)
        if changed:
            person.save(update_fields=list(changed))
            record(actor, events.PROFILE_UPDATED, person, before=before, after=changed)
    return person
