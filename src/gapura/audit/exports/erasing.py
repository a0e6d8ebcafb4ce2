"""What an erasure does to copies of entries: files that were made before it, and kept searches."""

import json
from uuid import UUID

from django.db import connection

from gapura.audit.models import Export, ExportPart, SavedView
from gapura.kernel import clock

_CALLED = """
    SELECT DISTINCT actor_username FROM audit_event
     WHERE actor_person = %s AND actor_username <> ''
"""


def drop_copies(person: UUID) -> dict[str, int]:
    """Delete the contents of all files made so far, and kept searches that name the person.

    A file holds the values of whoever was found, sealed as one: whose they are cannot be told
    without opening each, and none is kept for more than a week anyhow. Whoever needs one asks for
    it anew. Answers how many `files` and `views` these were.
    """
    made = list(Export.objects.filter(gone_at=None).exclude(sha256="").values_list("pk", flat=True))
    ExportPart.objects.filter(export_id__in=made).delete()
    files = Export.objects.filter(pk__in=made).update(gone_at=clock.now())
    # Who asked stands there for the job alone.
    Export.objects.filter(person=person).exclude(finished_at=None).update(actor="{}")
    return {"files": files, "views": _drop_views(person)}


def _drop_views(person: UUID) -> int:
    """The person's own, and those of others that look for them by id or name."""
    with connection.cursor() as cursor:
        cursor.execute(_CALLED, [person])
        names = {str(person), *(row[0].lower() for row in cursor.fetchall())}
    rows = SavedView.objects.values_list("pk", "person", "query").iterator(chunk_size=500)
    found = [key for key, owner, query in rows if owner == person or _names(query, names)]
    return SavedView.objects.filter(pk__in=found).delete()[0]


def _names(query: str, names: set[str]) -> bool:
    """Whether a value of the search is one of these, or has it among its words."""
    values = (str(value).lower() for value in json.loads(query).values())
    return any(names & {value, *value.split()} for value in values)
