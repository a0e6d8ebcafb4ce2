"""Whose identity documents a checker sees: not those of other parts, not of whom they act for."""

from dataclasses import replace
from uuid import UUID

import pytest

from gapura.accounts import errors
from gapura.accounts.models import Person
from gapura.accounts.permissions import Can
from gapura.accounts.policy import is_someone_else
from gapura.accounts.queries import case_for, cases_to_check, count_to_check, identity_for
from gapura.accounts.services import ask_correction, claim_case, send_document, verify_identity
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused, may
from tests.accounts.people import acting, confirmed, pending, verified
from tests.documents.makers import jpg

pytestmark = pytest.mark.django_db
WHY = "Nama berbeda dari surat."


def send(person: Person) -> UUID:
    return send_document(actor=acting(person), kind="ktp", name="ktp.jpg", content=jpg())


def bounded(path: str = "K16.1/") -> Actor:
    """Verifies a part of agency K16."""
    whole = acting(verified(), "verifikator", "K16", acr=2)
    assert whole.grant
    grant = replace(whole.grant, unit="K16.1", reach=path)
    return replace(whole, grant=grant, grants=(grant,))


def deputy_of(principal: Person, role: str = "verifikator") -> Actor:
    """Acts now in the place of the principal."""
    own = acting(verified(), role, "K16", acr=2)
    assert own.grant
    return own.as_grant(replace(own.grant, standing="delegate", principal=principal.username))


def test_who_verifies_a_part_sees_no_identity_document_of_the_agency() -> None:
    """Broken access control: a document belongs to no unit, so it may be anybody's."""
    case, part = send(confirmed()), bounded()
    for ask in (cases_to_check, count_to_check):
        with pytest.raises(Refused):
            ask(part)
    with pytest.raises(errors.NoSuchCase):
        case_for(part, case)
    with pytest.raises(errors.NoSuchCase):
        claim_case(actor=part, case_id=case)


@pytest.mark.parametrize("path", ["", "K16.2/", "K16.10/"])
def test_who_verifies_a_part_compares_no_identity_of_another_part(path: str) -> None:
    person, part = pending(), bounded()
    with pytest.raises(errors.NoSuchPerson):
        identity_for(part, person.id, "K16", path)
    with pytest.raises(Refused):
        verify_identity(
            actor=part, person_id=person.id, agency="K16", path=path, document_compared=True
        )
    with pytest.raises(Refused):
        ask_correction(actor=part, person_id=person.id, agency="K16", path=path, reason=WHY)


def test_who_verifies_a_part_compares_the_identities_of_that_part() -> None:
    person, part = pending(), bounded()
    assert identity_for(part, person.id, "K16", "K16.1/K16.1.4/").id == person.id
    found = verify_identity(
        actor=part, person_id=person.id, agency="K16", path="K16.1/", document_compared=True
    )
    assert found.state == "verified"


def test_who_stands_in_does_not_decide_on_the_identity_of_the_principal() -> None:
    """Self-approval through a deputy."""
    principal = confirmed()
    case, deputy = send(principal), deputy_of(principal)
    assert cases_to_check(deputy) == []
    assert count_to_check(deputy)[0] == 0
    with pytest.raises(Refused) as caught:
        claim_case(actor=deputy, case_id=case)
    assert is_someone_else.name in {c.name for c in caught.value.verdict.missing}
    with pytest.raises(Refused):
        verify_identity(actor=deputy, person_id=principal.id, document_compared=True)
    claim_case(actor=deputy_of(confirmed()), case_id=case)


def test_in_their_own_right_everybody_decides_on_others(db: None) -> None:
    case, own = send(confirmed()), acting(verified(), "verifikator", "K16", acr=2)
    assert may(own, Can.LIST_CASES)
    claim_case(actor=own, case_id=case)
