"""May this person do that there? One answer for machines and for pages, with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gapura.access.roles import ROLES, Scope
from gapura.accounts.queries import Subject
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.holds import holds_of
from gapura.kernel.permissions import Clause, all_rules
from gapura.kernel.prospects import Prospect, SomeThing, best, prospect
from gapura.kernel.texts import N_
from gapura.organizations.queries import Spot

# Whoever may not sign in at all may do nothing.
_NO_ENTRY = frozenset({"suspended", "closed"})
STRONGEST = 3

Grants = tuple[tuple[ActiveGrant, str], ...]


class Code(StrEnum):
    """Why the answer is as it is."""

    ALLOWED = "allowed"
    UNKNOWN_SUBJECT = "unknown_subject"
    UNKNOWN_PERMISSION = "unknown_permission"
    UNKNOWN_RESOURCE = "unknown_resource"
    ACCOUNT_NOT_IN_USE = "account_not_in_use"
    ACCOUNT_LOCKED = "account_locked"
    PASSWORD_CHANGE_DUE = "password_change_due"  # noqa: S105 - a reason, not a password
    GRANT_STOPPED = "grant_stopped"
    STEP_UP = "step_up"
    NO_ROLE_HERE = "no_role_here"
    RULE = "rule"


_NOBODY = Code.UNKNOWN_SUBJECT
SAID: dict[Code, str] = {
    Code.ALLOWED: N_("This is allowed."),
    Code.UNKNOWN_SUBJECT: N_("There is no account with this username."),
    Code.UNKNOWN_PERMISSION: N_("There is no act of this name."),
    Code.UNKNOWN_RESOURCE: N_("There is no such place."),
    Code.ACCOUNT_NOT_IN_USE: N_("The account is suspended or closed."),
    Code.ACCOUNT_LOCKED: N_("The account is locked for safety."),
    Code.PASSWORD_CHANGE_DUE: N_("The person must choose a new password first."),
    Code.GRANT_STOPPED: N_("There is a role for this, but it does not work now."),
    Code.STEP_UP: N_("This needs a sign-in with an authenticator app or a passkey."),
    Code.NO_ROLE_HERE: N_("There is no working role at this place."),
    Code.RULE: N_("The rule for this act does not hold."),
}

# What the guardian of accounts calls it; a word that is not known here keeps out all the same.
_BARRED = {"locked": Code.ACCOUNT_LOCKED, "must_change": Code.PASSWORD_CHANGE_DUE}


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer. `grant` is the one it rests on, or the stopped one that would have allowed it.

    `rule` are the clauses asked, `missing` those that do not hold, `open` those that only the
    thing itself can tell: whoever carries the act out asks them. `stopped` says what stops it.
    """

    allowed: bool
    code: Code
    permission: str
    grant: ActiveGrant | None = None
    rule: tuple[Clause, ...] = ()
    missing: tuple[Clause, ...] = ()
    open: tuple[Clause, ...] = ()
    stopped: str = ""

    @property
    def says(self) -> str:
        """The reason as a message id."""
        if self.stopped:
            return self.stopped
        return self.missing[0].says if self.code is Code.RULE else SAID[self.code]


@dataclass(frozen=True, slots=True)
class _Tried:
    """What comes of acting under one grant, or under none."""

    grant: ActiveGrant | None
    found: Prospect


def judge(
    subject: Subject | None,
    grants: Grants,
    permission: str,
    spot: Spot | None,
    *,
    at: datetime,
    acr: int = STRONGEST,
) -> Decision:
    """Decide from facts already read; asks nothing, so it serves doors and pages alike.

    The subject counts as signed in a moment ago, `acr` strongly (1 to 3); grants that the sign-in
    is too weak for are not used, and the answer then says that a stronger one would help.
    """
    if permission not in all_rules():
        return Decision(False, Code.UNKNOWN_PERMISSION, permission)
    if subject is None or spot is None:
        return Decision(False, Code.UNKNOWN_RESOURCE if subject else _NOBODY, permission)
    if why := _kept_out(subject):
        return Decision(False, why, permission)
    working = tuple(grant for grant, why in grants if not why)
    tried = _best(_try(subject, working, permission, spot, at, acr))
    if tried.found.answer:
        return _allowed(tried)
    if acr < STRONGEST:
        strongly = _best(_try(subject, working, permission, spot, at, STRONGEST))
        if strongly.found.answer:
            return _refused(Code.STEP_UP, tried, strongly.grant)
        tried = strongly
    return _stopped(subject, grants, permission, spot, at) or _why(tried, working, spot)


def _kept_out(subject: Subject) -> Code | None:
    """Why this person may do nothing at all now, whatever the roles are."""
    if subject.state in _NO_ENTRY:
        return Code.ACCOUNT_NOT_IN_USE
    return _BARRED.get(subject.barred, Code.ACCOUNT_NOT_IN_USE) if subject.barred else None


def reaches(grant: ActiveGrant, spot: Spot) -> bool:
    """A grant counts at its own place and, for whole agencies and parts of them, at those below."""
    if ROLES[grant.role].scope is Scope.PLATFORM:
        return True
    if spot.kind == "company":
        return grant.company == spot.company
    if spot.kind == "unit" and grant.unit:
        return grant.unit == spot.unit or bool(grant.reach and spot.path.startswith(grant.reach))
    return bool(grant.agency) and grant.agency == spot.agency and not grant.unit


class _Place(str):
    """A code that can also be looked through, as a row that points to the place can."""

    agency_id = ""
    path = ""

    @property
    def code(self) -> str:
        """The code itself."""
        return str(self)


def _thing(spot: Spot) -> SomeThing:
    """Some thing at this place: where it is can be asked, nothing else."""
    known: dict[str, str] = {}
    for name in ("agency", "unit", "company"):
        if code := getattr(spot, name):
            place = _Place(code)
            place.agency_id, place.path = spot.agency, spot.path
            known |= {name: place, f"{name}_id": code, f"{name}_code": code}
    if spot.unit:
        known |= {"path": spot.path, "unit_path": spot.path}
    return SomeThing(**known)


def _try(
    subject: Subject,
    grants: tuple[ActiveGrant, ...],
    permission: str,
    spot: Spot,
    at: datetime,
    acr: int,
) -> Iterator[_Tried]:
    """Without a role, then under each grant that reaches the place and may be entered so."""
    actor = Actor(
        person=subject.id,
        username=subject.username,
        name=subject.name,
        state=subject.state,
        grants=grants,
        acr=acr,
        facts={"proved_at": at},
        holds=holds_of(subject.holds),
    )
    thing = _thing(spot)
    here = (g for g in grants if g.least_acr <= acr and reaches(g, spot))
    for grant in (None, *here):
        yield _Tried(grant, prospect(actor.as_grant(grant), permission, thing))


def _best(tries: Iterator[_Tried]) -> _Tried:
    found = list(tries)
    top = best(one.found for one in found)
    return next(one for one in found if one.found is top)


def _stopped(
    subject: Subject, grants: Grants, permission: str, spot: Spot, at: datetime
) -> Decision | None:
    """The newest grant that would allow it, did nothing stop it."""
    for grant, why in grants:
        if why and reaches(grant, spot):
            tried = _best(_try(subject, (grant,), permission, spot, at, STRONGEST))
            if tried.found.answer and tried.grant is not None:
                return Decision(False, Code.GRANT_STOPPED, permission, grant, stopped=why)
    return None


def _why(tried: _Tried, working: tuple[ActiveGrant, ...], spot: Spot) -> Decision:
    here = any(reaches(grant, spot) for grant in working)
    return _refused(Code.RULE if here else Code.NO_ROLE_HERE, tried, tried.grant)


def _allowed(tried: _Tried) -> Decision:
    found = tried.found
    return Decision(
        True, Code.ALLOWED, found.permission, tried.grant, found.rule, (), open=found.open
    )


def _refused(code: Code, tried: _Tried, grant: ActiveGrant | None) -> Decision:
    found = tried.found
    return Decision(False, code, found.permission, grant, found.rule, found.missing, found.open)
