"""Pages of the console."""

from gapura.access import permissions as access
from gapura.audit import permissions as audit
from gapura.helpdesk import permissions as helpdesk
from gapura.organizations import permissions as organizations
from gapura.outside import permissions as outside
from gapura.web.console import (
    authorities,
    case,
    cases,
    companies,
    entry,
    finding,
    findings,
    log,
)
from gapura.web.shell.pages import Page

_CASE = "console/cases/<uuid:case_id>"
_FINDING = "console/findings/<uuid:finding_id>"
_POST = ("POST",)

PAGES = (
    Page("console/log", log.show, audit.Can.EXPLORE, name="log"),
    Page("console/log/<uuid:entry_id>", entry.show, audit.Can.SHOW, on_object=True, name="entry"),
    Page("console/cases", cases.show, helpdesk.Can.LIST, name="cases"),
    Page(_CASE, case.show, helpdesk.Can.SEE, on_object=True, name="case"),
    Page(f"{_CASE}/answer", case.answer, helpdesk.Can.ANSWER, _POST, True, name="answer-case"),
    Page(f"{_CASE}/close", case.close, helpdesk.Can.CLOSE, _POST, True, name="close-case"),
    Page("console/findings", findings.show, access.Can.LIST_FINDINGS, name="findings"),
    Page(_FINDING, finding.show, access.Can.SEE_FINDING, on_object=True, name="finding"),
    Page(
        f"{_FINDING}/accept",
        finding.accept,
        access.Can.ACCEPT_FINDING,
        _POST,
        True,
        name="accept-finding",
    ),
    Page(f"{_FINDING}/end", finding.end, access.Can.REVOKE, _POST, True, name="end-finding"),
    Page(
        "console/companies",
        companies.search,
        organizations.Can.SEE_STANDING,
        name="console-companies",
    ),
    Page(
        "console/companies/<str:company>",
        companies.show,
        organizations.Can.SEE_STANDING,
        name="console-company",
    ),
    Page("console/authorities", authorities.show, outside.Can.SEE, name="authorities"),
    Page(
        "console/authorities/holidays",
        authorities.refresh,
        outside.Can.REFRESH,
        _POST,
        name="refresh-holidays",
    ),
)
