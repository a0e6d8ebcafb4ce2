"""Both languages are complete: every text is collected, translated and fits its original."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from gapura.config import settings
from gapura.kernel.problems import FieldProblems, Problem
from tools.catalogs import PLURALS, computed_ids, extract, problems, read
from tools.house.inventory import PACKAGE, modules

# Words that are the same in both languages, names, and texts that are only places.
LETTERS = re.compile(r"[A-Za-z]{3}")
PLACES = re.compile(r"%\(\w+\)[sd]")
MAILS = sorted(PACKAGE.glob("*/templates/*/mail/*.txt"))


def test_every_language_but_the_source_has_a_catalog() -> None:
    assert set(PLURALS) | {"en"} == {code for code, _ in settings.LANGUAGES}


@pytest.mark.parametrize("language", PLURALS)
def test_every_text_is_translated(language: str) -> None:
    """Fresh, complete, and every %(place)s kept: `python -m tools.catalogs update`, translate."""
    assert problems(language) == []


def test_no_text_is_computed() -> None:
    """Cross-site scripting: in templates `_(variable)` is trusted as markup, and not translated."""
    assert computed_ids() == []


def test_there_is_something_to_translate() -> None:
    found = [m for m in extract() if m.id]
    assert len(found) > 500
    assert any(isinstance(m.id, tuple) for m in found), "plural forms"


@pytest.mark.parametrize("language", PLURALS)
def test_long_texts_are_not_left_in_english(language: str) -> None:
    same = [m.id for m in read(language) if m.id and _is_sentence(m) and m.string == m.id]
    assert same == []


def _is_sentence(message: Message) -> bool:
    plain = PLACES.sub("", message.id) if isinstance(message.id, str) else ""
    return len(LETTERS.findall(plain)) > 4 and " " in plain.strip()


def _problems() -> list[type[Problem]]:
    modules()
    found, waiting = [], [Problem]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return [kind for kind in found if kind.__module__.startswith("gapura.")]


@pytest.mark.parametrize("kind", _problems(), ids=lambda k: k.__qualname__)
def test_every_refusal_says_what_happened_and_what_to_do(kind: type[Problem]) -> None:
    if kind.__subclasses__() or kind is FieldProblems or not kind.what:
        return  # a family of problems, or one whose page speaks for it
    assert kind.what.endswith(".")
    assert kind.todo.endswith("."), "what can the person do?"


@pytest.mark.parametrize("file", MAILS, ids=lambda f: f.name)
def test_every_mail_begins_with_a_subject_in_the_readers_language(file: Path) -> None:
    code = re.compile(r"\{#.*?#\}|\{%-? (?!trans).*?%\}", re.DOTALL)
    first = code.sub("", file.read_text()).strip().split("\n")[0]
    assert re.match(r"Subject: \{[{%]", first), first
