"""Copies of all that is held of a person (art. 7, 32): asked for, made, fetched, deleted."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import override

from gapura.accounts.queries import recipient
from gapura.documents.queries import Download, original_bytes
from gapura.documents.services import Made, erase, keep_made, made_json
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.holdings import all_holdings
from gapura.kernel.jobs import enqueue
from gapura.kernel.permissions import require
from gapura.notifications.services import notify
from gapura.privacy.errors import NoSuchCopy, RequestOpen
from gapura.privacy.events import requests as events
from gapura.privacy.models import Copy, PrivacyRule
from gapura.privacy.permissions import Can
from gapura.privacy.rules.requests import COPIES_BY_PERSON, hours_between
from gapura.privacy.services.asking import begin_access
from gapura.privacy.services.files import About, Gathered, gather, paper_of
from gapura.privacy.services.rows import end, note, open_for, subject_of

JOB = "privacy.make_copy"
FORMATS = ("json", "pdf")
BATCH = 200
# A job that died leaves its copy behind; after this time another one begins it anew.
STRAY_MINUTES = 15


def ask_for_copy(*, actor: Actor) -> UUID:
    """Let a job gather everything into a JSON and a PDF file; answers the copy's id.

    The request has the clock of art. 32; the copy fulfills it.

    :raises RequestOpen: one is being made.
    :raises TooMany: more than five a day.
    """
    require(actor, Can.ASK_COPY)
    throttle.count(COPIES_BY_PERSON, str(actor.who))
    with transaction.atomic():
        request = begin_access(actor)
        row = Copy(
            person_id=actor.who,
            request=request,
            language=actor.language,
            asked_at=request.asked_at,
            expected=len(all_holdings()),
        )
        _put(row)
        enqueue(JOB, copy=str(row.id))
    return row.id


def make_copy(*, actor: Actor, copy_id: UUID) -> None:
    """Make a copy that somebody asked for; begun again after an interruption, it begins anew.

    Not inside a transaction: how far it is can be seen from the first holding on.

    :raises Refused: a person tried.
    """
    require(actor, Can.MAKE_COPY)
    rows = Copy.objects.select_related("request", "person")
    row = rows.filter(pk=copy_id, finished_at=None).first()
    if row is None:
        return
    with override(row.language):
        about = _about(row)
        found = gather(row.person_id, about, lambda done: _so_far(row, done))
        paper = paper_of(found, about)
    with transaction.atomic():
        _keep(row, found, paper)


def fetch_copy(*, actor: Actor, copy_id: UUID, form: str) -> Download:
    """One of its files, to the person alone; that it was fetched is recorded.

    :raises NoSuchCopy: another person's, not made, or deleted.
    :raises Refused: the last proof of who is here is older than 20 minutes.
    """
    with transaction.atomic():
        row = Copy.objects.select_related("person").filter(pk=copy_id, person=actor.person).first()
        if row is None or form not in FORMATS:
            raise NoSuchCopy()
        require(actor, Can.FETCH_COPY, row)
        document = row.data_id if form == "json" else row.paper_id
        if document is None or not row.expires_at or row.expires_at <= clock.now():
            raise NoSuchCopy()
        file = original_bytes(document)
        subject = subject_of(row, row.person.username)
        note(actor, events.COPY_FETCHED, row, subject, {"format": form, "bytes": len(file.content)})
    return file


def drop_old_copies(*, actor: Actor) -> int:
    """Delete the files of up to BATCH copies whose days are over; answers how many.

    :raises Refused: a person tried.
    """
    require(actor, Can.MAKE_COPY)
    with transaction.atomic():
        old = Copy.objects.select_for_update(skip_locked=True)
        rows = list(old.filter(gone_at=None, expires_at__lte=clock.now())[:BATCH])
        for row in rows:
            drop_files(row)
        return len(rows)


def drop_files(row: Copy) -> None:
    """The files of a copy go; that there was one stays."""
    files = [key for key in (row.data_id, row.paper_id) if key]
    row.data_id = row.paper_id = None
    row.gone_at = clock.now()
    row.save(update_fields=["data", "paper", "gone_at"])
    erase(documents=files)


def begin_stray_copies(*, actor: Actor) -> int:
    """Enqueue again what no job has finished within STRAY_MINUTES; answers how many.

    :raises Refused: a person tried.
    """
    require(actor, Can.MAKE_COPY)
    since = clock.now() - timedelta(minutes=STRAY_MINUTES)
    stray = Copy.objects.filter(finished_at=None, asked_at__lte=since)
    keys = list(stray.values_list("pk", flat=True)[:BATCH])
    for key in keys:
        enqueue(JOB, copy=str(key))
    return len(keys)


def _put(row: Copy) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise RequestOpen(reference=row.request.reference) from error


def _about(row: Copy) -> About:
    person, request = row.person, row.request
    return About(
        request.reference, person.username, person.name, clock.now(), request.zone, row.language
    )


def _so_far(row: Copy, done: int) -> None:
    Copy.objects.filter(pk=row.pk, finished_at=None).update(done=done)


def _keep(row: Copy, found: Gathered, paper: Made) -> None:
    """Files, the copy's end, events and the answer, at once; a second run keeps nothing."""
    if not Copy.objects.select_for_update().filter(pk=row.pk, finished_at=None).exists():
        return
    system, owner = system_actor("privacy"), Actor(person=row.person_id)
    data = made_json(found.content)
    days = PrivacyRule.value_at("copy.days", clock.today())
    row.data_id = keep_made(actor=owner, name=row.request.reference, made=data)
    row.paper_id = keep_made(actor=owner, name=row.request.reference, made=paper)
    row.finished_at, row.rows, row.done = clock.now(), found.rows, row.expected
    row.expires_at = row.finished_at + timedelta(days=days)
    row.save()
    facts = {"rows": found.rows, "digest": data.sha256, "digest_pdf": paper.sha256}
    facts |= {"bytes": len(data.content)}
    note(system, events.COPY_MADE, row, subject_of(row, row.person.username), facts)
    _answer(system, row)


def _answer(system: Actor, row: Copy) -> None:
    """The request is fulfilled, and its person told where the files are and until when."""
    request = open_for(system, Can.FULFILL, row.request_id)
    hours = hours_between(request.asked_at, clock.now())
    facts = {"kind": request.kind, "hours": hours}
    end(system, request, "fulfill", events.REQUEST_FULFILLED, facts)
    values = {"row": request, "until": row.expires_at}
    link = f"/account/data/copies/{row.id}"
    notify(recipient(row.person), "privacy/mail/copy_made.txt", values, link=link)
