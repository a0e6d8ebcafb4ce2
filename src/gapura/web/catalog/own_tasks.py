"""What a company still has to do about one of its products, as the rows of a task list."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gapura.catalog.queries import MOST_PICTURES, ProductDetail, VersionView
from gapura.kernel.texts import N_
from gapura.web.shell.display import quantity, rupiah, tr

# Said above the list of tasks, by the state of the product and of its newer version.
_STANDING = {
    ("draft", "draft"): N_(
        "Only your company sees this draft. Send it to the curators when it is complete."
    ),
    ("in_review", "in_review"): N_(
        "A curator is checking it. You are told about the decision; buyers see it after that."
    ),
    ("needs_fix", "rejected"): N_(
        "A curator sent it back. Correct what the note says, then send it again."
    ),
    ("needs_fix", "draft"): N_("You are correcting it. Send it again when it is complete."),
    ("listed", ""): N_("Buyers see it and can order it."),
    ("listed", "draft"): N_(
        "Buyers still see the version in the catalog. Send your changes to the curators when they "
        "are complete."
    ),
    ("listed", "in_review"): N_(
        "Buyers still see the version in the catalog, until a curator has checked your changes."
    ),
    ("listed", "rejected"): N_(
        "Buyers see the version in the catalog. A curator sent your changes back: read the note."
    ),
    ("withdrawn", ""): N_(
        "You took it out of the catalog. Running orders go on. It can come back after a check."
    ),
    ("withdrawn", "draft"): N_(
        "You took it out of the catalog. Running orders go on. It can come back after a check."
    ),
    ("frozen", ""): N_(
        "A curator stopped new orders; running orders go on. Read the reason, then send a "
        "corrected version or write to the helpdesk."
    ),
    ("taken_down", ""): N_("It was taken out of the catalog for good. Running orders go on."),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A row of `parts.task_list`."""

    title: str
    hint: str
    status: str
    color: str
    href: str


def standing_of(view: ProductDetail) -> str:
    """How the product stands, in a sentence for its company."""
    pending = view.pending.state if view.pending else ""
    known = _STANDING.get((view.state, pending)) or _STANDING.get((view.state, ""), "")
    return tr(known)


def newest(view: ProductDetail) -> VersionView:
    """The version that the company works on."""
    return view.pending or view.version


# The verb that each part needs, the last word of its page, its title and a hint.
_PARTS = (
    ("save", "edit", N_("Name, description and properties"), N_("Checked by a curator")),
    ("add_picture", "pictures", N_("Pictures"), N_("At least one; checked by a curator")),
    ("set_price", "price", N_("Price"), N_("Changes at once")),
    ("set_stock", "stock", N_("Stock"), N_("Changes at once")),
    ("claim", "labels", N_("Labels"), N_("TKDN, SNI and others; each is checked by a curator")),
)


def own_tasks(view: ProductDetail) -> tuple[Task, ...]:
    """The parts of the product, each with its page where it can be changed now."""
    version = newest(view)
    status = {
        "edit": _("Written"),
        "pictures": _pictures(version) if version.pictures else _("Missing"),
        "price": rupiah(view.card.price),
        "stock": quantity(view.card.stock),
        "labels": str(len(view.claims)) if view.claims else _("None"),
    }
    return tuple(
        Task(
            tr(title),
            tr(hint),
            status[page],
            "orange" if page == "pictures" and not version.pictures else "",
            f"/catalog/{view.id}/{page}" if verb in view.can else "",
        )
        for verb, page, title, hint in _PARTS
    )


def _pictures(version: VersionView) -> str:
    said = _("%(count)s of %(most)s")
    return said % {"count": len(version.pictures), "most": MOST_PICTURES}
