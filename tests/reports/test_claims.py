"""Alerts and their rules against the log: what was disposed of, and what a rule is set to."""

import pytest
from django.db import connection

from gapura.access import events as access
from gapura.audit.bundle.reconciling import reconcile
from gapura.audit.findings import Report
from gapura.reports.models import Alert, RuleSetting
from gapura.reports.services import change_rule, explain_alert, reopen_alert, take_alert
from tests.reports.test_settings import ADMIN, GOOD
from tests.reports.watched import REASON, raised, who, write

pytestmark = pytest.mark.django_db


def differing(claim: str) -> set[str]:
    """The columns of that table that disagree with the log."""
    report = Report()
    reconcile(connection, report, {})
    found = [f for f in report.findings if f.values.get("claim") == claim]
    return {str(f.values.get("column", f.kind)) for f in found}


@pytest.mark.parametrize(
    ("change", "column"),
    [({"active": True}, "active"), ({"parameters": {"least": 999, "within": 15}}, "set_to")],
)
def test_a_rule_is_not_switched_off_unseen(change: dict[str, object], column: str) -> None:
    """Attack: change a setting in the database, so that the rule finds nothing more."""
    change_rule(actor=ADMIN, **GOOD)
    change_rule(actor=ADMIN, **{**GOOD, "active": False})
    assert differing("reports.setting") == set()
    RuleSetting.objects.filter(until=None).update(**change)
    assert differing("reports.setting") == {column}


def test_an_alert_is_not_disposed_of_unseen() -> None:
    """Attack: close one's own alert in the database."""
    write(who("verifikator", username="cepat"), access.APPROVED, times=10)
    alert = raised("hasty_approval")[-1]
    for act in (take_alert, explain_alert, reopen_alert):
        more = {} if act is take_alert else {"reason": REASON}
        act(actor=ADMIN, alert=alert.id, **more)
    assert differing("reports.alert") == set()
    row = {"decided_by": ADMIN.person, "decided_at": alert.raised_at}
    Alert.objects.update(state="explained", **row)
    assert differing("reports.alert") == {"state"}
