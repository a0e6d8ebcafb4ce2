"""Carrying an erasure out: every room in one transaction, then the log, then the certificate."""

import logging
import secrets
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import override

from gapura.access.queries import last_day_in_office, ties
from gapura.access.services import revoke
from gapura.accounts import services as accounts
from gapura.accounts.queries import person_by_id, recipient
from gapura.audit.services import erase_personal
from gapura.journeys.erasing.certificate import certify
from gapura.journeys.erasing.obstacles import must_wait, obstacles
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.erasures import all_ways
from gapura.kernel.holdings import Erase, Erased, Holding, all_holdings
from gapura.kernel.texts import N_
from gapura.notifications import services as notifications
from gapura.privacy import services as privacy
from gapura.privacy.services import Due
from gapura.purchasing.queries import last_paper_day

BATCH = 20
LOG = "audit.life"
LAW = "UU 27/2022 Pasal 8, 43, 44"
NAME_STAYS = N_(
    "Orders, contracts and letters name you; papers of accounts and archives of the state are "
    "kept (Law 8/1997 article 11, Law 43/2009). On that day the name goes too."
)
_log = logging.getLogger(__name__)
_SYSTEM = system_actor("erasure")
# Rooms let go of what stands in the rooms below them first; mails and files come last.
_LAST = ("accounts", "documents", "notifications")
_REASON = "Penghapusan data pribadi atas permintaan pemiliknya."


def carry_out_due(*, actor: Actor) -> int:
    """Carry out what is due, each in a transaction of its own; answers how many have ended.

    One that waits or fails keeps no other back, and is tried again the next time.
    """
    ended = 0
    for key in privacy.due_erasures():
        try:
            ended += _carry_out(key)
        # Whatever is wrong with one: the law gives the others no longer either (UU 27/2022 41).
        except Exception:
            _log.exception("erasure %s could not be carried out", key)
        if ended == BATCH:
            break
    return ended


def _carry_out(key: UUID) -> bool:
    with transaction.atomic():
        row = privacy.take_due(key)
        # What is taken from the owner by mistake nobody gives back.
        if row is None or must_wait(row.person):
            return False
        against = obstacles(row.person)
        if against:
            with override(row.language):
                told = [one.told for one in against]
            privacy.stop_erasure(row, [one.code for one in against], told)
            return True
        _erase(row)
    return True


def _erase(row: Due) -> None:
    person = person_by_id(row.person)
    whom, words = recipient(person), (person.name, person.email, person.pending_email)
    if staff := ties(person.id).staff:
        revoke(actor=_SYSTEM, grants=staff, reason=_REASON)
    if person.state != "closed":
        accounts.close_person(actor=_SYSTEM, person_id=person.id, reason=_REASON)
    # A role that ends with the erasure is the last one: its papers count from today.
    name_until = _name_until(person.id)
    ways = all_ways()
    lines = [_line(one, ways[one.name], person.id) for one in _ordered()]
    lines.append(_name_line(person.id, name_until))
    notifications.forget_words(words, accounts.NOBODY)
    entries = erase_personal(actor=_SYSTEM, person=person.id, basis=LAW)
    stays = {"kept": entries, "because": str(ways[LOG])} if entries else {"kept": 0, "because": ""}
    lines.append({"holding": LOG, "gone": entries, "until": "", **stays})
    done = certify(row, person.username, lines, name_until)
    token = secrets.token_urlsafe(32)
    privacy.finish_erasure(row, done, token=token)
    # The last mail: nothing else is left to reach the person by. `tidy_mails` deletes it once sent.
    told = {"reference": row.reference, "fetch": f"/log/certificate/{token}", "code": done.digest}
    notifications.notify(whom, "privacy/mail/erasure_done.txt", told, bell=False)


def _ordered() -> list[Holding]:
    def rank(one: Holding) -> tuple[int, str]:
        room = one.name.split(".")[0]
        return (_LAST.index(room) + 1 if room in _LAST else 0), one.name

    # What the log keeps is erased by itself, last of all.
    return sorted((one for one in all_holdings() if one.name != LOG), key=rank)


def _line(one: Holding, way: Erase | str, person: UUID) -> dict[str, Any]:
    if isinstance(way, str):
        kept = one.read.count(person)
        found = Erased(kept=kept, because=way if kept else "")
    else:
        found = way(person, clock.today())
    until = found.until.isoformat() if found.until else ""
    line = {"holding": one.name, "gone": found.gone, "kept": found.kept}
    return {**line, "until": until, "because": found.because}


def _name_until(person: UUID) -> date | None:
    """The last day of the year in which papers of procurement that name the person may go."""
    days = [day for day in (last_paper_day(person), last_day_in_office(person)) if day]
    if not days:
        return None
    years = privacy.paper_years(clock.today())
    return date(max(days).year + years, 12, 31)


def _name_line(person: UUID, until: date | None) -> dict[str, Any]:
    if until is None:
        accounts.erase_name(person, clock.today())
        return {"holding": "accounts.name", "gone": 1, "kept": 0, "until": "", "because": ""}
    kept = {"gone": 0, "kept": 1, "until": until.isoformat(), "because": NAME_STAYS}
    return {"holding": "accounts.name", **kept}


def drop_names_due(*, actor: Actor) -> int:
    """Erase the names whose papers may go today; answers how many."""
    found = privacy.names_due(clock.today(), BATCH)
    for key, person in found:
        with transaction.atomic():
            if privacy.name_is_gone(key):
                accounts.erase_name(person, clock.today())
    return len(found)


def tidy_mails(*, actor: Actor) -> int:
    """Delete the last mail of each erased person once it has left, or its link has ended.

    Answers how many. A mail that nobody takes keeps no other back.
    """
    gone = 0
    for key, person, is_of_use in privacy.untidied():
        if gone == BATCH:
            break
        if is_of_use and notifications.still_waiting(person):
            continue
        with transaction.atomic():
            notifications.erase_messages(person, clock.today())
            # The entry of the last mail's sending, if there is one, holds nothing personal.
            gone += privacy.note_tidied(key)
    return gone
