"""What people do with alerts: the rightful ones, the wrong ones, and the one it is about."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from gapura.access import events as access
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.notifications.models import Mail, Notice
from gapura.reports import services
from gapura.reports.errors import AnotherIsOpen, NoSuchAlert
from gapura.reports.models import Alert
from gapura.reports.queries import alert_for, alerts_for, open_alerts, rules_for
from tests.access.world import holder, places
from tests.reports.watched import REASON, WATCH, raised, who, write

pytestmark = pytest.mark.django_db
VERBS: dict[str, Callable[..., None]] = {
    "explained": services.explain_alert,
    "followed_up": services.follow_up_alert,
    "upheld": services.uphold_alert,
}
AUDITOR = who("apip", username="audit")
ADMIN = who("admin_platform", "", username="admin")
LOCAL = who("admin_instansi", username="lokal")
WRONG = {
    "another agency's auditor": who("apip", "T2"),
    "a verifier": who("verifikator"),
    "nobody's role": who(),
    "not signed in": Actor(),
    "a weak sign-in": who("apip", acr=1),
}


def alert(about: Actor | None = None, agency: str = "T1") -> Alert:
    """An alert about somebody who decides too fast."""
    about = about or who("verifikator", agency, username="cepat")
    write(about, access.APPROVED, times=10)
    return raised("hasty_approval")[-1]


@pytest.mark.parametrize("actor", [AUDITOR, LOCAL, ADMIN], ids=["apip", "local", "platform"])
@pytest.mark.parametrize("state", VERBS)
def test_overseers_say_what_came_of_it(state: str, actor: Actor) -> None:
    row = alert()
    services.take_alert(actor=actor, alert=row.id)
    VERBS[state](actor=actor, alert=row.id, reason=REASON)
    row.refresh_from_db()
    assert (row.state, row.decided_by, row.reason) == (state, actor.person, REASON)
    names = list(LogEvent.objects.filter(subject_id=str(row.id)).values_list("name", flat=True))
    assert sorted(names) == sorted(
        ["reports.alert.raised", "reports.alert.taken", f"reports.alert.{state}"]
    )


@pytest.mark.parametrize("actor", WRONG.values(), ids=list(WRONG))
@pytest.mark.parametrize("verb", ["take", *VERBS, "reopen"])
def test_nobody_else_does(verb: str, actor: Actor) -> None:
    """IDOR: to all others an alert does not exist."""
    row = alert()
    acts: dict[str, Callable[..., None]] = {
        "take": lambda **k: services.take_alert(actor=k["actor"], alert=k["alert"]),
        **VERBS,
        "reopen": services.reopen_alert,
    }
    with pytest.raises(NoSuchAlert):
        acts[verb](actor=actor, alert=row.id, reason=REASON)
    row.refresh_from_db()
    assert row.state == "raised"


def test_whoever_it_is_about_neither_sees_nor_clears_it() -> None:
    """The fox and the henhouse: an administrator under watch closes the alert about themselves."""
    row = alert(LOCAL)
    assert row.person == LOCAL.person
    for verb in VERBS.values():
        with pytest.raises(NoSuchAlert):
            verb(actor=LOCAL, alert=row.id, reason=REASON)
    assert alerts_for(LOCAL).rows == ()
    assert open_alerts(LOCAL) == 0
    assert [one.id for one in alerts_for(AUDITOR).rows] == [row.id]


def test_the_database_itself_refuses_that() -> None:
    row = alert(LOCAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(pk=row.pk).update(
            state="explained", decided_by=LOCAL.person, decided_at=clock.now()
        )


def test_people_of_a_shared_device_do_not_see_it_either() -> None:
    row = alert()
    Alert.objects.filter(pk=row.pk).update(person=None, values={"people": [str(AUDITOR.person)]})
    assert alerts_for(AUDITOR).rows == ()
    with pytest.raises(NoSuchAlert):
        alert_for(AUDITOR, row.id)
    assert len(alerts_for(ADMIN).rows) == 1


@pytest.mark.parametrize("reason", ["", "terlalu", "x" * 501, "buruk\u202e sekali ini"])
def test_every_outcome_needs_a_reason(reason: str) -> None:
    row = alert()
    with pytest.raises(FieldProblems):
        services.explain_alert(actor=AUDITOR, alert=row.id, reason=reason)


def test_it_is_decided_once_and_opened_again_with_a_reason() -> None:
    row = alert()
    services.explain_alert(actor=AUDITOR, alert=row.id, reason=REASON)
    with pytest.raises(Refused):
        services.uphold_alert(actor=LOCAL, alert=row.id, reason=REASON)
    services.reopen_alert(actor=LOCAL, alert=row.id, reason=REASON)
    row.refresh_from_db()
    assert (row.state, row.decided_by, row.reason, row.taken_by) == ("raised", None, None, None)
    with pytest.raises(NoSuchMove):
        services.reopen_alert(actor=LOCAL, alert=row.id, reason=REASON)


def test_it_is_not_opened_beside_a_newer_one() -> None:
    about = who("verifikator", username="cepat")
    row = alert(about)
    services.explain_alert(actor=AUDITOR, alert=row.id, reason=REASON)
    alert(about)
    with pytest.raises(AnotherIsOpen):
        services.reopen_alert(actor=AUDITOR, alert=row.id, reason=REASON)


def test_a_colleague_takes_it_over_and_taking_twice_changes_nothing() -> None:
    row = alert()
    for actor in (AUDITOR, AUDITOR, LOCAL):
        services.take_alert(actor=actor, alert=row.id)
    row.refresh_from_db()
    assert (row.state, row.taken_by) == ("taken", LOCAL.person)
    assert LogEvent.objects.filter(name="reports.alert.taken").count() == 2


def test_the_log_does_not_warn_whoever_it_is_about() -> None:
    about = who("verifikator", username="cepat")
    row = alert(about)
    entries = LogEvent.objects.filter(subject_id=str(row.id))
    assert {(entry.readers, entry.person) for entry in entries} == {("platform", None)}


def test_how_good_a_rule_is_comes_from_what_people_said() -> None:
    for state in ("explained", "upheld", "followed_up"):
        VERBS[state](actor=AUDITOR, alert=alert().id, reason=REASON)
    alert()
    view = next(one for one in rules_for(AUDITOR) if one.rule.code == "hasty_approval")
    assert (view.precision.worth, view.precision.disposed, view.open) == (2, 3, 1)
    abroad = who("apip", "T2")
    other = next(one for one in rules_for(abroad) if one.rule.code == "hasty_approval")
    assert (other.precision.disposed, other.open) == (0, 0), "another agency's figures"


def test_filters_and_tabs() -> None:
    mine = alert()
    alert(agency="T2")
    write(who("verifikator"), access.APPROVED, facts={"unit": "T1.1"})
    raised("unread_approval")
    assert len(alerts_for(AUDITOR).rows) == 2
    assert [one.id for one in alerts_for(AUDITOR, rule="hasty_approval").rows] == [mine.id]
    assert len(alerts_for(ADMIN).rows) == 3
    assert [one.agency for one in alerts_for(ADMIN, agency="T2").rows] == ["T2"]
    assert len(alerts_for(AUDITOR, agency="T2").rows) == 2, "an agency's overseer cannot choose"
    assert alerts_for(AUDITOR, "explained").rows == ()


def test_people_are_told_by_the_bell_at_once_and_by_one_mail() -> None:
    places()
    auditor, local = holder("audit", "apip", "T1"), holder("lokal", "admin_instansi", "T1")
    other = holder("jauh", "apip", "T2")
    about = holder("cepat", "admin_instansi", "T1")
    acting = who("verifikator", username=about.username)
    acting = Actor(person=about.id, username=about.username, grant=acting.grant, acr=2)
    alert(acting)
    write(acting, access.APPROVED, facts={"unit": "T1.1"})
    raised("unread_approval")
    told = Notice.objects.filter(link__startswith="/oversight/alerts")
    assert set(told.values_list("person", flat=True)) == {auditor.id, local.id}
    assert services.mail_digest(actor=WATCH) == 2
    mails = Mail.objects.filter(template="reports/mail/alerts_digest.txt")
    assert {mail.person for mail in mails} == {auditor.id, local.id}
    assert all((mail.body or "").count("PRG-") == 2 for mail in mails)
    assert services.mail_digest(actor=WATCH) == 0, "once"
    assert other.id not in set(Notice.objects.values_list("person", flat=True))


def test_what_was_settled_before_the_mail_is_not_in_it() -> None:
    places()
    holder("audit", "apip", "T1")
    row = alert()
    services.explain_alert(actor=AUDITOR, alert=row.id, reason=REASON)
    assert services.mail_digest(actor=WATCH) == 0


def test_an_unknown_alert_is_not_there() -> None:
    with pytest.raises(NoSuchAlert):
        services.take_alert(actor=ADMIN, alert=uuid4())


def test_a_subject_has_one_open_alert_whatever_the_code_says() -> None:
    row = alert()
    twin = {
        name: getattr(row, name)
        for name in ("rule", "subject", "agency", "first_at", "seen_until", "raised_at")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(key="another", reference="PRG-2026-999999", **twin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(**{**twin, "subject": "x"}, key=row.key, reference="PRG-2026-999998")
