"""Tables of the log. Nothing here points at another table: a proof must outlive its subject."""

from gapura.audit.models.keeping import AuditRule
from gapura.audit.models.log import (
    Checkpoint,
    InnerNode,
    Leaf,
    LogEvent,
    PersonalPart,
    TransactionNumber,
    VerbatimJson,
    Xid8Field,
)
from gapura.audit.models.searches import Assignment, Export, ExportPart, SavedView
from gapura.audit.models.witnessing import Cosignature, Party

__all__ = [
    "Assignment",
    "AuditRule",
    "Checkpoint",
    "Cosignature",
    "Export",
    "ExportPart",
    "InnerNode",
    "Leaf",
    "LogEvent",
    "Party",
    "PersonalPart",
    "SavedView",
    "TransactionNumber",
    "VerbatimJson",
    "Xid8Field",
]
