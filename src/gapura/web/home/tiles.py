"""What each role opens from the front page, as a table: the tile, its right, what it counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from gapura.access import permissions as access
from gapura.accounts import permissions as accounts
from gapura.audit import permissions as audit
from gapura.catalog import permissions as catalog
from gapura.helpdesk import permissions as helpdesk
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.kernel.texts import N_
from gapura.organizations import permissions as organizations
from gapura.purchasing import permissions as purchasing
from gapura.reports import permissions as reports
from gapura.web.home import counts
from gapura.web.home.counts import Count, Counted
from gapura.web.shell.display import tr


@dataclass(frozen=True, slots=True)
class Tile:
    """A way on: offered when `permission` holds; `count` asks one query."""

    title: str
    text: str
    href: str
    permission: str
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A tile in the reader's language."""

    title: str
    text: str
    href: str
    counted: Counted


QUEUE = Tile(
    N_("Requests to decide"),
    N_("Check the letter beside the answers, then approve, send back or reject."),
    "/requests/queue",
    access.Can.SEE_QUEUE,
    counts.queue,
)
IDENTITIES = Tile(
    N_("Identities to check"),
    N_("Compare identity documents with the data of people whom the registry did not confirm."),
    "/people/identities",
    accounts.Can.LIST_CASES,
    counts.identities,
)
REVIEWS = Tile(
    N_("Access reviews"),
    N_("Say of each access whether it is still right."),
    "/people/reviews",
    access.Can.LIST_REVIEWS,
    counts.reviews,
)
CONFLICTS = Tile(
    N_("Conflicts of roles"),
    N_("People who hold roles that the law keeps apart, and what was decided about it."),
    "/console/findings",
    access.Can.LIST_FINDINGS,
)
LETTERS = Tile(
    N_("Appointment letters"),
    N_("Enter letters, name their officers, check what colleagues entered."),
    "/letters",
    organizations.Can.LIST_LETTERS,
    counts.letters,
)
ALL_LETTERS = Tile(
    N_("Appointment letters"),
    N_("Check letters that an agency cannot check itself."),
    "/letters?state=entered",
    organizations.Can.LIST_LETTERS,
)
CASES = Tile(
    N_("Cases"),
    N_("Answer people who wrote to the administrator."),
    "/console/cases",
    helpdesk.Can.LIST,
    counts.cases,
)
ALERTS = Tile(
    N_("Alerts"),
    N_("What the rules found in the activity log, and what came of it."),
    "/oversight/alerts",
    reports.Can.LIST_ALERTS,
    counts.alerts,
)
LOG = Tile(
    N_("Activity log"),
    N_("Who did what, when and from where. Every entry can be proved."),
    "/console/log",
    audit.Can.EXPLORE,
)
CHOOSE = Tile(
    N_("Choose products"),
    N_("Search the catalog and put products on your unit's list."),
    "/catalog",
    catalog.Can.CHOOSE,
)
CHOSEN = Tile(
    N_("Your unit's list"),
    N_("What you and your colleagues have chosen, with quantities."),
    "/catalog/chosen",
    catalog.Can.DROP,
)
READ = Tile(
    N_("Catalog"),
    N_("Look at products, companies and prices."),
    "/catalog",
    catalog.Can.LIST,
)
OWN_PRODUCTS = Tile(
    N_("Your company's products"),
    N_("What is in the catalog, what waits for the curator and what to do next."),
    "/catalog/mine",
    catalog.Can.LIST_OWN,
    counts.own_products,
)
UPLOAD = Tile(
    N_("Upload a product"),
    N_("Category, description, pictures and price. A curator checks it first."),
    "/catalog/upload",
    catalog.Can.DRAFT,
)
CURATE = Tile(
    N_("Products to check"),
    N_("Compare new and changed products and their labels, then decide."),
    "/catalog/review",
    catalog.Can.SEE_QUEUE,
    counts.products,
)

ORDERS = Tile(
    N_("Orders of your unit"),
    N_("From the draft to the payment: what waits, for whom and until when."),
    "/orders",
    purchasing.Can.LIST,
    counts.orders,
)
SALES = Tile(
    N_("Offers and orders"),
    N_("Answer offers, accept orders, ship the goods and confirm the handover."),
    "/orders",
    purchasing.Can.LIST,
    counts.orders,
)
WATCHED = Tile(
    N_("Orders of your unit"),
    N_("What your unit orders, from whom, at which price and how far it is."),
    "/orders",
    purchasing.Can.LIST,
    counts.orders,
)
PAYMENTS = Tile(
    N_("Orders to pay"),
    N_("Handed over by both sides: pay them and note the evidence."),
    "/orders",
    purchasing.Can.LIST,
    counts.orders,
)
AUDITED = Tile(
    N_("Orders of your agency"),
    N_("Prices, offers, documents and payments, for reading. Each look is recorded."),
    "/orders",
    purchasing.Can.LIST,
)
SPLITTING = Tile(
    N_("Possible splitting"),
    N_("Orders of one unit that go past the PP's limit together, with the reasons given."),
    "/orders/splitting",
    purchasing.Can.SEE_SPLITTING,
)
CANCELLATIONS = Tile(
    N_("Cancellations to decide"),
    N_("Orders that one side asked to cancel."),
    "/orders",
    purchasing.Can.LIST,
    counts.orders,
)

_BUYER = (ORDERS, CHOOSE, CHOSEN)
COMPANY = Tile(
    N_("Your company"),
    N_("How it stands, its papers, and what the authorities say of it."),
    "/company",
    organizations.Can.SEE_COMPANY,
)
PEOPLE = Tile(
    N_("People and invitations"),
    N_("Invite staff, admit who asks, end roles."),
    "/company/people",
    access.Can.SEE_STAFF,
)
_PLATFORM = (QUEUE, ALL_LETTERS, CASES, ALERTS, IDENTITIES, CANCELLATIONS, LOG, CONFLICTS, READ)

_SELLER = (SALES, OWN_PRODUCTS, UPLOAD, READ)
_READER = (READ,)
TILES: Mapping[str, tuple[Tile, ...]] = {
    "pa": (WATCHED, LETTERS, SPLITTING, READ),
    "kpa": (WATCHED, LETTERS, SPLITTING, READ),
    "ppk": _BUYER,
    "pp": _BUYER,
    "pokja": _READER,
    "ppspm": _READER,
    "bendahara": (PAYMENTS, READ),
    "apip": (ALERTS, AUDITED, SPLITTING, LOG, CONFLICTS, READ),
    "verifikator": (QUEUE, LETTERS, IDENTITIES, CONFLICTS, READ),
    "kepala_unit": (REVIEWS, READ),
    "admin_instansi": (CASES, LETTERS, REVIEWS, ALERTS, IDENTITIES, LOG, READ),
    "kurator": (CURATE, READ),
    "helpdesk": (CASES, IDENTITIES, CANCELLATIONS, READ),
    "admin_platform": _PLATFORM,
    "admin_perusahaan": (*_SELLER, COMPANY, PEOPLE),
    "staf_perusahaan": (*_SELLER, COMPANY),
}


# The page asks six queries in all; a weak sign-in needs one of them to know about the app.
MOST_COUNTED, MOST_COUNTED_WEAK = 2, 1
_STRONG = 2


def tiles(actor: Actor) -> tuple[Shown, ...]:
    """The tiles of the role in use, those its sign-in may not open left out; the first count."""
    offered = [tile for tile in TILES.get(actor.role, ()) if may(actor, tile.permission)]
    most = MOST_COUNTED if actor.acr >= _STRONG else MOST_COUNTED_WEAK
    counting = [tile for tile in offered if tile.count][:most]
    return tuple(_shown(actor, tile, asked=tile in counting) for tile in offered)


def _shown(actor: Actor, tile: Tile, *, asked: bool) -> Shown:
    counted = tile.count(actor) if tile.count and asked else Counted()
    return Shown(tr(tile.title), tr(tile.text), tile.href, counted)
