"""What each role opens from the front page, as a table: the tile, its right, what it counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gapura.access import permissions as access
from gapura.access.queries import queue_figures
from gapura.audit import permissions as audit
from gapura.catalog import permissions as catalog
from gapura.catalog.queries import waiting as products_waiting
from gapura.helpdesk import permissions as helpdesk
from gapura.helpdesk.queries import waiting as cases_waiting
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.kernel.texts import N_
from gapura.web.shell.display import moment, tr


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its word, such as `3 late`."""

    text: str
    color: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What a tile says beside its text; `note` is a sentence."""

    figures: tuple[Figure, ...] = ()
    note: str = ""


Count = Callable[[Actor], Counted]


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


def _queue(actor: Actor) -> Counted:
    found = queue_figures(actor)
    free, mine, late = (found.counts[name] for name in ("unclaimed", "mine", "late"))
    if found.soonest is None:
        return Counted(note=_("Nothing waits for you."))
    texts = (
        (free, _("%(count)s not taken"), "blue"),
        (mine, _("%(count)s mine"), "teal"),
        (late, _("%(count)s late"), "red"),
    )
    figures = [Figure(text % {"count": n}, color) for n, text, color in texts if n]
    zone = actor.grant.zone if actor.grant else "Asia/Jakarta"
    until = {"moment": moment(found.soonest, zone)}
    note = _("The oldest deadline was %(moment)s.") if late else _("Next deadline: %(moment)s.")
    return Counted(tuple(figures), note % until)


def _cases(actor: Actor) -> Counted:
    return _open(cases_waiting(actor), "blue")


def _products(actor: Actor) -> Counted:
    return _open(products_waiting(actor), "yellow")


def _open(number: int, color: str) -> Counted:
    if not number:
        return Counted(note=_("Nothing waits for you."))
    text = ngettext("%(count)s waits", "%(count)s wait", number) % {"count": number}
    return Counted((Figure(text, color),))


QUEUE = Tile(
    N_("Requests to decide"),
    N_("Check the letter beside the answers, then approve, send back or reject."),
    "/requests/queue",
    access.Can.SEE_QUEUE,
    _queue,
)
CASES = Tile(
    N_("Cases"),
    N_("Answer people who wrote to the administrator."),
    "/console/cases",
    helpdesk.Can.LIST,
    _cases,
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
    N_("What is in the catalog and what still waits for the curator."),
    "/catalog?show=own",
    catalog.Can.UPLOAD,
)
UPLOAD = Tile(
    N_("Upload a product"),
    N_("Name, category and price. A curator checks it before buyers see it."),
    "/catalog/upload",
    catalog.Can.UPLOAD,
)
CURATE = Tile(
    N_("Products to check"),
    N_("Look at what companies uploaded and put it into the catalog."),
    "/catalog?show=unlisted",
    catalog.Can.PUBLISH,
    _products,
)

_BUYER = (CHOOSE, CHOSEN)
_SELLER = (OWN_PRODUCTS, UPLOAD, READ)
_READER = (READ,)
TILES: Mapping[str, tuple[Tile, ...]] = {
    "pa": _READER,
    "kpa": _READER,
    "ppk": _BUYER,
    "pp": _BUYER,
    "pokja": _READER,
    "ppspm": _READER,
    "bendahara": _READER,
    "apip": (LOG, READ),
    "verifikator": (QUEUE, READ),
    "kepala_unit": _READER,
    "admin_instansi": (CASES, LOG, READ),
    "kurator": (CURATE, READ),
    "helpdesk": (CASES, READ),
    "admin_platform": (QUEUE, CASES, LOG, READ),
    "admin_perusahaan": _SELLER,
    "staf_perusahaan": _SELLER,
}


def tiles(actor: Actor) -> tuple[Shown, ...]:
    """The tiles of the role in use, those its sign-in may not open left out."""
    offered = [tile for tile in TILES.get(actor.role, ()) if may(actor, tile.permission)]
    return tuple(_shown(actor, tile) for tile in offered)


def _shown(actor: Actor, tile: Tile) -> Shown:
    counted = tile.count(actor) if tile.count else Counted()
    return Shown(tr(tile.title), tr(tile.text), tile.href, counted)
