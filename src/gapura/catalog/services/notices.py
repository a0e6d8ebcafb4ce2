"""Telling a company's people what became of their product."""

from uuid import UUID

from gapura.access.queries import PRODUCT, company_people
from gapura.accounts.queries import people_by_id, recipient
from gapura.catalog.models import Product
from gapura.notifications.services import notify


def tell_company(row: Product, template: str, event: UUID, **values: object) -> None:
    """Mail and bell for everyone who looks after the company's products now.

    `template` is in catalog/mail. The mail is a receipt of what was recorded as `event`.
    """
    people = set(company_people(row.company_id, PRODUCT))
    context = {"product": row.name, **values}
    for person in people_by_id(people).values():
        notify(
            recipient(person),
            f"catalog/mail/{template}.txt",
            context,
            link=f"/catalog/{row.id}",
            event=event,
        )
