"""Pages of the data that is held about oneself: what, copies, requests, erasure."""

from gapura.privacy import permissions as privacy
from gapura.web.account import erasure, my_copies, my_data, my_requests
from gapura.web.shell.pages import Page

_BOTH = ("GET", "POST")
_POST = ("POST",)
_DATA, _DATA_REQUEST = "account/data", "account/data/requests/<uuid:data_request_id>"
_COPY = f"{_DATA}/copies/<uuid:copy_id>"
_MINE = privacy.Can
DATA = (
    Page("account/erasure", erasure.show, _MINE.SEE_OWN_ERASURE, name="erasure"),
    Page("account/erasure/ask", erasure.ask, _MINE.ASK_ERASURE, _POST, name="ask-erasure"),
    Page(
        "account/erasure/undo",
        erasure.undo,
        _MINE.UNDO_ERASURE,
        _POST,
        on_object=True,
        name="undo-erasure",
    ),
    Page(_DATA, my_data.show, _MINE.SEE_OWN, name="my-data"),
    Page(f"{_DATA}/held/<str:data_kind>", my_data.kind, _MINE.SEE_OWN, name="my-data-kind"),
    Page(f"{_DATA}/copies", my_copies.ask, _MINE.ASK_COPY, _POST, name="ask-copy"),
    Page(_COPY, my_copies.show, _MINE.SEE_OWN, on_object=True, name="my-copy"),
    Page(f"{_COPY}/json", my_copies.data, _MINE.FETCH_COPY, on_object=True, name="my-copy-json"),
    Page(f"{_COPY}/pdf", my_copies.paper, _MINE.FETCH_COPY, on_object=True, name="my-copy-pdf"),
    Page(f"{_DATA}/requests", my_requests.show, _MINE.SEE_OWN, name="my-data-requests"),
    Page(
        f"{_DATA}/requests/correction",
        my_requests.correction,
        _MINE.ASK,
        _BOTH,
        name="ask-data-correction",
    ),
    Page(
        f"{_DATA}/requests/restriction",
        my_requests.restriction,
        _MINE.ASK,
        _BOTH,
        name="ask-restriction",
    ),
    Page(_DATA_REQUEST, my_requests.one, _MINE.SEE, on_object=True, name="my-data-request"),
    Page(
        f"{_DATA_REQUEST}/withdraw",
        my_requests.withdraw,
        _MINE.WITHDRAW,
        _POST,
        True,
        name="withdraw-data-request",
    ),
    Page(
        f"{_DATA}/restriction/lift",
        my_requests.lift,
        _MINE.LIFT,
        _POST,
        True,
        name="lift-restriction",
    ),
)
