"""Forgets codes, abandoned flows and ended sessions after their keeping time."""

from django.db import transaction

from gapura.authentication.models import DeedProof, EmailCode, Session
from gapura.authentication.permissions import Can
from gapura.authentication.rules import KEEP_CODES, KEEP_DEEDS, KEEP_FLOWS, KEEP_SESSIONS
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
        deeds, _ = DeedProof.objects.filter(confirmed_at__lt=now - KEEP_DEEDS).delete()
        flows, _ = Session.objects.filter(acr=0, last_seen_at__lt=now - KEEP_FLOWS).delete()
        ended, _ = Session.objects.filter(last_seen_at__lt=now - KEEP_SESSIONS).delete()
    return codes + deeds + flows + ended
