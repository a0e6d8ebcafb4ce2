"""Which state a person's account had at a past moment, from what the log says of its steps."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

# An index leads to each person's entries; of those only steps of the named events are looked at.
_LAST = """
    SELECT DISTINCT ON (person) person, after->>'state'
      FROM audit_event
     WHERE person = ANY(%s) AND name = ANY(%s) AND occurred_at <= %s
       AND after->>'state' IS NOT NULL
     ORDER BY person, occurred_at DESC, id DESC
"""


def states_at(
    people: Collection[UUID], events: Collection[str], moment: datetime
) -> Mapping[UUID, str]:
    """The state after the last of `events` about each person up to `moment`, where there is one."""
    if not people:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [list(people), list(events), moment])
        return dict(cursor.fetchall())
