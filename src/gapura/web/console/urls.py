"""Pages of the console."""

from gapura.access import permissions as access
from gapura.audit import permissions as audit
from gapura.authentication import permissions as authentication
from gapura.helpdesk import permissions as helpdesk
from gapura.organizations import permissions as organizations
from gapura.outside import permissions as outside
from gapura.privacy import permissions as rights
from gapura.sso import permissions as sso
from gapura.web.console import (
    assignments,
    authorities,
    case,
    cases,
    client_deeds,
    client_edit,
    client_tokens,
    clients,
    companies,
    desk_lock,
    entry,
    exports,
    finding,
    findings,
    log,
    privacy,
    security,
    suspicion,
    views,
)
from gapura.web.console.breach_urls import BREACHES
from gapura.web.console.campaign_urls import CAMPAIGNS
from gapura.web.console.timeline import timeline
from gapura.web.shell.pages import Page, View

_CASE = "console/cases/<uuid:case_id>"
_FINDING = "console/findings/<uuid:finding_id>"
_DESK = "console/security"
_SUSPICION = f"{_DESK}/<uuid:suspicion_id>"
_LOCK = f"{_DESK}/locks/<uuid:lock_id>"
_POST = ("POST",)
_BOTH = ("GET", "POST")
_READS = audit.Can.EXPLORE
_VIEW = "console/log/views/<uuid:view_id>"
_EXPORT = "console/log/exports/<uuid:export_id>"
_ASSIGNED = "console/log/assignments"
_ONE_ASSIGNED = f"{_ASSIGNED}/<uuid:assignment_id>"
_SAFE = authentication.Can
_APPS = "console/clients"
_APP = f"{_APPS}/<uuid:app_id>"
_CLIENT = sso.Can


def _app(name: str, below: str, view: View, permission: str) -> Page:
    """What is done about one application; its service asks."""
    return Page(f"{_APP}/{below}", view, permission, _POST, True, name=f"client-{name}")


CLIENTS = (
    Page(_APPS, clients.show, _CLIENT.LIST_CLIENTS, name="clients"),
    Page(f"{_APPS}/new", client_edit.new, _CLIENT.REGISTER_CLIENT, _BOTH, name="client-new"),
    Page(
        f"{_APPS}/tokens",
        client_tokens.show,
        _CLIENT.MAKE_INITIAL_TOKEN,
        _BOTH,
        name="client-tokens",
    ),
    Page(
        f"{_APPS}/tokens/<uuid:initial_id>/revoke",
        client_tokens.revoke,
        _CLIENT.REVOKE_INITIAL_TOKEN,
        _POST,
        name="client-token-revoke",
    ),
    Page(_APP, clients.show_one, _CLIENT.SEE_CLIENT, on_object=True, name="client"),
    Page(f"{_APP}/logo", clients.logo, _CLIENT.SEE_CLIENT, on_object=True, name="client-logo"),
    Page(
        f"{_APP}/change",
        client_edit.change,
        _CLIENT.CHANGE_CLIENT,
        _BOTH,
        True,
        name="client-change",
    ),
    _app("logo-take", "logo/take", client_deeds.take_logo, _CLIENT.CHANGE_CLIENT),
    _app("suspend", "suspend", client_deeds.suspend, _CLIENT.SUSPEND_CLIENT),
    _app("restore", "restore", client_deeds.restore, _CLIENT.RESTORE_CLIENT),
    _app("close", "close", client_deeds.close, _CLIENT.CLOSE_CLIENT),
    _app("keys", "keys/fetch", client_deeds.fetch, _CLIENT.FETCH_KEYS),
    _app("secret-add", "secrets/add", client_deeds.add, _CLIENT.ROTATE_SECRET),
    _app("secret-end", "secrets/<uuid:secret_id>/end", client_deeds.end, _CLIENT.ROTATE_SECRET),
    _app("logout-retry", "logouts/<uuid:logout_id>/retry", client_deeds.retry, _CLIENT.SEE_LOGOUTS),
)

_DATA = "console/privacy/<uuid:data_request_id>"
_RIGHT = rights.Can
PRIVACY = (
    Page("console/privacy", privacy.show, _RIGHT.LIST, name="data-requests"),
    Page(_DATA, privacy.one, _RIGHT.SEE, on_object=True, name="data-request"),
    Page(f"{_DATA}/evidence", privacy.evidence, _RIGHT.SEE, on_object=True, name="data-evidence"),
    Page(f"{_DATA}/take", privacy.take, _RIGHT.TAKE, _POST, True, name="data-take"),
    Page(f"{_DATA}/fulfill", privacy.fulfill, _RIGHT.FULFILL, _POST, True, name="data-fulfill"),
    Page(f"{_DATA}/refuse", privacy.refuse, _RIGHT.REFUSE, _POST, True, name="data-refuse"),
)

PAGES = (
    *CLIENTS,
    *PRIVACY,
    *BREACHES,
    *CAMPAIGNS,
    Page("console/log", log.show, audit.Can.EXPLORE, name="log"),
    Page("console/log/<uuid:entry_id>", entry.show, audit.Can.SHOW, on_object=True, name="entry"),
    Page("console/log/people/<uuid:person_id>", timeline("people"), _READS, name="log-person"),
    Page("console/log/requests/<uuid:request_id>", timeline("requests"), _READS, name="log-asked"),
    Page("console/log/orders/<uuid:order_id>", timeline("orders"), _READS, name="log-order"),
    Page("console/log/letters/<uuid:letter_id>", timeline("letters"), _READS, name="log-letter"),
    Page("console/log/views", views.show, audit.Can.SAVE_VIEW, name="log-views"),
    Page("console/log/views/new", views.new, audit.Can.SAVE_VIEW, _BOTH, name="log-view-new"),
    Page(_VIEW, views.change, audit.Can.CHANGE_VIEW, _BOTH, True, name="log-view"),
    Page(f"{_VIEW}/drop", views.drop, audit.Can.CHANGE_VIEW, _POST, True, name="log-view-drop"),
    Page("console/log/export", exports.new, audit.Can.EXPORT, _BOTH, name="log-export"),
    Page("console/log/exports", exports.show, audit.Can.EXPORT, name="log-exports"),
    Page(_EXPORT, exports.one, audit.Can.FETCH, on_object=True, name="log-export-one"),
    Page(f"{_EXPORT}/file", exports.file, audit.Can.FETCH, on_object=True, name="log-export-file"),
    Page(_ASSIGNED, assignments.show, audit.Can.LIST_ASSIGNMENTS, name="assignments"),
    Page(f"{_ASSIGNED}/new", assignments.new, audit.Can.ASSIGN, _BOTH, name="assignment-new"),
    Page(
        f"{_ONE_ASSIGNED}/confirm",
        assignments.confirm,
        audit.Can.CONFIRM_ASSIGNMENT,
        _POST,
        True,
        name="assignment-confirm",
    ),
    Page(
        f"{_ONE_ASSIGNED}/end",
        assignments.end,
        audit.Can.END_ASSIGNMENT,
        _POST,
        True,
        name="assignment-end",
    ),
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
    Page(_DESK, security.show, _SAFE.LIST_SUSPICIONS, name="security-desk"),
    Page(_SUSPICION, suspicion.show, _SAFE.SEE_SUSPICION, on_object=True, name="suspicion"),
    Page(
        f"{_SUSPICION}/propose",
        suspicion.propose,
        _SAFE.PROPOSE_ACTION,
        _POST,
        True,
        name="suspicion-propose",
    ),
    Page(
        f"{_SUSPICION}/agree",
        suspicion.agree,
        _SAFE.AGREE_ACTION,
        _POST,
        True,
        name="suspicion-agree",
    ),
    Page(
        f"{_SUSPICION}/decline",
        suspicion.decline,
        _SAFE.DECLINE_ACTION,
        _POST,
        True,
        name="suspicion-decline",
    ),
    Page(
        f"{_SUSPICION}/dismiss",
        suspicion.dismiss,
        _SAFE.DISMISS_SUSPICION,
        _POST,
        True,
        name="suspicion-dismiss",
    ),
    Page(
        f"{_SUSPICION}/end-sessions",
        suspicion.cut,
        _SAFE.CUT_SESSIONS,
        _POST,
        True,
        name="suspicion-cut",
    ),
    Page(_LOCK, desk_lock.show, _SAFE.SEE_LOCK, on_object=True, name="desk-lock"),
    Page(f"{_LOCK}/ask", desk_lock.ask, _SAFE.ASK_LIFT, _POST, True, name="lock-ask"),
    Page(f"{_LOCK}/agree", desk_lock.agree, _SAFE.LIFT_LOCK, _POST, True, name="lock-agree"),
    Page(f"{_LOCK}/keep", desk_lock.keep, _SAFE.KEEP_LOCK, _POST, True, name="lock-keep"),
)
