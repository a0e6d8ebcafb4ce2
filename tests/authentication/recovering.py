"""One way back, step by step, by those who may: for the tests of all its rooms."""

import re
from dataclasses import replace
from datetime import date

from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.models import Recovery
from gapura.authentication.rules import VOUCH_CHECKLIST
from gapura.authentication.services import Vouch
from gapura.authentication.services.recovery_asking import open_asked
from gapura.kernel.actor import Actor
from gapura.notifications.models import Mail
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.people import acting
from tests.authentication.world import Browser, mailed_code

REASON = "Saya melihat KTP aslinya, SK nomor 800/123."


def named(username: str) -> Person:
    return Person.objects.get(username=username)


def helper(username: str, role: str = "", acr: int = 2) -> Actor:
    """A persona, acting under a role."""
    return acting(persona_id(username), role or username.rstrip("2"), acr=acr)


def elsewhere(actor: Actor, agency: str) -> Actor:
    """The same actor, but with the role at another agency."""
    assert actor.grant is not None
    return actor.as_grant(replace(actor.grant, agency=agency))


def ask_by_mail(person: Person) -> Recovery:
    """The person proves the mailbox and asks."""
    here = Browser()
    here.keep(services.start_recovery(actor=here.actor, login=person.username))
    services.ask_recovery(actor=here.actor, code=mailed_code(person, "recover"))
    return newest(person)


def ask_without(person: Person, story: str = "HP dan surel hilang di kereta.") -> Recovery:
    """The mailbox is lost, too."""
    open_asked(actor=Actor(ip="203.0.113.9"), login=person.username, story=story)
    return newest(person)


def newest(person: Person) -> Recovery:
    return Recovery.objects.filter(person=person).latest("asked_at", "id")


def seen(row: Recovery, **changes: object) -> Vouch:
    """What a careful voucher fills in."""
    given = Vouch(tuple(VOUCH_CHECKLIST[row.kind]), row.person.nik, REASON)
    return replace(given, **changes)  # type: ignore[arg-type]


def vouch(row: Recovery, actor: Actor | None = None, **changes: object) -> str:
    """A verifier vouches; answers the slip."""
    by = actor or helper("verifikator")
    return services.vouch_recovery(actor=by, recovery_id=row.id, given=seen(row, **changes))


def second(row: Recovery, actor: Actor | None = None) -> Recovery:
    """A colleague agrees."""
    by = actor or helper("verifikator2")
    return services.second_recovery(actor=by, recovery_id=row.id, reason=REASON)


def waiting(username: str = "ppk") -> tuple[Recovery, str]:
    """A way back that two people stand for, and its slip."""
    row = ask_by_mail(named(username))
    slip = vouch(row)
    return second(row), slip


def come_back(row: Recovery, slip: str) -> Browser:
    """Code by e-mail and slip; next is the password. The caller sets the clock."""
    here = Browser()
    here.keep(services.start_return(actor=here.actor, login=row.person.username))
    here.keep(services.check_return(actor=here.actor, code=code_to_return(row)))
    here.keep(services.check_slip(actor=here.actor, code=slip))
    return here


def code_to_return(row: Recovery) -> str:
    return mailed_code(row.person, "recover")


def stop_link(row: Recovery) -> str:
    """The token in the newest mail with a link that stops it."""
    mails = Mail.objects.filter(person=row.person_id).order_by("created_at", "id")
    found = [re.search(r"/recover/stop/([\w-]+)", mail.body or "") for mail in mails]
    return next(one[1] for one in reversed(found) if one)


def birthday(row: Recovery) -> date:
    """As the NIK says; a woman's day has 40 added."""
    nik = row.person.nik
    day, month, year = int(nik[6:8]) % 40, int(nik[8:10]), 1900 + int(nik[10:12])
    return date(year, month, day)
