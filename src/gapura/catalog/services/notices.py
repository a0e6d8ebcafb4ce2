"""Telling a company's people what became of their product."""

from uuid import UUID

from gapura.access.queries import holders
from gapura.accounts.queries import people_by_id, recipient
from gapura.catalog.models import Product
from gapura.catalog.rules import SELLERS
from gapura.notifications.services import notify


def tell_company(row: Product, template: str, event: UUID, **values: object) -> None:
    """Mail and bell for everyone who works for the company now; `template` in catalog/mail.

    The mail is a receipt of what was recorded as `event`.
    """
    people = {one for role in sorted(SELLERS) for one in holders(role, company=row.company_id)}
    context = {"product": row.name, **values}
    for person in people_by_id(people).values():
        notify(
            recipient(person),
            f"catalog/mail/{template}.txt",
            context,
            link=f"/catalog/{row.id}",
            event=event,
        )
