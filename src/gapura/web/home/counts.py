"""What the tiles of the front page count: one query each."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gapura.access.queries import lines_to_answer, queue_figures
from gapura.accounts.queries import count_to_check
from gapura.catalog.queries import own_counts
from gapura.catalog.queries import waiting as products_waiting
from gapura.helpdesk.queries import waiting as cases_waiting
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.organizations.queries import letters_to_check
from gapura.purchasing.queries import figures as order_figures
from gapura.reports.queries import open_alerts
from gapura.web.shell.display import moment


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


def queue(actor: Actor) -> Counted:
    """Access requests: free, mine and late ones, with the next deadline."""
    found = queue_figures(actor)
    if found.soonest is None:
        return Counted(note=_("Nothing waits for you."))
    texts = (
        ("unclaimed", _("%(count)s not taken"), "blue"),
        ("mine", _("%(count)s mine"), "teal"),
        ("late", _("%(count)s late"), "red"),
    )
    figures = [
        Figure(text % {"count": found.shown(tab)}, color)
        for tab, text, color in texts
        if found.counts[tab]
    ]
    zone = actor.grant.zone if actor.grant else "Asia/Jakarta"
    until = {"moment": moment(found.soonest, zone)}
    late = found.counts["late"]
    note = _("The oldest deadline was %(moment)s.") if late else _("Next deadline: %(moment)s.")
    return Counted(tuple(figures), note % until)


def reviews(actor: Actor) -> Counted:
    """Accesses that wait in reviews for an answer of this actor."""
    count = lines_to_answer(actor)
    if not count:
        return Counted(note=_("Nothing waits for you."))
    return Counted((Figure(_("%(count)s to answer") % {"count": count}, "blue"),))


def identities(actor: Actor) -> Counted:
    """Identity documents that wait, with the next deadline."""
    waiting, soonest = count_to_check(actor)
    if soonest is None:
        return Counted(note=_("Nothing waits for you."))
    zone = actor.grant.zone if actor.grant else "Asia/Jakarta"
    late = soonest <= clock.now()
    note = _("The oldest deadline was %(moment)s.") if late else _("Next deadline: %(moment)s.")
    text = _("%(count)s to check") % {"count": waiting}
    figure = Figure(text, "red" if late else "blue")
    return Counted((figure,), note % {"moment": moment(soonest, zone)})


def letters(actor: Actor) -> Counted:
    """Letters of the register that somebody else entered and nobody has checked."""
    return _open(letters_to_check(actor), "yellow")


def cases(actor: Actor) -> Counted:
    """Messages to the administrator that nobody has answered."""
    return _open(cases_waiting(actor), "blue")


def products(actor: Actor) -> Counted:
    """Versions that wait for a curator."""
    return _open(products_waiting(actor), "yellow")


def own_products(actor: Actor) -> Counted:
    """The company's own products by state."""
    counts = own_counts(actor)
    texts = (
        ("needs_fix", _("%(count)s to correct"), "orange"),
        ("frozen", _("%(count)s frozen"), "red"),
        ("draft", _("%(count)s being written"), "grey"),
        ("in_review", _("%(count)s in review"), "yellow"),
        ("listed", _("%(count)s in the catalog"), "teal"),
    )
    figures = [
        Figure(text % {"count": counts[state]}, color)
        for state, text, color in texts
        if counts.get(state)
    ]
    return Counted(tuple(figures), "" if figures else _("Nothing is uploaded yet."))


def orders(actor: Actor) -> Counted:
    """Orders that wait for the reader, and all that are open."""
    found = order_figures(actor)
    texts = (
        (found.mine, _("Waiting for you: %(count)s"), "yellow"),
        (found.open, _("Open: %(count)s"), "grey"),
    )
    figures = tuple(Figure(text % {"count": n}, color) for n, text, color in texts if n)
    return Counted(figures, "" if figures else _("No order is open."))


def alerts(actor: Actor) -> Counted:
    """Alerts that nobody has said anything of."""
    return _open(open_alerts(actor), "orange")


def _open(number: int, color: str) -> Counted:
    if not number:
        return Counted(note=_("Nothing waits for you."))
    text = ngettext("%(count)s waits", "%(count)s wait", number) % {"count": number}
    return Counted((Figure(text, color),))
