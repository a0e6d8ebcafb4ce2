"""Letters say what can be true, rest on their owner's file, and are revoked by somebody else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused, all_rules
from gapura.kernel.problems import FieldProblems
from gapura.organizations import errors
from gapura.organizations.models import Agency, AppointmentLetter, Unit
from gapura.organizations.permissions import Can
from gapura.organizations.queries import letter_for, own_letters
from gapura.organizations.services import register_letter, revoke_letter
from tests.organizations.letters import OWNER, colleague, document, letter, words

pytestmark = pytest.mark.django_db
# 22:30 in Jakarta on the 14th, 23:30 in Makassar, and half past midnight on the 15th in Jayapura.
EVENING = datetime(2026, 3, 14, 15, 30, tzinfo=UTC)
REASON = "The officer moved to another unit."


@pytest.fixture(autouse=True)
def places(db: None) -> Iterator[None]:
    Agency.objects.create(code="K16", name="Kementerian Keuangan", kind="ministry")
    Agency.objects.create(code="D91", name="Pemerintah Provinsi Papua", kind="province")
    Unit.objects.create(code="K16.002", name="Biro Umum", agency_id="K16", zone="Asia/Jakarta")
    Unit.objects.create(code="D91.001", name="Setda", agency_id="D91", zone="Asia/Jayapura")
    with clock.frozen(EVENING):
        yield


def refusal(**changes: Any) -> dict[str, type]:
    with pytest.raises(FieldProblems) as caught:
        letter(**changes)
    return {field: type(problem) for field, problem in caught.value.fields.items()}


def test_a_sound_letter_has_a_reference_and_its_last_day_counts() -> None:
    view = letter_for(OWNER, letter())
    assert view.reference.startswith("SK-2026-")
    assert view.valid_until == date(2026, 12, 31)
    assert view.counts_on(date(2026, 12, 31))
    assert not view.counts_on(date(2027, 1, 1))
    assert own_letters(OWNER) == (view,)


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"number": "  "}, "number", errors.NumberMissing),
        ({"number": "x" * 101}, "number", errors.NumberMissing),
        ({"number": "x" * 10_000}, "number", errors.NumberMissing),
        ({"number": "821\0"}, "number", errors.NumberMissing),
        ({"number": "821\u202e"}, "number", errors.NumberMissing),
        ({"signer_name": ""}, "signer_name", errors.SignerMissing),
        ({"signer_position": "\u200b"}, "signer_position", errors.PositionMissing),
        ({"signed_on": date(2026, 3, 15)}, "signed_on", errors.SignedLater),
        ({"signed_on": date(2016, 3, 13)}, "signed_on", errors.SignedLongAgo),
        ({"signed_on": date(1, 1, 1)}, "signed_on", errors.SignedLongAgo),
        ({"valid_until": date(2026, 1, 5)}, "valid_until", errors.EndsBeforeStart),
        ({"valid_until": date(2026, 3, 13)}, "valid_until", errors.EndedAlready),
        ({"valid_until": date(2036, 3, 15)}, "valid_until", errors.LastsTooLong),
        ({"valid_until": date.max}, "valid_until", errors.LastsTooLong),
        ({"valid_from": date(2015, 1, 1)}, "valid_from", errors.LastsTooLong),
        ({"agency": "X99", "unit": None}, "agency", errors.NoSuchAgency),
        ({"agency": "K16\0", "unit": None}, "agency", errors.NoSuchAgency),
        ({"unit": "K16.999"}, "unit", errors.NoSuchUnit),
        ({"unit": "D91.001"}, "unit", errors.UnitElsewhere),
    ],
)
def test_what_no_letter_says_is_refused_by_field(
    changes: dict[str, Any], field: str, problem: type
) -> None:
    assert refusal(**changes) == {field: problem}
    assert AppointmentLetter.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "B-12/K.3/\u2163/2026 \u2013 ralat"},
        {"signed_on": date(2026, 3, 14), "valid_until": date(2026, 3, 14)},
        {"signed_on": date(2016, 3, 14)},
        {"valid_from": date(2026, 6, 1), "valid_until": date(2036, 6, 1)},
        {"unit": None},
    ],
)
def test_unusual_but_possible_letters_pass(changes: dict[str, Any]) -> None:
    assert letter_for(OWNER, letter(**changes)).revoked_at is None


def test_today_is_today_in_the_units_own_zone() -> None:
    signed = letter(signed_on=date(2026, 3, 15), agency="D91", unit="D91.001")
    assert letter_for(OWNER, signed).signed_on == date(2026, 3, 15)
    over = refusal(valid_until=date(2026, 3, 14), agency="D91", unit="D91.001")
    assert over == {"valid_until": errors.EndedAlready}


def test_a_letter_cannot_rest_on_another_persons_file() -> None:
    """Guessed document ids: the file of somebody else looks like one that is not there."""
    foreign = document(colleague("ppk"))
    assert (
        refusal(document=foreign)
        == refusal(document=uuid7())
        == {"document": errors.DocumentMissing}
    )


def test_closed_places_get_no_letters() -> None:
    Unit.objects.filter(pk="K16.002").update(closed_on=date(2026, 3, 14))
    assert refusal() == {"unit": errors.UnitClosed}
    Agency.objects.filter(pk="K16").update(closed_on=date(2026, 3, 14))
    assert refusal(unit=None) == {"agency": errors.AgencyClosed}


def test_nobody_without_signing_in_enters_a_letter() -> None:
    with pytest.raises(Refused):
        register_letter(actor=Actor(), document=uuid7(), **words())


def test_the_agencys_verifier_revokes_and_all_see_it_at_once() -> None:
    made = letter()
    revoke_letter(actor=colleague("verifikator", "K16"), letter_id=made, reason=REASON)
    view = letter_for(OWNER, made)
    assert (view.revoked_at, view.revoke_reason) == (EVENING, REASON)
    assert not view.counts_on(date(2026, 6, 1))
    with pytest.raises(errors.LetterEnded):
        revoke_letter(actor=colleague("verifikator", "K16"), letter_id=made, reason=REASON)


@pytest.mark.parametrize(
    "actor",
    [
        colleague("verifikator", "K16", acr=1),
        colleague("apip", "K16"),
        colleague("verifikator", "K16", person=11),
    ],
)
def test_whoever_may_see_it_but_not_revoke_it_is_told_why(actor: Actor) -> None:
    made = letter()
    with pytest.raises(Refused):
        revoke_letter(actor=actor, letter_id=made, reason=REASON)
    assert letter_for(OWNER, made).revoked_at is None


@pytest.mark.parametrize(
    "actor", [colleague("verifikator", "D91"), colleague("ppk", "K16"), Actor(), colleague("apip")]
)
def test_to_others_a_letter_is_not_there(actor: Actor) -> None:
    made = letter()
    with pytest.raises(errors.NoSuchLetter):
        letter_for(actor, made)
    with pytest.raises(errors.NoSuchLetter):
        revoke_letter(actor=actor, letter_id=made, reason=REASON)
    with pytest.raises(errors.NoSuchLetter):
        letter_for(OWNER, UUID(int=5))


def test_a_revocation_needs_a_reason_people_understand() -> None:
    made = letter()
    for reason in ("", "too short", "x" * 501, "a reason with \u202e in it"):
        with pytest.raises(errors.ReasonMissing):
            revoke_letter(actor=colleague("admin_platform"), letter_id=made, reason=reason)


def test_the_database_itself_refuses_empty_and_open_ranges() -> None:
    made = letter()
    day = date(2026, 1, 1)
    for valid in (DateRange(day, day), DateRange(day, None), DateRange(None, day)):
        with pytest.raises(IntegrityError), transaction.atomic():
            AppointmentLetter.objects.filter(pk=made).update(valid=valid)


def test_the_log_names_the_letter_but_commits_to_its_signer() -> None:
    made = letter()
    row = LogEvent.objects.get(name="organizations.letter.registered")
    assert row.subject_id == str(made)
    assert "Budi" not in str(row.facts)


def test_every_permission_has_a_rule() -> None:
    assert set(Can) <= set(all_rules())


def test_the_system_may_revoke_for_a_journey() -> None:
    made = letter()
    with clock.frozen(EVENING + timedelta(hours=1)):
        revoke_letter(actor=system_actor("offboarding"), letter_id=made, reason=REASON)
    assert letter_for(OWNER, made).revoked_at == EVENING + timedelta(hours=1)
