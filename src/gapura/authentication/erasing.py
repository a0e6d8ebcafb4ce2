"""What this room erases of a person: every way in, every session, every device."""

from datetime import date
from uuid import UUID

from django.db.models import Case, CharField, Value, When

from gapura.audit.services import Subject, record
from gapura.authentication import events
from gapura.authentication.marks import change_of, factors_mark
from gapura.authentication.models import (
    AccountLock,
    DeedProof,
    Device,
    Disavowal,
    EmailCode,
    KeptForm,
    Passkey,
    PasskeyChallenge,
    Password,
    Recovery,
    RecoveryCode,
    Session,
    Suspicion,
    Totp,
)
from gapura.kernel.actor import system_actor
from gapura.kernel.erasures import blanks, declare, deletes
from gapura.kernel.holdings import Erased

_SYSTEM = system_actor("erasure")


def erase_factors(person: UUID, day: date) -> Erased:
    """Apps and passkeys; the log tells that none is left, so that it agrees with the tables."""
    were = factors_mark(person)
    gone = Totp.objects.filter(person=person).delete()[0]
    gone += Passkey.objects.filter(person=person).delete()[0]
    if were:
        subject = Subject("person", str(person))
        facts = change_of(person, were)
        record(_SYSTEM, events.FACTORS_ERASED, subject, facts=facts, person=person)
    return Erased(gone=gone)


def erase_recoveries(person: UUID, day: date) -> Erased:
    """Ways back stay as marks of what was decided; their words and addresses go.

    That there was another address stays said: the log tells it, too.
    """
    blank = When(new_email="", then=Value(""))
    gone = Recovery.objects.filter(person=person).update(
        story="",
        evidence={},
        end_reason="",
        slip_hash=None,
        stop_hash="",
        new_email=Case(blank, default=Value("-"), output_field=CharField()),
    )
    return Erased(gone=gone)


declare(
    "authentication",
    {
        "password": deletes(Password),
        # Both in one, so that the log tells the change once.
        "totp": erase_factors,
        "passkey": deletes(Passkey),
        "challenge": deletes(PasskeyChallenge, "session__person"),
        "recovery_code": deletes(RecoveryCode),
        "session": deletes(Session),
        "device": deletes(Device),
        "email_code": deletes(EmailCode),
        "deed_proof": deletes(DeedProof),
        "disavowal": deletes(Disavowal),
        "kept_form": deletes(KeptForm),
        "recovery": erase_recoveries,
        "lock": blanks(AccountLock, reason="", lift_reason=""),
        "suspicion": deletes(Suspicion),
    },
)
