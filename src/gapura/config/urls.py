"""The URL table, collected from the page tables of the areas."""

import pkgutil
from importlib import import_module
from importlib.util import find_spec

import gapura.web
from gapura.web.shell.pages import Page, urls


def all_pages() -> tuple[Page, ...]:
    """Every page of every area, in the order of the areas' names."""
    areas = [m.name for m in pkgutil.iter_modules(gapura.web.__path__, "gapura.web.") if m.ispkg]
    modules = [f"{area}.urls" for area in areas if find_spec(f"{area}.urls")]
    return tuple(page for module in modules for page in import_module(module).PAGES)


# Django tries one pattern after the other, which takes a tenth of a page at the end of the table.
FIRST = ("", "login", "login/code")


def _hot_first(page: Page) -> int:
    return FIRST.index(page.route) if page.route in FIRST else len(FIRST)


urlpatterns = urls(sorted(all_pages(), key=_hot_first))

handler400 = "gapura.web.shell.errors.bad_request"
handler403 = "gapura.web.shell.errors.forbidden"
handler404 = "gapura.web.shell.errors.not_found"
handler500 = "gapura.web.shell.errors.server_error"
