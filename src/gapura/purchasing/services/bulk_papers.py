"""Papers of loaded orders, made and signed as of then."""

from gapura.documents.services import Made, keep_made
from gapura.purchasing.models import OrderDocument, Signature
from gapura.purchasing.services.bulk_story import Facts, ReadyStep, Story
from gapura.purchasing.services.steps import grant_of, side_of

_METHOD = "totp"


def keep_paper(story: Story, step: ReadyStep, kind: str, made: Made, own_number: str = "") -> str:
    """A paper of the order; answers its digest."""
    row = story.row
    version = 1 + sum(isinstance(p, OrderDocument) and p.kind == kind for p in story.more)
    name = f"{row.reference}-{kind}-{version}.pdf"
    story.more.append(
        OrderDocument(
            order=row,
            kind=kind,
            version=version,
            document_id=keep_made(actor=step.actor, name=name, made=made),
            sha256=made.sha256,
            own_number=own_number,
            made_at=step.at,
        )
    )
    return made.sha256


def sign_newest(story: Story, step: ReadyStep) -> Facts:
    """Under the newest paper, by the app's code that was typed then."""
    paper, grant = story.last(OrderDocument), grant_of(step.actor)
    story.more.append(
        Signature(
            document=paper,
            side=side_of(step.actor),
            person_id=step.actor.who,
            grant=grant.id,
            role=grant.role,
            method=_METHOD,
            digest=paper.sha256,
            signed_at=step.at,
        )
    )
    return {"digest": paper.sha256, "method": _METHOD}
