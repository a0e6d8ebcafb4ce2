"""What a person still has to do, as the rows of a task list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gapura.access.queries import ROLES, TOO_FEW_VERIFIERS, Matter
from gapura.authentication.queries import SecondFactor, SessionView
from gapura.kernel.actor import Actor
from gapura.kernel.texts import N_
from gapura.web.shell.display import moment, tr
from gapura.web.shell.states import GRANTS, PROFILE, REQUESTS

FEW_CODES = 2
TO_DO = (N_("To do"), "blue")
LATER = (N_("Cannot start yet"), "")
DONE = (N_("Done"), "")


@dataclass(frozen=True, slots=True)
class Task:
    """A row of `parts.task_list`: without `href` it cannot be opened, without `color` it rests."""

    title: str
    status: str
    color: str = ""
    href: str = ""
    hint: str = ""


def tasks(actor: Actor, matters: Sequence[Matter], factor: SecondFactor | None) -> tuple[Task, ...]:
    """What is undone. Somebody without any role sees the whole way, with what is done on it."""
    newcomer = not actor.grants
    rows = [_row(N_("Confirm your e-mail address"), DONE)] if newcomer else []
    rows += _identity(actor)
    rows += [_matter(matter) for matter in matters if matter.grant_state != "approved"]
    if newcomer and not matters:
        hint = _("Have your appointment letter (SK) ready: its number, its dates and a scan.")
        rows.append(_row(N_("Ask for access"), TO_DO, "/requests/new", hint))
    rows += _factor(factor, newcomer=newcomer)
    waiting = [_matter(matter) for matter in matters if matter.grant_state == "approved"]
    if newcomer and not waiting:
        hint = _("Once a verifier has approved your request.")
        waiting.append(_row(N_("Activate your access"), LATER, hint=hint))
    return (*rows, *waiting)


def _row(title: str, state: tuple[str, str], href: str = "", hint: str = "") -> Task:
    return Task(tr(title), tr(state[0]), state[1], href, hint)


def kept_task(view: SessionView | None) -> tuple[Task, ...]:
    """The form that came in after the last sign-in had ended, for whoever went past it."""
    if view is None or view.kept is None:
        return ()
    hint = _("It arrived after your sign-in had ended, and is kept for one day.")
    return (_row(N_("Finish the form that we kept"), TO_DO, f"/login/continue/{view.kept}", hint),)


def _identity(actor: Actor) -> list[Task]:
    if actor.state not in {"needs_correction", "needs_reverification"}:
        return []
    hint = _("Name or numbers have to be looked at again before a role can work.")
    title = N_("Check your personal data")
    return [_row(title, PROFILE[actor.state], "/account/identity", hint)]


def _factor(factor: SecondFactor | None, *, newcomer: bool) -> list[Task]:
    title = N_("Add an authenticator app")
    if factor is None or factor.has_strong:
        done = [_row(title, DONE)] if newcomer else []
        return done + _codes(factor)
    hint = _("Needed before an access can be activated. It takes about three minutes.")
    return [_row(title, TO_DO, "/account/totp", hint)]


def _codes(factor: SecondFactor | None) -> list[Task]:
    if factor is None or factor.recovery_codes_left > FEW_CODES:
        return []
    left = factor.recovery_codes_left
    text = ngettext(
        "%(count)s backup code is left. With them you get in when your phone is lost.",
        "%(count)s backup codes are left. With them you get in when your phone is lost.",
        left,
    )
    title = N_("Make new backup codes")
    return [_row(title, TO_DO, "/account/backup-codes", text % {"count": left})]


def _due(matter: Matter) -> str:
    if matter.due_at is None:
        return ""
    return _("Answer by %(moment)s.") % {"moment": moment(matter.due_at, matter.place.zone)}


def _before(matter: Matter) -> str:
    if matter.activate_before is None:
        return ""
    said = {"moment": moment(matter.activate_before, matter.place.zone)}
    return _("Do it before %(moment)s; after that it lapses.") % said


def _nothing(matter: Matter) -> str:
    return ""


# What a request in this state is called as a task, where it is done, and what else is said.
_MATTERS: Mapping[str, tuple[str, str, Callable[[Matter], str]]] = {
    "draft": (N_("Finish your request"), "/tasks", _nothing),
    "submitted": (N_("Wait for the answer to your request"), "", _due),
    "in_review": (N_("Wait for the answer to your request"), "", _due),
    "needs_correction": (N_("Correct your request"), "", _nothing),
    "approved": (N_("Activate your access"), "", _before),
}


def _matter(matter: Matter) -> Task:
    if matter.state == TOO_FEW_VERIFIERS:
        hint = _("A verifier who is away leaves requests waiting, and nobody decides on their own.")
        return _row(N_("Find another verifier for your agency"), TO_DO, "/people/verifiers", hint)
    title, where, more = _MATTERS[matter.state]
    waits = matter.grant_state == "approved"
    state = GRANTS["approved"] if waits else REQUESTS[matter.state]
    role = tr(ROLES[matter.role].name) if matter.role in ROLES else ""
    place = ", ".join(part for part in (role, matter.place.label) if part)
    hint = ". ".join(part for part in (place, more(matter)) if part)
    if matter.by_letter:
        return _row(title, state, f"/letters/appointments/{matter.id}", hint)
    return _row(title, state, f"/requests/{matter.id}{where}", hint)
