"""Texts of templates, translated and escaped quickly: a table has hundreds of them."""

import re
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext
from jinja2 import pass_eval_context, runtime
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

# More than there are texts in all templates, in both languages.
_TEXTS = 8192
_speaks_html = re.compile("[&<>\"']").search


def quick_escape(value: Any) -> Any:
    """What `markupsafe.escape` gives, without building anew what needs no change.

    A third of a page's output is escaped already, and nearly all of the rest has nothing to escape.
    """
    kind = type(value)
    if kind is Markup or (kind is str and not _speaks_html(value)):
        return value
    return escape(value)


# The compiled templates take the name from here.
setattr(runtime, "escape", quick_escape)  # noqa: B010 - no name that the stubs tell of


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
