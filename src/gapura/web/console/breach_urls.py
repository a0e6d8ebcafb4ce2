"""Pages of the officer for data protection: the register of breaches, and the erasures."""

from gapura.privacy import permissions as rights
from gapura.web.console import breaches, erasures
from gapura.web.shell.pages import Page, View

_BOTH = ("GET", "POST")
_POST = ("POST",)
_BREACHES = "console/breaches"
_BREACH = f"{_BREACHES}/<uuid:breach_id>"


def _breach(route: str, view: View, permission: str, methods: tuple[str, ...] = _POST) -> Page:
    return Page(f"{_BREACH}/{route}", view, permission, methods, name=f"breach-{route}")


BREACHES = (
    Page("console/erasures", erasures.show, rights.Can.LIST_ERASURES, name="erasures"),
    Page(
        "console/erasures/<uuid:erasure_id>/refuse",
        erasures.refuse,
        rights.Can.REFUSE_ERASURE,
        _POST,
        on_object=True,
        name="erasure-refuse",
    ),
    Page(_BREACHES, breaches.show, rights.Can.LIST_BREACHES, name="breaches"),
    Page(f"{_BREACHES}/new", breaches.new, rights.Can.ENTER_BREACH, _BOTH, name="breach-new"),
    Page(_BREACH, breaches.one, rights.Can.LIST_BREACHES, name="breach"),
    _breach("paper", breaches.paper, rights.Can.LIST_BREACHES, ("GET",)),
    _breach("change", breaches.change, rights.Can.CHANGE_BREACH, _BOTH),
    _breach("find", breaches.find, rights.Can.FIND_AFFECTED),
    _breach("tell", breaches.tell, rights.Can.TELL_AFFECTED),
    _breach("report", breaches.report, rights.Can.REPORT_BREACH),
    _breach("close", breaches.close, rights.Can.CLOSE_BREACH),
)
