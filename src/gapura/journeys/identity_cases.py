"""Identity documents: confirmed, with what letters hold for the person; late ones moved up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from gapura.access.queries import holders, holders_of_all
from gapura.access.services import grant_waiting
from gapura.accounts.queries import people_by_id, recipient
from gapura.accounts.services import Escalated, confirm_case, escalate_cases
from gapura.kernel.actor import Actor, system_actor
from gapura.notifications.services import notify

_AT_AGENCY = ("verifikator", "admin_instansi")
_AT_PLATFORM = ("helpdesk", "admin_platform")
_QUEUE = "/people/identities"


def confirm_identity(*, actor: Actor, case_id: UUID, nik: str, checked: Sequence[str]) -> None:
    """The document shows this person: verified, and named in letters, they get their grants.

    :raises NoSuchCase, Refused, CaseDecided, CaseClaimed, CaseDecision, IdentityTaken: see
        `accounts.services.confirm_case`.
    """
    with transaction.atomic():
        person = confirm_case(actor=actor, case_id=case_id, nik=nik, checked=checked)
        grant_waiting(actor=system_actor("letters"), person_id=person)


def escalate_identities(*, actor: Actor) -> int:
    """Move up to 200 late documents to the platform; answers how many.

    Their people, who checks for the whole agency, and the platform's helpdesk are told. Verifiers
    of a part of the agency never saw these documents and are not.

    :raises Refused: a person tried.
    """
    with transaction.atomic():
        moved = escalate_cases(actor=actor)
        by_agency: dict[str, list[Escalated]] = defaultdict(list)
        for each in moved:
            by_agency[each.agency].append(each)
        for agency, there in by_agency.items():
            whom = {who for role in _AT_AGENCY for who in holders_of_all(role, agency)}
            _tell(whom, "identities_moved_up", there)
        if moved:
            whom = {who for role in _AT_PLATFORM for who in holders(role)}
            _tell(whom, "identities_to_check", moved)
        return len(moved)


def _tell(whom: Iterable[UUID], template: str, moved: Sequence[Escalated]) -> None:
    for person in people_by_id(set(whom)).values():
        # The mail names nobody: who is being checked stands on the page.
        values = {"count": len(moved)}
        notify(recipient(person), f"journeys/mail/{template}.txt", values, link=_QUEUE)
