"""The monthly report: its figures counted once, its files made when asked for, who is told."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from gapura.access.queries import active_grants
from gapura.accounts.queries import people_by_id, recipient
from gapura.audit.events import Event
from gapura.audit.queries import verified_up_to
from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import require
from gapura.notifications.services import Message, notify_many
from gapura.organizations.queries import agency as agency_named
from gapura.reports import events
from gapura.reports.errors import NoSuchMonth
from gapura.reports.models import MonthlyReport, Subscription
from gapura.reports.permissions import Can
from gapura.reports.policy import AGENCY, PLATFORM
from gapura.reports.queries.figures import Span, figures_of, scope_for
from gapura.reports.queries.monthly import is_reportable
from gapura.reports.rules.pictures import kept, next_month
from gapura.reports.services.papers import monthly_pdf
from gapura.reports.services.sheets import monthly_xlsx

FORMATS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TEMPLATE = "reports/mail/monthly.txt"


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file of a report: its name, its media type and its bytes."""

    name: str
    media_type: str
    content: bytes


def get_report(
    *, actor: Actor, month: date, kind: str, agency: str = "", language: str = "id"
) -> ReportFile:
    """The report of a past month as `pdf` or `xlsx`; the first who asks has it counted.

    An agency's overseers get their agency's whatever they ask for; the platform's any.

    :raises Refused: for roles that oversee nothing, or signed in too weakly.
    :raises NoSuchPlace: another agency's.
    :raises NoSuchMonth: not over yet, too long ago, or an unknown kind of file.
    """
    require(actor, Can.GET_REPORT)
    scope = scope_for(actor, agency=agency)
    if kind not in FORMATS:
        raise NoSuchMonth()
    with transaction.atomic():
        row = make_report(actor=actor, month=month, agency=scope.agency)
        facts = {"month": f"{month:%Y-%m}", "format": kind}
        record(actor, events.MONTH_DOWNLOADED, _subject(row), facts=facts, agency=row.agency)
    make = {"pdf": monthly_pdf, "xlsx": monthly_xlsx}[kind]
    name = f"gapura-{row.agency or 'platform'}-{month:%Y-%m}.{kind}"
    return ReportFile(name, FORMATS[kind], make(row, scope.name, language))


def make_report(*, actor: Actor, month: date, agency: str = "") -> MonthlyReport:
    """The figures of a past month, counted now unless they were before; never counted twice.

    What stands for a moment (queues, ends of access, second factors) is as of the counting.

    :raises Refused: for roles that oversee nothing.
    :raises NoSuchMonth: not over yet, or too long ago.
    """
    require(actor, Can.GET_REPORT)
    known = MonthlyReport.objects.filter(agency=agency, month=month).first()
    if known is not None:
        return known
    if not is_reportable(month):
        raise NoSuchMonth()
    pictures = figures_of(agency, Span(month, next_month(month)))
    upto = verified_up_to()
    with transaction.atomic():
        row, is_new = MonthlyReport.objects.get_or_create(
            agency=agency,
            month=month,
            defaults={
                "pictures": kept(pictures),
                "checkpoint": upto.number,
                "size": upto.size,
                "root": upto.root.hex(),
                "made_at": clock.now(),
            },
        )
        if is_new:
            facts = {"month": f"{month:%Y-%m}", "checkpoint": upto.number}
            record(actor, events.MONTH_MADE, _subject(row), facts=facts, agency=agency)
    return row


def subscribe(*, actor: Actor) -> None:
    """Send the actor the monthly report of what they oversee from now on.

    :raises Refused: for roles that oversee nothing.
    """
    require(actor, Can.SUBSCRIBE)
    agency = "" if actor.role == PLATFORM else actor.agency
    with transaction.atomic():
        row, is_new = Subscription.objects.get_or_create(
            person=actor.who, agency=agency, defaults={"since": clock.now()}
        )
        if is_new:
            _record(actor, events.SUBSCRIBED, row)


def unsubscribe(*, actor: Actor) -> None:
    """Send the actor no monthly report any more, of whatever they subscribed to.

    :raises Refused: for nobody signed in.
    """
    require(actor, Can.UNSUBSCRIBE)
    with transaction.atomic():
        for row in Subscription.objects.select_for_update().filter(person=actor.who):
            row.delete()
            _record(actor, events.UNSUBSCRIBED, row)


def send_reports(*, actor: Actor, month: date) -> int:
    """Make the month's reports that somebody waits for and tell them; answers how many were told.

    Whoever no longer oversees that agency is not told. A report that was made before was sent.

    :raises Refused: for others than the system.
    :raises NoSuchMonth: not over yet.
    """
    require(actor, Can.COUNT)
    told = 0
    agencies = {"", *Subscription.objects.values_list("agency", flat=True)}
    for agency in sorted(agencies):
        with transaction.atomic():
            row = make_report(actor=actor, month=month, agency=agency)
            unsent = MonthlyReport.objects.filter(pk=row.pk, sent_at__isnull=True)
            told += _tell(row) if unsent.update(sent_at=clock.now()) else 0
    return told


def _tell(row: MonthlyReport) -> int:
    found = Subscription.objects.filter(agency=row.agency).values_list("person", flat=True)
    wanted = [person for person in found if _oversees(person, row.agency)]
    name = _name(row.agency)
    values = {"month": row.month, "place": name}
    link = "/oversight/monthly"
    return notify_many(
        Message(recipient(person), _TEMPLATE, values, link=link)
        for person in people_by_id(set(wanted)).values()
    )


def _oversees(person: UUID, agency: str) -> bool:
    return any(_fits(grant, agency) for grant in active_grants(person, clock.now()))


def _fits(grant: ActiveGrant, agency: str) -> bool:
    if not agency:
        return grant.role == PLATFORM
    return grant.role in AGENCY and grant.agency == agency and not grant.reach


def _name(agency: str) -> str:
    return agency_named(agency).name if agency else ""


def _subject(row: MonthlyReport) -> Subject:
    return Subject("report", str(row.id), f"{row.agency or 'gapura'} {row.month:%Y-%m}")


def _record(actor: Actor, event: Event, row: Subscription) -> None:
    subject = Subject("subscription", str(row.id), row.agency or "gapura")
    record(actor, event, subject, agency=row.agency, person=row.person)
