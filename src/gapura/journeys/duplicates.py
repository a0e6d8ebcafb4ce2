"""A double account is closed, unless offices, companies or orders still hang on it."""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from gapura.access.queries import ties
from gapura.accounts.queries import duplicate_for
from gapura.accounts.services import close_duplicate
from gapura.kernel.actor import Actor
from gapura.kernel.problems import Problem
from gapura.kernel.texts import N_
from gapura.organizations.queries import company_names
from gapura.purchasing.queries import running_work


class StillInOffice(Problem):
    """Whoever holds a public office answers for it (Law 30/2014): it is handed over first."""

    status = 409
    what = N_("The account that would be closed still holds an office: %(names)s.")
    todo = N_("Ask the agency's administrator to end it first, or close the other account.")


class StillOnlyAdministrator(Problem):
    """A company's orders and papers need somebody who answers for them."""

    status = 409
    what = N_("The account that would be closed is the only administrator of %(names)s.")
    todo = N_("Another administrator has to be named first, or the other account closed.")


class StillInOrders(Problem):
    """A contract is carried out, or waits for its payment."""

    status = 409
    what = N_("Orders in which the account has a part are still running: %(names)s.")
    todo = N_("It is possible once they have been delivered, paid and closed.")


def close_double(*, actor: Actor, duplicate_id: UUID) -> None:
    """Close the announced account of a pair, where nothing is left without somebody for it.

    :raises StillInOffice, StillOnlyAdministrator, StillInOrders: it is needed yet.
    :raises NoSuchDuplicate, Refused, NoSuchMove: see `accounts.services.close_duplicate`.
    """
    with transaction.atomic():
        pair = duplicate_for(actor, duplicate_id)
        # Whoever may not close it is told that, and nothing of what hangs on the account.
        if "close" in pair.verbs:
            for half in pair.halves:
                if half.closes and (problem := next(_against(half.id), None)):
                    raise problem
        close_duplicate(actor=actor, duplicate_id=duplicate_id)


def _against(person: UUID) -> Iterator[Problem]:
    """What stands against it, the gravest first; read anew each time."""
    held = ties(person)
    if held.offices:
        offices = (f"{gettext(one.role_name)} ({one.place})" for one in held.offices)
        yield StillInOffice(names=", ".join(offices))
    if held.alone:
        names = company_names(held.alone)
        yield StillOnlyAdministrator(names=", ".join(names.get(one, one) for one in held.alone))
    work = running_work(person)
    if work.running:
        yield StillInOrders(names=", ".join(work.references))
