"""Pages of the console."""

from gapura.audit import permissions as audit
from gapura.helpdesk import permissions as helpdesk
from gapura.web.console import case, cases, entry, log
from gapura.web.shell.pages import Page

_CASE = "console/cases/<uuid:case_id>"
_POST = ("POST",)

PAGES = (
    Page("console/log", log.show, audit.Can.EXPLORE, name="log"),
    Page("console/log/<uuid:entry_id>", entry.show, audit.Can.SHOW, on_object=True, name="entry"),
    Page("console/cases", cases.show, helpdesk.Can.LIST, name="cases"),
    Page(_CASE, case.show, helpdesk.Can.SEE, on_object=True, name="case"),
    Page(f"{_CASE}/answer", case.answer, helpdesk.Can.ANSWER, _POST, True, name="answer-case"),
    Page(f"{_CASE}/close", case.close, helpdesk.Can.CLOSE, _POST, True, name="close-case"),
)
