"""Tells of alerts: people behind the bell at once and by mail once an hour, and webhooks."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from gapura.access.queries import holders, holders_of_all
from gapura.accounts.queries import people_by_id, recipient
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.jobs import enqueue_many
from gapura.kernel.permissions import require
from gapura.notifications.services import notify, ring
from gapura.reports.models import Alert, Delivery, Webhook
from gapura.reports.permissions import Can
from gapura.reports.queries.settings import EVERYWHERE, all_settings
from gapura.reports.rules import ALERT_RULES, RULES_BY_CODE
from gapura.reports.states import OPEN

LIST = "/oversight/alerts"
# So many are told of one alert, and so many lines stand in one mail; the page shows the rest.
_MOST_TOLD, _MOST_LINES = 50, 20
_BELL, _DIGEST = "reports/mail/alerts_raised.txt", "reports/mail/alerts_digest.txt"
_OF_AGENCY = ("admin_instansi", "apip")
_MAILED_AT_ONCE = 500
_NEWS = timedelta(days=2)


def is_news(at: datetime) -> bool:
    """What a new rule finds in the past stands in the list, but rings no bell."""
    return clock.now() - at <= _NEWS


def tell_raised(alerts: list[Alert]) -> None:
    """The bell of everybody whom the rules name, once for all alerts that are new."""
    news = [alert for alert in alerts if is_news(alert.seen_until)]
    for person, theirs in _by_person(news).items():
        link = f"{LIST}/{theirs[0].id}" if len(theirs) == 1 else LIST
        found = people_by_id({person})
        if person in found:
            facts = {"count": len(theirs), "title": RULES_BY_CODE[theirs[0].rule].title}
            ring(recipient(found[person]), _BELL, facts, link=link)


def mail_digest(*, actor: Actor) -> int:
    """One mail to each person for the alerts that no mail has told of yet; answers how many mails.

    What somebody has disposed of meanwhile is left out.
    """
    require(actor, Can.RAISE_ALERT)
    with transaction.atomic():
        rows = Alert.objects.select_for_update(skip_locked=True).filter(mailed_at__isnull=True)
        alerts = list(rows.order_by("id")[:_MAILED_AT_ONCE])
        told = _by_person([alert for alert in alerts if alert.state in OPEN])
        people = people_by_id(set(told))
        for person, theirs in told.items():
            if person in people:
                lines = [
                    {"reference": one.reference, "title": RULES_BY_CODE[one.rule].title,
                     "agency": one.agency}
                    for one in theirs[:_MOST_LINES]
                ]  # fmt: skip
                facts = {"count": len(theirs), "lines": lines, "more": len(theirs) - len(lines)}
                notify(recipient(people[person]), _DIGEST, facts, bell=False, link=LIST)
        Alert.objects.filter(pk__in=[one.pk for one in alerts]).update(mailed_at=clock.now())
    return len(told)


def queue_messages(alert: Alert, kind: str) -> None:
    """A message about an alert to every webhook that is to know, in the running transaction.

    It holds references only: whoever may know more opens the alert. Old news is not sent.
    """
    if kind == "alert.raised" and not is_news(alert.seen_until):
        return
    hooks = Webhook.objects.filter(
        Q(agency="") | Q(agency=alert.agency),
        Q(rules=[]) | Q(rules__contains=[alert.rule]),
        closed_at__isnull=True,
    )
    now = clock.now()
    body = json.dumps(_body(alert, kind), separators=(",", ":"), sort_keys=True)
    made = Delivery.objects.bulk_create(
        Delivery(webhook=hook, alert=alert, kind=kind, body=body, made_at=now, next_at=now)
        for hook in hooks
    )
    enqueue_many("reports.deliver", [{"delivery": str(one.id)} for one in made])


def _body(alert: Alert, kind: str) -> dict[str, object]:
    data = {
        "alert": str(alert.id),
        "reference": alert.reference,
        "rule": alert.rule,
        "agency": alert.agency,
        "state": alert.state,
        "entries": alert.entries,
        "raised_at": alert.raised_at.isoformat(),
        "url": f"{settings.PUBLIC_URL}{LIST}/{alert.id}",
    }
    return {"type": kind, "timestamp": clock.now().isoformat(), "data": data}


def _by_person(alerts: Iterable[Alert]) -> dict[UUID, list[Alert]]:
    """Whom each alert is told to: never the one it is about."""
    tells = all_settings(ALERT_RULES)
    known: dict[tuple[str, str], list[UUID]] = {}
    found: dict[UUID, list[Alert]] = {}
    for alert in alerts:
        scopes = tells.get(alert.rule, {})
        setting = scopes.get(alert.agency) or scopes.get(EVERYWHERE)
        about = {str(alert.person), *alert.values.get("people", ())}
        people: set[UUID] = set()
        for role in setting.tells if setting else ():
            place = (role, alert.agency if role in _OF_AGENCY else "")
            if place not in known:
                known[place] = _holders(*place)
            people |= set(known[place])
        for person in sorted(people)[:_MOST_TOLD]:
            if str(person) not in about:
                found.setdefault(person, []).append(alert)
    return found


def _holders(role: str, agency: str) -> list[UUID]:
    if role in _OF_AGENCY:
        return holders_of_all(role, agency) if agency else []
    return holders(role)
