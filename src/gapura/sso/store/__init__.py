"""The SQL of the doors: what requests want to know, and what decisions write."""

from gapura.authentication.queries import Lives
from gapura.sso.store.applying import applying
from gapura.sso.store.asking import Reading
from gapura.sso.store.clients import CHANGED, KnownClients, client_of, document_of
from gapura.sso.store.pages import apply, facts, lives_now, subjects
from gapura.sso.store.people import grants_statement, subjects_read, subjects_statement
from gapura.sso.store.sql import WORKS

__all__ = [
    "CHANGED",
    "TOUCH_AUTHORIZATIONS",
    "TOUCH_CLIENTS",
    "WORKS",
    "KnownClients",
    "Lives",
    "Reading",
    "apply",
    "applying",
    "client_of",
    "document_of",
    "facts",
    "grants_statement",
    "lives_now",
    "subjects",
    "subjects_read",
    "subjects_statement",
]

# The day (UTC) of the newest use, named `day`, of the `ids`: enough to find what nobody needs.
TOUCH_CLIENTS = """
    UPDATE sso_client SET last_used_on = %(day)s
     WHERE id = ANY(%(ids)s::uuid[]) AND last_used_on IS DISTINCT FROM %(day)s
"""
TOUCH_AUTHORIZATIONS = """
    UPDATE sso_authorization SET last_used_on = %(day)s
     WHERE id = ANY(%(ids)s::uuid[]) AND last_used_on IS DISTINCT FROM %(day)s
"""
