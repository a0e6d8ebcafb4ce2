"""Things of companies for the walk: invitations, requests to be admitted, people, papers."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from gapura.access.models import Grant, Invitation
from gapura.access.services import Deed, Named, ask_to_join, invite_staff, start_succession
from gapura.documents.models import Content, Document
from gapura.kernel import clock
from gapura.notifications.models import Mail
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.people import acting

Things = dict[str, object]


def _joins() -> Things:
    """Somebody without a role asks the company of `penyedia`."""
    who = acting(persona_id("warga"))
    return {"of warga": ask_to_join(actor=who, company="C0001", position="Staf penjualan")}


def _invite() -> Invitation:
    boss = acting(persona_id("penyedia"), "admin_perusahaan")
    row = invite_staff(actor=boss, email="undangan@contoh.id", role="staf_perusahaan")
    return Invitation.objects.get(pk=row)


def _invitations() -> Things:
    return {"of penyedia": _invite().id}


def _tokens() -> Things:
    """A link for somebody else, and one that nobody made."""
    _invite()
    mail = Mail.objects.filter(template="access/mail/invited.txt").latest("created_at", "id")
    found = re.search(r"/company/invitations/([\w-]+)", mail.body or "")
    assert found
    return {"for another address": found[1], "guessed": "A" * 43}


def _grants() -> Things:
    """A role at the company, and one in an office."""
    staff = Grant.objects.get(person=persona_id("staf"), role="staf_perusahaan")
    office = Grant.objects.filter(person=persona_id("ppk"), role="ppk").earliest("approved_at")
    return {"staf at the company": staff.id, "ppk at home": office.id}


def _successions() -> Things:
    """Somebody without a role takes over the company of `penyedia`."""
    # As if the registry had confirmed them by then.
    who = replace(acting(persona_id("warga")), state="verified")
    row = start_succession(
        actor=who,
        company="C0001",
        deed=Deed("AHU-0001.AH.01.02", date(2026, 1, 5), _document(who.who)),
        named=Named("OSS-1", "a" * 64),
    )
    return {"of warga at penyedia": row}


def _document(owner: UUID) -> UUID:
    """A deed that somebody handed in, without its bytes."""
    sha256 = "d" * 64
    Content.objects.get_or_create(
        sha256=sha256,
        defaults={"media_type": "application/pdf", "size": 1000, "page_count": 1, "gate": 1},
    )
    return Document.objects.create(
        content_id=sha256,
        name="akta.pdf",
        purpose="company",
        uploaded_by=owner,
        uploaded_at=clock.now(),
    ).id


MAKERS: dict[str, Callable[[], Things]] = {
    "join_id": _joins,
    "invitation_id": _invitations,
    "token": _tokens,
    "grant_id": _grants,
    "succession_id": _successions,
    "kind": lambda: {"akta": "akta", "of no kind": "passwd"},
}
FORMS: dict[str, dict[str, object]] = {
    "company-join-decide": {"decision": "staf_perusahaan"},
    "company-remove": {"reason": "Tidak lagi bekerja di sini."},
    "company-change": {"role": "staf_perusahaan", "duties": ["order"]},
    "company-leave": {"reason": ""},
    "company-takeover-object": {"reason": "Akta itu bukan akta kami."},
    "company-takeover-decide": {"decision": "refuse", "reason": "Akta itu bukan akta kami."},
    "company-takeover-begin": {
        "company": "C0001",
        "number": "AHU-0002",
        "day-day": "5",
        "day-month": "1",
        "day-year": "2026",
        "former": "stay",
    },
    "company-invite": {"email": "baru@contoh.id", "role": "staf_perusahaan"},
    "company-join": {"company": "C0001", "position": "Staf penjualan"},
}
