"""Pages of companies and their people."""

from gapura.access import permissions as access
from gapura.access.services import CSV, XLSX
from gapura.evaluations import permissions as evaluations
from gapura.organizations.permissions import Can
from gapura.web.company import (
    activate,
    branches,
    comparison,
    details,
    differences,
    invitation,
    join,
    members,
    new,
    outcomes,
    papers,
    people,
    performance,
    show,
    takeovers,
)
from gapura.web.company.explained import EXPLAINED
from gapura.web.shell.pages import Page

_BOTH = ("GET", "POST")
_POST = ("POST",)
_OUTCOMES = tuple(
    Page(
        f"company/new/{each.slug}",
        outcomes.page_for(kind),
        Can.LOOK_UP_COMPANY,
        name=f"company-{each.slug}",
    )
    for kind, each in EXPLAINED.items()
)

_TAKEOVER = "company/takeovers/<uuid:succession_id>"
_RIGHTS = {
    "object": access.Can.OBJECT_SUCCESSION,
    "decide": access.Can.ALLOW_SUCCESSION,
    "withdraw": access.Can.WITHDRAW_SUCCESSION,
    "finish": access.Can.TAKE_OVER,
}
_TAKEOVERS = (
    Page(
        "company/takeovers",
        takeovers.waiting,
        access.Can.LIST_SUCCESSIONS,
        name="company-takeovers",
    ),
    Page(
        "company/takeovers/new",
        takeovers.begin,
        access.Can.START_SUCCESSION,
        _BOTH,
        on_object=True,
        name="company-takeover-begin",
    ),
    Page(
        _TAKEOVER,
        takeovers.show,
        access.Can.SEE_SUCCESSION,
        on_object=True,
        name="company-takeover",
    ),
    Page(
        f"{_TAKEOVER}/deed",
        takeovers.paper,
        access.Can.SEE_SUCCESSION,
        on_object=True,
        name="company-takeover-deed",
    ),
    *(
        Page(
            f"{_TAKEOVER}/{verb}",
            takeovers.VERBS[verb],
            right,
            _POST,
            on_object=True,
            name=f"company-takeover-{verb}",
        )
        for verb, right in _RIGHTS.items()
    ),
)

PAGES = (
    Page(
        "company/performance",
        performance.show,
        evaluations.Can.SEE_OWN,
        name="company-performance",
    ),
    Page("company", show.show, Can.LOOK_UP_COMPANY, name="company"),
    Page("company/new", new.new, Can.LOOK_UP_COMPANY, _BOTH, name="company-new"),
    *_OUTCOMES,
    Page(
        "company/new/details",
        details.details,
        Can.FOUND_COMPANY,
        _BOTH,
        on_object=True,
        name="company-details",
    ),
    Page(
        "company/new/papers/<str:kind>",
        papers.first,
        Can.FOUND_COMPANY,
        _BOTH,
        on_object=True,
        name="company-first-paper",
    ),
    Page("company/join", join.join, access.Can.ASK_TO_JOIN, _BOTH, name="company-join"),
    Page(
        "company/join/<uuid:join_id>/withdraw",
        join.withdraw,
        access.Can.WITHDRAW_JOIN,
        _POST,
        on_object=True,
        name="company-join-withdraw",
    ),
    Page("company/people", people.people, access.Can.SEE_STAFF, name="company-people"),
    Page("company/people/invite", people.invite, access.Can.INVITE, _BOTH, name="company-invite"),
    Page(
        "company/people/invitations/<uuid:invitation_id>/withdraw",
        people.withdraw,
        access.Can.WITHDRAW_INVITATION,
        _POST,
        on_object=True,
        name="company-invitation-withdraw",
    ),
    Page(
        "company/people/joins/<uuid:join_id>",
        people.decide,
        access.Can.ADMIT,
        _BOTH,
        on_object=True,
        name="company-join-decide",
    ),
    Page(
        "company/people/<uuid:grant_id>/remove",
        people.remove,
        access.Can.REVOKE,
        _BOTH,
        on_object=True,
        name="company-remove",
    ),
    Page(
        "company/people/csv", members.file(CSV), access.Can.DOWNLOAD_STAFF, name="company-staff-csv"
    ),
    Page(
        "company/people/xlsx",
        members.file(XLSX),
        access.Can.DOWNLOAD_STAFF,
        name="company-staff-xlsx",
    ),
    Page(
        "company/people/<uuid:grant_id>/change",
        members.change,
        access.Can.SET_DUTIES,
        _BOTH,
        on_object=True,
        name="company-change",
    ),
    Page(
        "company/people/left/<uuid:grant_id>",
        members.left,
        access.Can.SEE_STAFF,
        name="company-left",
    ),
    Page(
        "company/leave/<uuid:grant_id>",
        members.leave,
        access.Can.LEAVE,
        _BOTH,
        on_object=True,
        name="company-leave",
    ),
    *_TAKEOVERS,
    Page(
        "company/invitations/<str:token>",
        invitation.invitation,
        access.Can.ACCEPT,
        _BOTH,
        on_object=True,
        name="company-invitation",
    ),
    Page(
        "company/activate/<uuid:grant_id>",
        activate.activate,
        access.Can.SEE_OWN,
        _BOTH,
        name="company-activate",
    ),
    Page(
        "company/papers/<str:kind>",
        papers.newer,
        Can.UPDATE_COMPANY,
        _BOTH,
        on_object=True,
        name="company-paper",
    ),
    Page(
        "company/papers/<str:kind>/file",
        papers.file,
        Can.SEE_COMPANY,
        on_object=True,
        name="company-paper-file",
    ),
    Page(
        "company/differences/<uuid:difference_id>/adopt",
        differences.adopt,
        Can.ADOPT_DIFFERENCE,
        _POST,
        on_object=True,
        name="company-difference-adopt",
    ),
    Page("company/comparison", comparison.show, Can.SEE_COMPANY, name="company-comparison"),
    Page("company/comparison/ask", comparison.ask, Can.ASK_AGAIN, _POST, name="company-ask-again"),
    Page("company/branches", branches.branches, Can.SEE_COMPANY, name="company-branches"),
    Page("company/branches/new", branches.new, Can.OPEN_BRANCH, _BOTH, name="company-branch-new"),
    Page(
        "company/branches/<uuid:branch_id>/change",
        branches.change,
        Can.CHANGE_BRANCH,
        _BOTH,
        on_object=True,
        name="company-branch-change",
    ),
    Page(
        "company/branches/<uuid:branch_id>/close",
        branches.close,
        Can.CLOSE_BRANCH,
        _BOTH,
        on_object=True,
        name="company-branch-close",
    ),
    Page(
        "company/papers/past/<uuid:past_id>/file",
        papers.past,
        Can.SEE_COMPANY,
        on_object=True,
        name="company-past-paper",
    ),
)
