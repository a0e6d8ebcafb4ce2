"""Opens, answers and closes cases."""

from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.accounts.queries import canonical_email, email_problem, name_problem
from gapura.audit.events import Event
from gapura.audit.services import Subject, record
from gapura.helpdesk import events
from gapura.helpdesk.errors import NoSuchCase, NoSuchTopic, TextLength
from gapura.helpdesk.models import Answer, Case
from gapura.helpdesk.permissions import Can
from gapura.helpdesk.rules import LEAST, MOST
from gapura.helpdesk.states import CASE
from gapura.helpdesk.topics import TOPICS
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.encryption import lookup
from gapura.kernel.moves import move
from gapura.kernel.permissions import may, require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.kernel.references import next_reference
from gapura.kernel.throttle import Limit
from gapura.notifications.services import Recipient, notify
from gapura.organizations.errors import NoSuchAgency
from gapura.organizations.queries import agencies_by_code

CASES_PER_ADDRESS = Limit("helpdesk.case", 10, 3600)
CASES_PER_EMAIL = Limit("helpdesk.case.email", 5, 3600)


def open_case(
    *, actor: Actor, name: str, email: str, topic: str, text: str, agency: str = ""
) -> str:
    """Write down a question, also for people who cannot sign in; answers its KAS reference.

    The receipt goes to `email`. `agency` (code) makes that agency's administrator see it. The same
    question sent again on the same day answers the reference it got the first time.

    :raises FieldProblems: what is wrong with name, email, topic, agency or text.
    :raises TooMany: over 10 cases an hour from one address or 5 for one mailbox.
    """
    require(actor, Can.OPEN)
    name, email, text = name.strip(), canonical_email(email), text.strip()
    _check(name, email, topic, text, agency)
    told = "\0".join((email.lower(), str(clock.today()), topic, agency, text))
    fingerprint = lookup(told, "helpdesk.case")
    with transaction.atomic():
        known = Case.objects.filter(fingerprint=fingerprint).first()
        if known is not None:
            return known.reference
        throttle.count(CASES_PER_ADDRESS, actor.ip or "")
        throttle.count(CASES_PER_EMAIL, email.lower())
        case = Case(name=name, email=email, topic=topic, agency=agency, text=text)
        case.fingerprint = fingerprint
        try:
            _write(actor, case)
        except IntegrityError:
            return Case.objects.get(fingerprint=fingerprint).reference
        _record(actor, events.OPENED, case, {"topic": topic})
        notify(_recipient(case), "helpdesk/mail/case_opened.txt", {"case": case}, bell=False)
    return case.reference


def answer_case(*, actor: Actor, case: UUID, text: str) -> None:
    """Send an answer to the person's mailbox. The same answer again changes and sends nothing.

    :raises NoSuchCase: for another agency's.
    :raises Refused: without the role, the strength, or for the own case.
    :raises FieldProblems: for a text of fewer than 10 or more than 4,000 characters.
    """
    text = text.strip()
    if problem := _length_problem(text):
        raise FieldProblems({"text": problem})
    with transaction.atomic():
        row = _load(actor, case)
        require(actor, Can.ANSWER, row)
        last = row.answers.order_by("-id").first()
        if last is not None and last.text == text:
            return
        move(CASE, row, "answer")
        answer = Answer.objects.create(
            case=row, text=text, sent_at=clock.now(), sent_by=actor.username
        )
        _record(actor, events.ANSWERED, row, {"length": len(text)})
        values = {"case": row, "answer": answer}
        notify(_recipient(row), "helpdesk/mail/case_answered.txt", values)


def close_case(*, actor: Actor, case: UUID) -> None:
    """Put a case away.

    :raises NoSuchCase: for another agency's.
    :raises Refused: without the role, the strength, or for the own case.
    :raises NoSuchMove: when it is closed already.
    """
    with transaction.atomic():
        row = _load(actor, case)
        require(actor, Can.CLOSE, row)
        move(CASE, row, "close", closed_at=clock.now())
        _record(actor, events.CLOSED, row, {})


def _write(actor: Actor, case: Case) -> None:
    """Give a new case its number; when the same one is there, nothing is written."""
    case.person, case.language, case.created_at = actor.person, actor.language, clock.now()
    with transaction.atomic():
        case.reference = next_reference("KAS")
        case.save(force_insert=True)


def _load(actor: Actor, case: UUID) -> Case:
    row = Case.objects.select_for_update().filter(pk=case).first()
    if row is None or not may(actor, Can.SEE, row):
        raise NoSuchCase()
    return row


def _check(name: str, email: str, topic: str, text: str, agency: str) -> None:
    found: dict[str, Problem | None] = {
        "name": name_problem(name),
        "email": email_problem(email),
        "topic": None if topic in TOPICS else NoSuchTopic(),
        "agency": NoSuchAgency() if agency and not agencies_by_code({agency}) else None,
        "text": _length_problem(text),
    }
    problems = {field: problem for field, problem in found.items() if problem is not None}
    if problems:
        raise FieldProblems(problems)


def _length_problem(text: str) -> Problem | None:
    if LEAST <= len(text) <= MOST:
        return None
    return TextLength(given=len(text), least=LEAST, most=MOST)


def _recipient(case: Case) -> Recipient:
    return Recipient(case.person, case.name, case.email, case.language)


def _record(actor: Actor, event: Event, case: Case, facts: dict[str, object]) -> None:
    record(
        actor,
        event,
        Subject("case", str(case.id), case.reference),
        facts=facts,
        agency=case.agency,
        person=case.person,
    )
