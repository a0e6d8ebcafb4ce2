"""A page in a real browser, looked at on a phone and on a wide screen."""

import os
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (360, 1280)
_ALL = "axe.run({resultTypes: ['violations']})"
# Two thirds of axe's time, and the colors of the wide page are those of the narrow one.
_FORM = """axe.run({
    resultTypes: ['violations'], rules: {'color-contrast': {enabled: false}}
})"""


def faults(sheet: "Page", site: str, path: str, who: str, status: int = 200) -> list[object]:
    """What axe finds at both widths, and what is wider than its screen; opened once for both."""
    sheet.set_viewport_size({"width": WIDTHS[0], "height": 800})
    answer = sheet.goto(f"{site}{path}")
    if answer is None or answer.status != status:
        return [(who, path, answer.status if answer else None)]
    sheet.evaluate(Axe().axe_script)
    found: list[object] = []
    for width, run in zip(WIDTHS, (_ALL, _FORM), strict=True):
        sheet.set_viewport_size({"width": width, "height": 800})
        _keep(sheet, who, path, width)
        rules: list[dict[str, Any]] = sheet.evaluate(run)["violations"]
        found += [(who, path, width, v["id"], [n["target"] for n in v["nodes"]]) for v in rules]
        wide = sheet.evaluate("document.documentElement.scrollWidth")
        found += [(who, path, width, "wide", wide)] if wide > width else []
    return found


def _keep(sheet: "Page", who: str, path: str, width: int) -> None:
    """A picture of it in the folder that SHOTS names."""
    if folder := os.environ.get("SHOTS"):
        name = f"{who}-{path.replace('/', '_')[-40:]}-{width}".replace("?", "_")
        sheet.screenshot(path=f"{folder}/{name}.png", full_page=True)
