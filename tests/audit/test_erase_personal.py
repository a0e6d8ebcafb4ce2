"""Erasing a person: the values are gone, every proof holds, the erasure is on record."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection
from django.utils.translation import override

from gapura.audit.queries import Filters, Whose, event_detail, explore
from gapura.audit.services import checkpoint, erase_personal, seal_all, verify_log
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from tests.audit.conftest import Attack, Note

BASIS = "UU 27/2022 art. 43"


@pytest.fixture
def platform(budi: Actor) -> Actor:
    return replace(budi, person=uuid7(), grant=ActiveGrant(uuid7(), "admin_platform"))


@pytest.fixture
def erased(note: Note, siti: Actor, platform: Actor) -> list[UUID]:
    """Siti did something, and something was done to her; then she was erased."""
    made = note(1, actor=siti, agency="K01")
    made += note(1, person=siti.person, after={"email": "siti@x.id", "state": "b"})
    made += note(1)
    seal_all()
    checkpoint(now=True)
    assert siti.person is not None
    assert erase_personal(actor=platform, person=siti.person, basis=BASIS) == 2
    return made


def test_proofs_stay_valid_and_the_check_counts_the_erased(erased: list[UUID]) -> None:
    seal_all()
    checkpoint(now=True)
    report = verify_log()
    assert (report.exit_code, report.erased) == (0, 2)


def test_her_values_are_gone_and_others_stay(erased: list[UUID], platform: Actor) -> None:
    with override("en"):
        by_her, about_her, other = (event_detail(platform, entry) for entry in erased)
    assert (by_her.row.actor, by_her.row.ip) == ("(erased)", "(erased)")
    assert (about_her.row.actor, about_her.row.ip) == ("Budi Santoso", "203.0.113.7")
    assert {c.field: c.after for c in about_her.changes} == {"email": "(erased)", "state": "b"}
    assert other.row.ip == "203.0.113.7"
    assert by_her.row.verified
    assert about_her.row.verified


def test_the_erasure_is_recorded_for_the_platform_only(
    erased: list[UUID], platform: Actor, siti: Actor
) -> None:
    newest = explore(platform, Filters(), Whose.OVERSEEN).rows[0]
    assert newest.name == "audit.person.erased"
    assert newest.subject_id == str(siti.person)
    assert newest.id not in {row.id for row in explore(siti, Filters()).rows}


def test_a_receipt_for_another_person_does_not_excuse(erased: list[UUID], attack: Attack) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(erased_by::text) FROM audit_personal")
        receipt = (cursor.fetchone() or ("",))[0]
    attack(
        "UPDATE audit_personal SET sealed = NULL, erased_by = %s WHERE event_id = %s",
        receipt,
        erased[2],
    )
    assert [finding.kind for finding in verify_log().findings] == ["personal_missing"]


def test_erasing_again_finds_nothing(erased: list[UUID], siti: Actor, platform: Actor) -> None:
    assert siti.person is not None
    assert erase_personal(actor=platform, person=siti.person, basis=BASIS) == 0
    assert verify_log().exit_code == 0


def test_only_the_platform_erases(note: Note, budi: Actor, siti: Actor) -> None:
    note()
    for actor in (budi, siti):
        with pytest.raises(Refused):
            erase_personal(actor=actor, person=uuid7(), basis=BASIS)
