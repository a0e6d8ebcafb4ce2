"""What a law sets against erasing somebody now: offices, companies, contracts, open payments."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from gapura.access.queries import ties
from gapura.accounts.queries import holds_on, person_by_id
from gapura.authentication.queries import is_being_recovered, lock_of
from gapura.kernel.holds import stopping
from gapura.kernel.texts import N_
from gapura.organizations.queries import company_names
from gapura.privacy.permissions import Can
from gapura.purchasing.queries import running_work


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why not yet (`what`, with `values`), by which law, what to do, and where."""

    code: str
    what: str
    law: str
    mend: str
    link: str
    values: dict[str, str]

    @property
    def text(self) -> str:
        """The reason in the active language."""
        return gettext(self.what) % self.values

    @property
    def told(self) -> str:
        """Reason, law and way out in one line, for mails."""
        return f"{self.text} {gettext(self.law)} {gettext(self.mend)}"


_LAWS = {
    "office": (
        N_("You hold an office: %(names)s."),
        N_("UU 27/2022 Pasal 15(1)c, UU 30/2014: who holds a public office answers for it."),
        N_("Ask your agency's administrator to end it and hand your work over."),
        "/account/access",
    ),
    "only_admin": (
        N_("You are the only administrator of %(names)s."),
        N_("UU 27/2022 Pasal 15(1)c: its orders and papers need somebody who answers for them."),
        N_("Name another administrator first."),
        "/company/people",
    ),
    "contract": (
        N_("Orders in which you have a part are still running: %(names)s."),
        N_("UU 27/2022 Pasal 20(2)b: your data is needed to carry out a contract."),
        N_("It is possible once they have been delivered, paid and closed."),
        "/orders",
    ),
    "payment": (
        N_("Orders in which you have a part wait for their payment: %(count)s."),
        N_("UU 1/2004 Pasal 21: payments from the budget need the papers that they rest on."),
        N_("It is possible once they are paid."),
        "/orders",
    ),
}


def obstacles(person: UUID) -> tuple[Obstacle, ...]:
    """All of them, read anew each time; empty when nothing stands against it."""
    held, work = ties(person), running_work(person)
    companies = company_names(held.alone) if held.alone else {}
    offices = ", ".join(f"{gettext(one.role_name)} ({one.place})" for one in held.offices)
    found = []
    if held.offices:
        found.append(_one("office", names=offices))
    if held.alone:
        found.append(_one("only_admin", names=", ".join(companies.get(c, c) for c in held.alone)))
    if work.running:
        found.append(_one("contract", names=", ".join(work.references)))
    if work.unpaid:
        found.append(_one("payment", count=str(work.unpaid)))
    return tuple(found)


def must_wait(person: UUID) -> bool:
    """The account may be in other hands than its owner's, or a hold stops what the owner asked.

    Nothing is decided by it: once the desk or the owner has cleared it up, the erasure goes on, or
    the owner takes it back.
    """
    if person_by_id(person).state == "suspended" or stopping(holds_on(person), Can.ASK_ERASURE):
        return True
    return lock_of(person) is not None or is_being_recovered(person)


def _one(code: str, **values: str) -> Obstacle:
    return Obstacle(code, *_LAWS[code], values)
