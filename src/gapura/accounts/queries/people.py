"""Finding people by id, username or address, and how each is told something."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, QuerySet, When
from django.db.models.functions import Lower

from gapura.accounts.errors import NoSuchPerson
from gapura.accounts.models import Person
from gapura.accounts.rules import (
    canonical_email,
    canonical_username,
    email_problem,
    username_problem,
)
from gapura.accounts.states import CLOSED, REGISTERED
from gapura.notifications.services import Recipient

if TYPE_CHECKING:
    from gapura.accounts.queries.briefly import Brief


def people_at(email: str) -> QuerySet[Person]:
    """Every row with this canonical address, proven or not."""
    return Person.objects.annotate(key=Lower("email")).filter(key=email.lower())


def holder_of(email: str) -> Person | None:
    """Who has proven to read mail at this canonical address, and has not closed the account."""
    return people_at(email).exclude(state__in=[REGISTERED, CLOSED]).first()


def nobody_registered() -> bool:
    """True while there is no account at all: a new installation."""
    return not Person.objects.exists()


def person_by_id(person_id: UUID) -> Person:
    """The person, whatever the state; for rooms that have asked their own permission.

    :raises NoSuchPerson: unknown id.
    """
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise NoSuchPerson()
    return found


def known_people(ids: set[UUID]) -> set[UUID]:
    """Those of the ids that are people; nothing of them is read."""
    return set(Person.objects.filter(pk__in=ids).values_list("pk", flat=True))


def people_by_id(ids: set[UUID]) -> dict[UUID, Person]:
    """Several at once, for lists; unknown ids are left out."""
    return {person.id: person for person in Person.objects.filter(pk__in=ids)}


def person_for_sign_in(text: str) -> Person | None:
    """Who is meant by a username or an e-mail address; None for nobody and for closed accounts.

    An address is known by whoever has proven it; before that, by the latest registration with it.
    """
    found = meant_by(text)
    return None if found is None else found[0](found[1]).first()


def meant_by(text: str) -> tuple[Callable[[str], QuerySet[Person]], str] | None:
    """How to look for whoever is meant, and the canonical text; None for what nobody can have."""
    if "@" not in text:
        username = canonical_username(text)
        return None if username_problem(username) is not None else (open_named, username)
    if email_problem(text.strip()) is not None:
        return None
    return open_at, canonical_email(text)


def open_named(username: str) -> QuerySet[Person]:
    """The account with this username, unless it is closed."""
    return Person.objects.exclude(state=CLOSED).filter(username=username)


def open_at(email: str) -> QuerySet[Person]:
    """The accounts at an address, whoever has proven it first, closed ones apart."""
    # In one statement: a second one for unknown addresses would tell them by the time.
    proven_first = Case(When(state=REGISTERED, then=1), default=0)
    rows = people_at(email).exclude(state=CLOSED)
    return rows.order_by(proven_first, "-created_at")


def is_decoy(person_id: UUID) -> bool:
    """The address this person wants to prove belongs to somebody else's account.

    Then no code is mailed (the owner is told instead), and the pages say the same as always.
    """
    person = person_by_id(person_id)
    holder = holder_of(person.pending_email or person.email)
    return holder is not None and holder.id != person.id


def recipient(person: "Person | Brief") -> Recipient:
    """How the person is told something, at the present address."""
    return Recipient(person.id, person.name, person.email, person.language)


def pending_recipient(person: Person) -> Recipient:
    """The same at the address that waits for its code; the present one when none waits."""
    email = person.pending_email or person.email
    return Recipient(person.id, person.name, email, person.language)
