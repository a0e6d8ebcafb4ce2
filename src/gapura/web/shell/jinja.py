"""The Jinja environment of all pages and mails: strict names, escaping, translations, filters."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings as configured
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from gapura.authentication.queries import passkey_origin
from gapura.web.shell.compiled import compiled_templates
from gapura.web.shell.display import FILTERS, page_window
from gapura.web.shell.quick import text


def _escapes(name: str | None) -> bool:
    """Everything is HTML but the mails, whose names end in .txt."""
    return name is None or not name.endswith(".txt")


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend and the house's tests use.

    A name that a template does not get is an error, never an empty text. The cache has no
    bound, because the set of templates has one.
    """
    settings = {
        **options,
        "undefined": StrictUndefined,
        "autoescape": _escapes,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "cache_size": -1,
        "auto_reload": False,
        "bytecode_cache": compiled_templates(configured.DATA_DIR, Path(__file__)),
        "extensions": ["jinja2.ext.i18n"],
    }
    env = Environment(**settings)  # noqa: S701 - autoescape is in the mapping
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update({"_": text, "gettext": text})
    env.globals.update(static=cache(static), page_window=page_window)
    env.globals.update(passkey_origin=passkey_origin)
    env.filters.update(FILTERS)
    return env


def compile_all() -> int:
    """Compile every template of the Jinja engine, so that no visitor waits for it.

    Returns how many there are.

    :raises jinja2.TemplateSyntaxError: for a broken template; the worker must not start.
    """
    engine = next(e for e in engines.all() if isinstance(e, Jinja2))
    names = engine.env.list_templates()
    for name in names:
        engine.env.get_template(name)
    return len(names)
