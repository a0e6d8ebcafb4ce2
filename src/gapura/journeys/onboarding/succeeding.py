"""A new head takes a company over: the registry is asked when it begins and when it is done.

Not inside a transaction: a question to another authority may take its time.
"""

from datetime import date
from uuid import UUID

from gapura.access import services as access
from gapura.access.errors import NotNamedByRegistry
from gapura.access.queries import active_grants, succession
from gapura.access.services import Deed, Named
from gapura.accounts.queries import person_by_id
from gapura.documents.services import receive
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.organizations import services as organizations
from gapura.organizations.queries import kept_facts
from gapura.outside.services import About, check_business

_PURPOSE, _DEED = "company", "akta"


def begin_takeover(
    *, actor: Actor, company: str, number: str, day: date, file: tuple[str, bytes], former: str
) -> UUID:
    """Begin to take over the company that OSS names the actor as responsible for.

    `file` is the name and the content of the deed's scan; `former` what becomes of those who
    administer the company now. Answers the takeover's id.

    :raises Refused: not verified, or not signed in strongly.
    :raises NoSuchCompany, SuccessionNotNeeded, SuccessionOpen, TooMany: see `check_succession`.
    :raises DeedMissing: no usable number or day.
    :raises NotNamedByRegistry: OSS names somebody else.
    :raises AuthorityDown: OSS does not answer; nothing is begun.
    :raises FileRefused, QuotaReached, GateBusy: the file is not taken.
    """
    access.check_succession(actor=actor, company=company)
    access.checked_deed(number, day)
    named = _named(actor, company)
    name, content = file
    document = receive(actor=actor, name=name, content=content, purpose=_PURPOSE)
    deed = Deed(number, day, document)
    return access.start_succession(
        actor=actor, company=company, deed=deed, named=named, former=former
    )


def finish_takeover(*, actor: Actor, succession_id: UUID) -> UUID:
    """Become the company's administrator, if OSS still says so; answers the grant.

    The deed becomes the company's present one.

    :raises NoSuchSuccession, Refused, SuccessionCooling, SuccessionOver, NoSuchMove: see
        `access.services.take_over`.
    :raises NotNamedByRegistry, AuthorityDown: OSS names somebody else by now, or is silent.
    """
    access.check_takeover(actor=actor, succession_id=succession_id)
    found = succession(actor, succession_id)
    named = _named(actor, found.company)
    grant = access.take_over(actor=actor, succession_id=succession_id, named=named)
    own = next(one for one in active_grants(actor.who, clock.now()) if one.id == grant)
    organizations.add_paper(actor=actor.as_grant(own), kind=_DEED, document=found.document)
    return grant


def _named(actor: Actor, company: str) -> Named:
    nib, nik = kept_facts(company).nib, person_by_id(actor.who).nik
    # Entered before business numbers were checked: nobody can be asked who its head is.
    if not nib or not nik:
        raise NotNamedByRegistry()
    answer = check_business(subject=About("company", company), nib=nib, owner_nik=nik)
    if answer.status != "active" or not answer.owner_matches:
        raise NotNamedByRegistry()
    return Named(answer.proof.reference, answer.proof.result_hash)
