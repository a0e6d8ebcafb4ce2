"""A person's question about a business number: what was answered, and papers for what follows."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations import events
from gapura.organizations.errors import NothingLookedUp
from gapura.organizations.facts import CompanyFacts
from gapura.organizations.models import CompanyApplication
from gapura.organizations.permissions import Can
from gapura.organizations.rules import LONGEST_ADDRESS, tidy_line
from gapura.organizations.services.papers import check_paper

# Long enough to have a deed scanned; a tax number that nobody uses is not kept longer.
KEPT_DAYS = 30


def note_lookup(*, actor: Actor, nib: str, outcome: str, facts: CompanyFacts) -> None:
    """Keep what was answered, in place of the person's earlier question. Papers stay.

    :raises Refused: not signed in.
    """
    require(actor, Can.LOOK_UP_COMPANY)
    told = {"nib": nib, "outcome": outcome}
    extra = {"result_hashes": facts.hashes} if facts.sources else {}
    with transaction.atomic():
        CompanyApplication.objects.update_or_create(
            person=actor.who,
            defaults={
                "nib": nib,
                "outcome": outcome,
                "facts": facts.to_text(),
                "checked_at": clock.now(),
            },
        )
        subject = Subject("company_application", str(actor.who), actor.username)
        audit.record(
            actor, events.COMPANY_LOOKED_UP, subject, facts=told | extra, person=actor.person
        )


def keep_paper(*, actor: Actor, kind: str, document: UUID) -> None:
    """Put a paper to the actor's question, for the registration that follows.

    :raises NothingLookedUp: there is no question.
    :raises Refused: its answer did not fit.
    :raises NoSuchPaper, PaperMissing: no such kind, or not the actor's own file.
    """
    check_paper(actor, kind, document)
    with transaction.atomic():
        row = _own(actor)
        row.papers |= {kind: str(document)}
        row.save(update_fields=["papers"])


def keep_address(*, actor: Actor, address: str) -> None:
    """Keep what was typed so far, right or wrong, so that nobody types it twice.

    :raises NothingLookedUp, Refused: as `keep_paper`.
    """
    with transaction.atomic():
        row = _own(actor)
        row.address = tidy_line(address)[:LONGEST_ADDRESS]
        row.save(update_fields=["address"])


def prune_applications(*, actor: Actor) -> int:
    """Forget what was answered to people who registered nothing in KEPT_DAYS; answers how many.

    :raises Refused: a person tried.
    """
    require(actor, Can.PRUNE_APPLICATIONS)
    old = clock.now() - timedelta(days=KEPT_DAYS)
    deleted, _ = CompanyApplication.objects.filter(checked_at__lt=old).delete()
    return deleted


def _own(actor: Actor) -> CompanyApplication:
    row = CompanyApplication.objects.select_for_update().filter(pk=actor.who).first()
    if row is None:
        raise NothingLookedUp()
    require(actor, Can.FOUND_COMPANY, row)
    return row
