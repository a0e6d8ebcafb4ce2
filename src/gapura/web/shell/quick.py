"""Texts of templates, translated once: a table has hundreds of them."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

# More than there are texts in all templates, in both languages.
_TEXTS = 8192


@lru_cache(_TEXTS)
def _translated(_language: str | None, message: str) -> Markup:
    return Markup(gettext(message))  # noqa: S704 - written by us and by our translators


@lru_cache(_TEXTS)
def _finished(language: str | None, message: str) -> Markup:
    return _translated(language, message) % {}


@pass_eval_context
def text(context: EvalContext, message: str, /, **values: Any) -> str:
    """`_("...")` in templates: the text in the active language, its values escaped."""
    if not context.autoescape:
        return gettext(message) % values
    language = get_language()
    return _translated(language, message) % values if values else _finished(language, message)
