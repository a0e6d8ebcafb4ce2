"""The menu as a table: what is offered to whom. An entry is shown when its permission holds."""

from dataclasses import dataclass
from functools import cached_property

from gapura.access import permissions as access
from gapura.accounts import permissions as accounts
from gapura.audit import permissions as audit
from gapura.authentication import permissions as authentication
from gapura.catalog import permissions as catalog
from gapura.evaluations import permissions as evaluations
from gapura.helpdesk import permissions as helpdesk
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.kernel.texts import N_, said
from gapura.organizations import permissions as organizations
from gapura.outside import permissions as outside
from gapura.privacy import permissions as privacy
from gapura.purchasing import permissions as purchasing
from gapura.reports import permissions as reports
from gapura.sso import permissions as sso
from gapura.web.shell.permissions import Can

# Sections: several entries under one word, so that the menu stays short enough to be read.
REQUESTS, LETTERS, PEOPLE = N_("Requests"), N_("Appointment letters"), N_("People")
OVERSIGHT = N_("Oversight")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu. `href` is the first page; pages with these `endings` lie there too.

    Whoever sees several entries of one `section` gets one line for it, and its entries as a
    second row on the pages that lie in it.
    """

    label: str
    href: str
    permission: str
    endings: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as the page shows it."""

    label: str
    href: str
    current: bool


_DESK = ("/review", "/claim", "/approve", "/correct", "/reject")
_OWN = ("/upload", "/price", "/stock", "/pictures", "/labels")
ENTRIES = (
    Entry(N_("Home"), "/", Can.SEE_HOME),
    Entry(N_("My access"), "/requests", access.Can.SEE_OWN),
    Entry(N_("Requests to decide"), "/requests/queue", access.Can.SEE_QUEUE, _DESK, REQUESTS),
    Entry(N_("Request register"), "/requests/register", access.Can.SEE_REGISTER, section=REQUESTS),
    Entry(N_("Delegations"), "/requests/delegations", access.Can.DELEGATE, section=REQUESTS),
    Entry(N_("Appointment letters"), "/letters", organizations.Can.LIST_LETTERS, section=LETTERS),
    Entry(N_("Ending soon"), "/people/expiring", access.Can.SEE_EXPIRING, section=LETTERS),
    Entry(N_("Access reviews"), "/people/reviews", access.Can.LIST_REVIEWS, section=PEOPLE),
    Entry(
        N_("Takeovers of companies"),
        "/company/takeovers",
        access.Can.LIST_SUCCESSIONS,
        section=PEOPLE,
    ),
    Entry(N_("Verifiers"), "/people/verifiers", access.Can.LIST_VERIFIERS, section=PEOPLE),
    Entry(N_("Units"), "/people/units", organizations.Can.LIST_PLACES, section=PEOPLE),
    Entry(N_("Identities to check"), "/people/identities", accounts.Can.LIST_CASES, section=PEOPLE),
    Entry(
        N_("Ways back"), "/people/recoveries", authentication.Can.LIST_RECOVERIES, section=PEOPLE
    ),
    Entry(
        N_("Duplicate accounts"), "/people/duplicates", accounts.Can.LIST_DUPLICATES, section=PEOPLE
    ),
    Entry(
        N_("Campaigns of verification"),
        "/console/campaigns",
        accounts.Can.LIST_CAMPAIGNS,
        section=PEOPLE,
    ),
    Entry(
        N_("Security desk"),
        "/console/security",
        authentication.Can.LIST_SUSPICIONS,
        section=PEOPLE,
    ),
    Entry(N_("Cases"), "/console/cases", helpdesk.Can.LIST, section=PEOPLE),
    Entry(N_("Data requests"), "/console/privacy", privacy.Can.LIST, section=PEOPLE),
    Entry(N_("Erasures"), "/console/erasures", privacy.Can.LIST_ERASURES, section=PEOPLE),
    Entry(N_("Breaches"), "/console/breaches", privacy.Can.LIST_BREACHES, section=PEOPLE),
    Entry(N_("Catalog"), "/catalog", catalog.Can.LIST),
    Entry(N_("Your unit's list"), "/catalog/chosen", catalog.Can.DROP),
    Entry(N_("Orders"), "/orders", purchasing.Can.LIST),
    Entry(N_("Your products"), "/catalog/mine", catalog.Can.LIST_OWN, _OWN),
    Entry(N_("Products to check"), "/catalog/review", catalog.Can.SEE_QUEUE, _DESK),
    Entry(N_("Company"), "/company", organizations.Can.SEE_COMPANY),
    Entry(N_("Figures"), "/oversight", reports.Can.SEE_FIGURES, section=OVERSIGHT),
    Entry(
        N_("How suppliers do"), "/oversight/suppliers", evaluations.Can.COMPARE, section=OVERSIGHT
    ),
    Entry(N_("Monthly reports"), "/oversight/monthly", reports.Can.SEE_FIGURES, section=OVERSIGHT),
    Entry(N_("Your performance"), "/company/performance", evaluations.Can.SEE_OWN),
    Entry(N_("Alerts"), "/oversight/alerts", reports.Can.LIST_ALERTS, section=OVERSIGHT),
    Entry(N_("Alert rules"), "/oversight/rules", reports.Can.SEE_RULES, section=OVERSIGHT),
    Entry(N_("Webhooks"), "/oversight/webhooks", reports.Can.SEE_WEBHOOKS, section=OVERSIGHT),
    Entry(N_("Who held a role"), "/people/at", access.Can.SEE_HISTORY, section=OVERSIGHT),
    Entry(
        N_("Conflicts of roles"), "/console/findings", access.Can.LIST_FINDINGS, section=OVERSIGHT
    ),
    Entry(
        N_("How companies stand"),
        "/console/companies",
        organizations.Can.SEE_STANDING,
        section=OVERSIGHT,
    ),
    Entry(N_("Applications"), "/console/clients", sso.Can.LIST_CLIENTS, section=OVERSIGHT),
    Entry(N_("Authorities"), "/console/authorities", outside.Can.SEE, section=OVERSIGHT),
    Entry(N_("Activity log"), "/console/log", audit.Can.EXPLORE, section=OVERSIGHT),
)


class Menu:
    """What `actor` is offered on the page at `path`, in the active language."""

    def __init__(self, actor: Actor, path: str) -> None:
        self._shown = [entry for entry in ENTRIES if may(actor, entry.permission)]
        around = [entry for entry in self._shown if _lies_in(path, entry)]
        self._here = max(around, key=lambda entry: len(entry.href), default=None)

    @cached_property
    def entries(self) -> tuple[Item, ...]:
        """The menu itself: single entries and sections; the one the page lies in is current."""
        return tuple(
            Item(said(self._title(entry)), entry.href, self._is_here(entry))
            for entry in self._shown
            if entry == self._siblings(entry)[0]
        )

    @cached_property
    def section(self) -> str:
        """The name of the section the page lies in; empty where that has one page only."""
        if self._here is None or len(self._siblings(self._here)) == 1:
            return ""
        return said(self._here.section)

    @cached_property
    def parts(self) -> tuple[Item, ...]:
        """The entries of the page's section, for the second row; empty without a section."""
        if self._here is None or not self.section:
            return ()
        found = self._siblings(self._here)
        return tuple(Item(said(e.label), e.href, e == self._here) for e in found)

    def _siblings(self, entry: Entry) -> list[Entry]:
        if not entry.section:
            return [entry]
        return [each for each in self._shown if each.section == entry.section]

    def _title(self, entry: Entry) -> str:
        return entry.section if len(self._siblings(entry)) > 1 else entry.label

    def _is_here(self, entry: Entry) -> bool:
        return self._here is not None and self._here in self._siblings(entry)


def _lies_in(path: str, entry: Entry) -> bool:
    below = entry.href != "/" and path.startswith(f"{entry.href}/")
    return path == entry.href or below or path.endswith(entry.endings)
