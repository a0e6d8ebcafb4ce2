"""Letters against the log: their days, and the bytes of their scan."""

import pytest
from django.db import connection

from gapura.audit.bundle.reconciling import reconcile
from gapura.audit.findings import Report
from gapura.documents.models import Document
from gapura.organizations.models import AppointmentLetter
from tests.organizations.letters import colleague, document, letter
from tests.organizations.test_letters import places

__all__ = ["places"]

pytestmark = pytest.mark.django_db


def differing() -> set[str]:
    """The columns of letters that disagree with the log."""
    report = Report()
    reconcile(connection, report, {})
    found = [f for f in report.findings if f.values.get("claim") == "organizations.letter"]
    return {str(f.values.get("column", f.kind)) for f in found}


def test_the_scan_of_a_letter_is_not_exchanged_unseen() -> None:
    """Attack: put another file in the place of the one that the letter was checked by."""
    row = AppointmentLetter.objects.get(pk=letter())
    assert differing() == set()
    other = Document.objects.get(pk=document(colleague("ppk")))
    Document.objects.filter(pk=row.document_id).update(content=other.content_id)
    assert differing() == {"digest"}
