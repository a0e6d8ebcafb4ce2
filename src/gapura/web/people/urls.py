"""Pages about people for those who look after them."""

from gapura.access import permissions as access
from gapura.accounts.permissions import Can
from gapura.authentication import permissions as authentication
from gapura.web.people import (
    at,
    decide,
    document,
    duplicate_verbs,
    duplicates,
    expiring,
    holder,
    offboard,
    queue,
    recoveries,
    recovery_verbs,
    review,
    verifiers,
)
from gapura.web.people.reviews import answering, files, opening, shown
from gapura.web.people.units import urls as units
from gapura.web.shell.pages import Page, View

_ONE = "people/identities/<uuid:identity_id>"
_PAIR = "people/duplicates/<uuid:duplicate_id>"
_BACK = "people/recoveries/<uuid:recovery_id>"
_REVIEW = "people/reviews/<uuid:review_id>"
_BOTH = ("GET", "POST")


def _verb(verb: str, view: View, permission: str) -> Page:
    """A verb of one document; opened by its address, it leads back to the page of its form."""
    name = f"identity-{verb}"
    return Page(f"{_ONE}/{verb}", decide.posted(view), permission, _BOTH, True, name=name)


def _help(verb: str, view: View, permission: str) -> Page:
    """A verb of one way back."""
    name, posted = f"recovery-{verb}", recovery_verbs.posted(view)
    return Page(f"{_BACK}/{verb}", posted, permission, _BOTH, True, name=name)


def _pair(verb: str, view: View, permission: str) -> Page:
    """A verb on a pair of accounts."""
    name, posted = f"duplicate-{verb}", duplicate_verbs.posted(view)
    return Page(f"{_PAIR}/{verb}", posted, permission, _BOTH, True, name=name)


def _review(more: str, view: View, permission: str, methods: tuple[str, ...] = ("GET",)) -> Page:
    """A page about one access review, or about one access in it."""
    name = f"access-review-{more.rpartition('/')[2]}" if more else "access-review"
    route = f"{_REVIEW}/{more}" if more else _REVIEW
    return Page(route, view, permission, methods, on_object=True, name=name)


PAGES = (
    Page("people/reviews", shown.listing, access.Can.LIST_REVIEWS, name="access-reviews"),
    Page(
        "people/reviews/new", opening.new, access.Can.OPEN_REVIEW, _BOTH, name="access-review-new"
    ),
    _review("", shown.one, access.Can.SEE_REVIEW),
    _review("confirm", answering.confirm, access.Can.CONFIRM_LINE, _BOTH),
    _review("lines/<uuid:line_id>/remove", answering.remove, access.Can.REMOVE_LINE, _BOTH),
    _review("extend", opening.extend, access.Can.EXTEND_REVIEW, _BOTH),
    _review("cancel", opening.cancel, access.Can.CANCEL_REVIEW, _BOTH),
    _review("csv", files.file("csv"), access.Can.DOWNLOAD_REVIEW),
    _review("pdf", files.file("pdf"), access.Can.DOWNLOAD_REVIEW),
    Page("people/expiring", expiring.show, access.Can.SEE_EXPIRING, name="people-expiring"),
    Page("people/verifiers", verifiers.show, access.Can.LIST_VERIFIERS, name="people-verifiers"),
    Page("people/at", at.show, access.Can.SEE_HISTORY, name="people-at"),
    Page("people/identities", queue.queue, Can.LIST_CASES, name="identities"),
    Page(_ONE, review.show, Can.SEE_CASE, on_object=True, name="identity"),
    _verb("claim", decide.claim, Can.CLAIM_CASE),
    _verb("release", decide.release, Can.RELEASE_CASE),
    _verb("confirm", decide.confirm, Can.CONFIRM_CASE),
    _verb("correct", decide.correct, Can.SEND_BACK_CASE),
    _verb("refuse", decide.refuse, Can.REFUSE_CASE),
    Page(
        f"{_ONE}/pages/<int:number>",
        document.page,
        Can.SEE_DOCUMENT,
        on_object=True,
        name="identity-page",
    ),
    Page(
        "people/recoveries",
        recoveries.queue,
        authentication.Can.LIST_RECOVERIES,
        name="recoveries",
    ),
    Page(_BACK, recoveries.show, authentication.Can.SEE_RECOVERY, on_object=True, name="recovery"),
    _help("vouch", recovery_verbs.vouch, authentication.Can.VOUCH_RECOVERY),
    _help("second", recovery_verbs.second, authentication.Can.SECOND_RECOVERY),
    _help("refuse", recovery_verbs.refuse, authentication.Can.REFUSE_RECOVERY),
    Page("people/duplicates", duplicates.queue, Can.LIST_DUPLICATES, name="duplicates"),
    Page(_PAIR, duplicates.show, Can.SEE_DUPLICATE, on_object=True, name="duplicate"),
    _pair("ask", duplicate_verbs.ask, Can.ASK_DUPLICATE),
    _pair("differ", duplicate_verbs.differ, Can.DIFFER_DUPLICATE),
    _pair("announce", duplicate_verbs.announce, Can.ANNOUNCE_DUPLICATE),
    _pair("uphold", duplicate_verbs.uphold, Can.UPHOLD_DUPLICATE),
    _pair("close", duplicate_verbs.close, Can.CLOSE_DUPLICATE),
    *units.PAGES,
    # Last: what stands above is no username's page.
    Page(
        "people/<str:username>",
        holder.show,
        access.Can.SEE_HOLDER,
        on_object=True,
        name="holder",
    ),
    Page(
        "people/<str:username>/offboard",
        offboard.show,
        access.Can.OFFBOARD,
        _BOTH,
        on_object=True,
        name="offboard",
    ),
)
