"""Pages of companies and their people."""

from gapura.access import permissions as access
from gapura.evaluations import permissions as evaluations
from gapura.organizations.permissions import Can
from gapura.web.company import (
    activate,
    details,
    differences,
    invitation,
    join,
    new,
    outcomes,
    papers,
    people,
    performance,
    show,
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
)
