"""What people see of their own account, and verifiers of an identity."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gapura.accounts import rules
from gapura.accounts.errors import NoSuchPerson
from gapura.accounts.models import Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries.checks import regions
from gapura.accounts.queries.people import person_by_id
from gapura.accounts.queries.proofs import ProofView, born, person_with_proof
from gapura.accounts.rules import KINDS, Identity, Kind, masked
from gapura.accounts.states import PROFILE
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require
from gapura.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """A person, and the agency that vouches for them: the home agency unless one is named.

    `path` is that of the unit where they ask for a role; empty when it is about no unit.
    """

    person: Person
    agency: str = ""
    path: str = ""

    @property
    def vouching(self) -> str:
        """Code of the agency whose verifier decides."""
        return self.agency or self.person.agency


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's own page. Numbers are masked; `verbs` are the steps of PROFILE open to them."""

    id: UUID
    username: str
    name: str
    kind: Kind
    email: str
    email_verified_at: datetime | None
    pending_email: str
    phone: str
    phone_verified_at: datetime | None
    nik: str
    nip: str
    agency: str
    unit_text: str
    state: str
    language: str
    created_at: datetime
    verified_at: datetime | None
    profile_confirmed_at: datetime | None
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdentityView:
    """What a verifier compares with a letter: masked numbers, and what the numbers tell.

    `region` is the name of the place of first registration, empty when it is in no list; `sex` is
    `m` or `f`; `births` are the dates the NIK allows, `birth` the one
    the registry is asked about. `proof` is what the registry said.
    """

    id: UUID
    username: str
    name: str
    kind: Kind
    email: str
    nik: str
    nip: str
    agency: str
    unit_text: str
    state: str
    region: str
    sex: str
    births: tuple[date, ...]
    birth: date | None
    warnings: tuple[Problem, ...]
    proof: ProofView


def own_profile(actor: Actor) -> Profile:
    """The actor's own account.

    :raises Refused: not signed in.
    """
    require(actor, Can.SEE_OWN)
    person = person_by_id(actor.who)
    return Profile(
        id=person.id,
        username=person.username,
        name=person.name,
        kind=KINDS[person.kind],
        email=person.email,
        email_verified_at=person.email_verified_at,
        pending_email=person.pending_email,
        phone=masked(person.phone),
        phone_verified_at=person.phone_verified_at,
        nik=masked(person.nik),
        nip=masked(person.nip),
        agency=person.agency,
        unit_text=person.unit_text,
        state=person.state,
        language=person.language,
        created_at=person.created_at,
        verified_at=person.verified_at,
        profile_confirmed_at=person.profile_confirmed_at,
        verbs=_verbs(actor, person),
    )


def _verbs(actor: Actor, person: Person) -> tuple[str, ...]:
    steps, check = PROFILE.verbs_from(person.state), IdentityCheck(person)
    return tuple(step.verb for step in steps if may(actor, step.permission, check))


def own_identity(actor: Actor) -> Identity:
    """The actor's own identity in clear, to be sent in again with what was corrected; never shown.

    :raises Refused: not signed in.
    """
    person = person_by_id(actor.who)
    require(actor, Can.CORRECT_IDENTITY, IdentityCheck(person))
    return Identity(
        kind=person.kind,
        name=person.name,
        nik=person.nik,
        nip=person.nip or "",
        agency=person.agency,
        unit_text=person.unit_text,
    )


def identity_for(actor: Actor, person_id: UUID, agency: str = "", path: str = "") -> IdentityView:
    """An identity as its verifier sees it; `agency` is the one that vouches (else the home agency).

    `path` is that of the unit they ask for: who verifies a part of the agency sees those of it.

    :raises NoSuchPerson: unknown, or not this actor's to see.
    """
    person, proof = person_with_proof(person_id)
    if not may(actor, Can.SEE_IDENTITY, IdentityCheck(person, agency, path)):
        raise NoSuchPerson()
    return seen_as(person, proof)


def seen_as(person: Person, proof: ProofView) -> IdentityView:
    """A person for a checker, beside what the registry said; the rights were asked before."""
    told = Identity(kind=person.kind, name=person.name, nik=person.nik, nip=person.nip or "")
    facts = rules.nik_facts(person.nik, clock.today())
    return IdentityView(
        id=person.id,
        username=person.username,
        name=person.name,
        kind=KINDS[person.kind],
        email=person.email,
        nik=masked(person.nik),
        nip=masked(person.nip),
        agency=person.agency,
        unit_text=person.unit_text,
        state=person.state,
        region=regions().get(facts.region, ""),
        sex=facts.sex,
        births=facts.births,
        birth=born(person),
        warnings=tuple(rules.identity_warnings(told, regions(), clock.today())),
        proof=proof,
    )
