"""Forgets codes, abandoned flows and ended sessions after their keeping time."""

from datetime import datetime

from django.db import transaction

from gapura.authentication.models import (
    DeedProof,
    Device,
    Disavowal,
    EmailCode,
    Hold,
    KeptForm,
    PasskeyChallenge,
    Session,
)
from gapura.authentication.permissions import Can
from gapura.authentication.rules import (
    KEEP_CODES,
    KEEP_DEEDS,
    KEEP_DEVICES,
    KEEP_FLOWS,
    KEEP_HOLDS,
    KEEP_SESSIONS,
)
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


def forget_old(*, actor: Actor) -> int:
    """Delete what no page shows any more; answers how many rows. Doing it twice does no harm.

    The log keeps what happened; addresses and devices are not kept longer than needed
    (Law 27/2022 article 16(2)g).
    """
    require(actor, Can.FORGET)
    now = clock.now()
    with transaction.atomic():
        codes, _ = EmailCode.objects.filter(created_at__lt=now - KEEP_CODES).delete()
        asked, _ = PasskeyChallenge.objects.filter(created_at__lt=now - KEEP_CODES).delete()
        deeds, _ = DeedProof.objects.filter(confirmed_at__lt=now - KEEP_DEEDS).delete()
        flows, _ = Session.objects.filter(acr=0, last_seen_at__lt=now - KEEP_FLOWS).delete()
        ended, _ = Session.objects.filter(last_seen_at__lt=now - KEEP_SESSIONS).delete()
        safety = _forget_safety(now)
    return codes + asked + deeds + flows + ended + safety


def _forget_safety(now: datetime) -> int:
    old = (
        Hold.objects.filter(last_at__lt=now - KEEP_HOLDS),
        Device.objects.filter(last_seen_at__lt=now - KEEP_DEVICES),
        KeptForm.objects.filter(expires_at__lt=now),
        Disavowal.objects.filter(expires_at__lt=now),
    )
    return sum(rows.delete()[0] for rows in old)
