"""Pages of access requests: the applicant's and the verifiers'."""

from gapura.access.permissions import Can
from gapura.web.requests import (
    activate,
    agency,
    check,
    company,
    decide,
    delegations,
    details,
    edit,
    history,
    letter,
    own,
    place,
    queue,
    register,
    renew,
    review,
    role,
    saved,
    sent,
    show,
    sirup,
    tasks,
    withdraw,
)
from gapura.web.requests.editing import posted
from gapura.web.shell.pages import Page, View

_ONE = "requests/<uuid:request_id>"
_DELEGATION = "requests/delegations/<uuid:delegation_id>"
_BOTH = ("GET", "POST")


def _page(suffix: str, view: View, permission: str, methods: tuple[str, ...] = ("GET",)) -> Page:
    """A page of one request: whether this actor may see it is decided on the request."""
    route = f"{_ONE}/{suffix}" if suffix else _ONE
    name = f"request-{suffix}" if suffix else "request"
    return Page(route, view, permission, methods, on_object=True, name=name)


def _verb(suffix: str, view: View, permission: str, page: str) -> Page:
    """A verb of one request; `page` holds its form."""
    return _page(suffix, posted(view, page), permission, _BOTH)


PAGES = (
    Page("requests", own.own, Can.SEE_OWN, name="requests"),
    Page("requests/new", role.new, Can.SEE_OWN, _BOTH, name="requests-new"),
    Page("requests/agencies", agency.found, Can.SEE_OWN, name="requests-agencies"),
    Page("requests/queue", queue.queue, Can.SEE_QUEUE, name="requests-queue"),
    Page("requests/queue/filters", saved.keep, Can.SAVE_FILTER, _BOTH, name="queue-filters"),
    Page(
        "requests/queue/filters/<uuid:filter_id>/delete",
        saved.drop,
        Can.DROP_FILTER,
        _BOTH,
        True,
        name="queue-filter-delete",
    ),
    Page("requests/register", register.register, Can.SEE_REGISTER, name="register-of-requests"),
    Page("requests/register/recap", register.month_recap, Can.SEE_REGISTER, name="register-recap"),
    Page("requests/register/units", register.units, Can.SEE_REGISTER, name="register-units"),
    Page(
        "requests/register/xlsx",
        register.file("xlsx"),
        Can.DOWNLOAD_REGISTER,
        name="register-xlsx",
    ),
    Page("requests/register/pdf", register.file("pdf"), Can.DOWNLOAD_REGISTER, name="register-pdf"),
    Page("requests/delegations", delegations.show, Can.SEE_DELEGATIONS, name="delegations"),
    Page("requests/delegations/new", delegations.new, Can.DELEGATE, _BOTH, name="delegate"),
    Page(
        f"{_DELEGATION}/end",
        delegations.end,
        Can.END_DELEGATION,
        _BOTH,
        True,
        name="end-delegation",
    ),
    Page(
        f"{_DELEGATION}/confirm",
        delegations.confirm,
        Can.ACTIVATE,
        _BOTH,
        True,
        name="confirm-delegation",
    ),
    Page(
        "requests/renew/<uuid:grant_id>",
        renew.renew,
        Can.SEE_OWN,
        _BOTH,
        name="requests-renew",
    ),
    _page("", show.show, Can.SEE),
    _page("role", role.change, Can.SUBMIT, _BOTH),
    _page("agency", agency.choose, Can.SUBMIT, _BOTH),
    _page("tasks", tasks.tasks, Can.SUBMIT),
    _page("place", place.choose, Can.SUBMIT, _BOTH),
    _page("company", company.choose, Can.SUBMIT, _BOTH),
    _page("details", details.details, Can.SUBMIT, _BOTH),
    _page("sirup", sirup.link, Can.SUBMIT, _BOTH),
    _page("edit", edit.edit, Can.SUBMIT, _BOTH),
    _page("check", check.check, Can.SUBMIT),
    _verb("submit", check.submit, Can.SUBMIT, "check"),
    _page("sent", sent.sent, Can.SEE),
    _page("history", history.history, Can.SEE),
    _page("withdraw", withdraw.withdraw, Can.WITHDRAW, _BOTH),
    _verb("activate", activate.activate, Can.ACTIVATE, ""),
    _page("review", review.review, Can.SEE),
    _verb("claim", decide.claim, Can.CLAIM, "review"),
    _verb("release", decide.release, Can.RELEASE, "review"),
    _verb("approve", decide.approve, Can.APPROVE, "review"),
    _verb("correct", decide.correct, Can.ASK_CORRECTION, "review"),
    _verb("reject", decide.reject, Can.REJECT, "review"),
    Page(f"{_ONE}/letter/file", letter.file, Can.SEE_LETTER, on_object=True, name="letter-file"),
    Page(
        f"{_ONE}/letter/pages/<int:number>",
        letter.page,
        Can.SEE_LETTER,
        on_object=True,
        name="letter-page",
    ),
)
