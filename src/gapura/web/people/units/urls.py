"""Addresses of the pages about units and agencies."""

from gapura.organizations.permissions import Can
from gapura.web.people.units import changing, confirming, shown
from gapura.web.shell.pages import Page

_BOTH = ("GET", "POST")
_UNIT, _AGENCY = "people/units/<str:code>", "people/agencies/<str:code>"
_UNIT_RIGHTS = {
    "rename": Can.RENAME_UNIT,
    "move": Can.MOVE_UNIT,
    "merge": Can.MERGE_UNIT,
    "close": Can.CLOSE_UNIT,
}
_AGENCY_RIGHTS = {"rename": Can.RENAME_AGENCY, "close": Can.CLOSE_AGENCY}

PAGES = (
    Page("people/units", shown.units, Can.LIST_PLACES, name="units"),
    Page(
        "people/units/changes/<uuid:change_id>/cancel",
        changing.cancel,
        Can.CANCEL_CHANGE,
        _BOTH,
        on_object=True,
        name="unit-change-cancel",
    ),
    Page(_UNIT, shown.unit, Can.LIST_PLACES, on_object=True, name="unit"),
    Page(
        f"{_UNIT}/confirm",
        confirming.confirm,
        Can.CONFIRM_UNIT,
        _BOTH,
        on_object=True,
        name="unit-confirm",
    ),
    *(
        Page(
            f"{_UNIT}/{verb}",
            changing.unit_act(verb, right),
            right,
            _BOTH,
            True,
            name=f"unit-{verb}",
        )
        for verb, right in _UNIT_RIGHTS.items()
    ),
    Page(_AGENCY, shown.agency, Can.RENAME_AGENCY, name="agency"),
    *(
        Page(f"{_AGENCY}/{verb}", changing.agency_act(verb), right, _BOTH, name=f"agency-{verb}")
        for verb, right in _AGENCY_RIGHTS.items()
    ),
)
