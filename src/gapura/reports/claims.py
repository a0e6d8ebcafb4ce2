"""What the log must tell of alerts and their rules: raised by what, disposed how, set to what."""

from gapura.audit.events import Claim, Telling
from gapura.reports import events
from gapura.reports.states import EXPLAINED, FOLLOWED_UP, RAISED, TAKEN, UPHELD

_RULE = {"rule": "facts.rule"}
_SET = {"scope": "facts.scope", "active": "after.active", "set_to": "facts.set_to"}
# The entries name no states: each event leads to one only.
_LEADS = (
    (events.TAKEN, TAKEN),
    (events.EXPLAINED, EXPLAINED),
    (events.FOLLOWED_UP, FOLLOWED_UP),
    (events.UPHELD, UPHELD),
    (events.REOPENED, RAISED),
)

ALERTS = Claim(
    "reports.alert",
    rows="SELECT id::text, state, rule, reference FROM reports_alert ORDER BY id",
    columns=("state", "rule", "reference"),
    tellings=(
        Telling(
            events.RAISED.name,
            sets={"state": f"={RAISED}", "reference": "subject_label", **_RULE},
            born=True,
        ),
        *(Telling(event.name, sets={"state": f"={state}", **_RULE}) for event, state in _LEADS),
    ),
)
SETTINGS = Claim(
    "reports.setting",
    rows="""
        SELECT id::text, rule, CASE WHEN scope = '' THEN '*' ELSE scope END, active::text,
               concat_ws(';', coalesce((
                   SELECT string_agg(key || '=' || value, ',' ORDER BY key COLLATE "C")
                     FROM jsonb_each_text(parameters)), ''), array_to_string(tells, ',')),
               (until IS NULL)::text
        FROM reports_rule_setting ORDER BY id
    """,
    columns=("rule", "scope", "active", "set_to", "now"),
    tellings=(
        Telling(
            events.CHANGED.name,
            "facts.setting",
            sets={**_RULE, **_SET, "now": "=true"},
            born=True,
        ),
        Telling(events.CHANGED.name, "facts.former_setting", sets={"now": "=false"}),
    ),
)
