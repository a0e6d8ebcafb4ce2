"""The menu as a table: what is offered to whom. An entry is shown when its permission holds."""

from dataclasses import dataclass

from gapura.access import permissions as access
from gapura.accounts import permissions as accounts
from gapura.audit import permissions as audit
from gapura.authentication import permissions as authentication
from gapura.catalog import permissions as catalog
from gapura.helpdesk import permissions as helpdesk
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.kernel.texts import N_, said
from gapura.organizations import permissions as organizations
from gapura.outside import permissions as outside
from gapura.purchasing import permissions as purchasing
from gapura.web.shell.permissions import Can


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu. `href` is the first page; pages with these `endings` lie there too."""

    label: str
    href: str
    permission: str
    endings: tuple[str, ...] = ()


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
    Entry(N_("Requests to decide"), "/requests/queue", access.Can.SEE_QUEUE, _DESK),
    Entry(N_("Register"), "/requests/register", access.Can.SEE_REGISTER),
    Entry(N_("Verifiers"), "/people/verifiers", access.Can.LIST_VERIFIERS),
    Entry(N_("Letters"), "/letters", organizations.Can.LIST_LETTERS),
    Entry(N_("Catalog"), "/catalog", catalog.Can.LIST),
    Entry(N_("Your unit's list"), "/catalog/chosen", catalog.Can.DROP),
    Entry(N_("Orders"), "/orders", purchasing.Can.LIST),
    Entry(N_("Your products"), "/catalog/mine", catalog.Can.LIST_OWN, _OWN),
    Entry(N_("Products to check"), "/catalog/review", catalog.Can.SEE_QUEUE, _DESK),
    Entry(N_("Company"), "/company", organizations.Can.SEE_COMPANY),
    Entry(N_("Identities to check"), "/people/identities", accounts.Can.LIST_CASES),
    Entry(N_("Ways back"), "/people/recoveries", authentication.Can.LIST_RECOVERIES),
    Entry(N_("Cases"), "/console/cases", helpdesk.Can.LIST),
    Entry(N_("Ending soon"), "/people/expiring", access.Can.SEE_EXPIRING),
    Entry(N_("Who held a role"), "/people/at", access.Can.SEE_HISTORY),
    Entry(N_("How companies stand"), "/console/companies", organizations.Can.SEE_STANDING),
    Entry(N_("Authorities"), "/console/authorities", outside.Can.SEE),
    Entry(N_("Conflicts of roles"), "/console/findings", access.Can.LIST_FINDINGS),
    Entry(N_("Delegations"), "/requests/delegations", access.Can.DELEGATE),
    Entry(N_("Activity log"), "/console/log", audit.Can.EXPLORE),
)


def menu(actor: Actor, path: str) -> tuple[Item, ...]:
    """The entries for `actor`, in the active language; the one `path` lies in is current."""
    shown = [entry for entry in ENTRIES if may(actor, entry.permission)]
    around = [entry.href for entry in shown if _lies_in(path, entry)]
    nearest = max(around, key=len, default="")
    return tuple(Item(said(e.label), e.href, e.href == nearest) for e in shown)


def _lies_in(path: str, entry: Entry) -> bool:
    below = entry.href != "/" and path.startswith(f"{entry.href}/")
    return path == entry.href or below or path.endswith(entry.endings)
