"""Suppliers' companies, as far as grants need them."""

import re

from django.db import IntegrityError, transaction

from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations import events
from gapura.organizations.errors import CodeTaken, CompanyMalformed
from gapura.organizations.models import Company
from gapura.organizations.permissions import Can
from gapura.organizations.rules import is_plain_line, tidy_line

_CODE = re.compile(r"[A-Z0-9][A-Z0-9.-]{1,19}", re.ASCII)


def register_company(*, actor: Actor, code: str, name: str) -> Company:
    """Enter a company under its code.

    :raises CompanyMalformed: no usable code or name.
    :raises CodeTaken: the code is in use.
    """
    require(actor, Can.REGISTER_COMPANY)
    name = tidy_line(name)
    if not _CODE.fullmatch(code) or not is_plain_line(name, 2, 200):
        raise CompanyMalformed()
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = Company.objects.create(code=code, name=name)
        except IntegrityError as error:
            raise CodeTaken() from error
        subject = Subject("company", code, code)
        audit.record(actor, events.COMPANY_REGISTERED, subject, facts={"name": name})
    return row
