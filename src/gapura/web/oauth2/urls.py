"""Pages on which other applications ask who somebody is, and say that somebody wants to go."""

from gapura.sso.permissions import Can
from gapura.web.oauth2 import authorize, consent, logo, logout
from gapura.web.shell.pages import Page
from gapura.web.shell.permissions import Can as Shell

_BOTH = ("GET", "POST")
_POST = ("POST",)

PAGES = (
    Page(
        "oauth2/authorize",
        authorize.authorize,
        Shell.SEE_PUBLIC,
        _BOTH,
        name="oauth2-authorize",
        from_elsewhere=True,
    ),
    # Whoever is not signed in any more goes back to what was asked, with all of it kept.
    Page("oauth2/consent", consent.allow, Shell.SEE_PUBLIC, _POST, name="oauth2-allow"),
    Page("oauth2/deny", consent.deny, Shell.SEE_PUBLIC, _POST, name="oauth2-deny"),
    Page("oauth2/another", consent.another, Shell.SEE_PUBLIC, _POST, name="oauth2-another"),
    Page("oauth2/logo/<uuid:app_id>", logo.show, Can.GIVE_AUTHORIZATION, name="oauth2-logo"),
    Page(
        "oauth2/logout",
        logout.logout,
        Shell.SEE_PUBLIC,
        _BOTH,
        name="oauth2-logout",
        from_elsewhere=True,
    ),
    Page(
        "oauth2/logout/confirm",
        logout.confirm,
        Shell.SEE_PUBLIC,
        _POST,
        name="oauth2-logout-confirm",
    ),
)
