"""Reads of the log, scoped by actor: pages, one entry with its proof, how far it is verified."""

from gapura.audit.archive.due import DueFolder, due_folders
from gapura.audit.archive.keeping import (
    archived_months,
    keeping_rules,
    month_named,
    months_in_archive,
)
from gapura.audit.assignments.mandates import Mandate, mandate_of
from gapura.audit.assignments.reads import AssignmentView, assignments_for, own_assignment
from gapura.audit.behalf import behalf_line
from gapura.audit.concerned import people_concerned as people_concerned
from gapura.audit.exports.reads import (
    LONGEST_REASON,
    MOST_ROWS,
    ExportView,
    export_for,
    exports_of,
    rows_to_export,
)
from gapura.audit.following import (
    Pattern,
    Seen,
    leaves,
    names_between,
    newest_about,
    patterns,
)
from gapura.audit.keys import origin, policy_text, published_key
from gapura.audit.past import states_at
from gapura.audit.proof.checking import Checked, Outcome
from gapura.audit.proof.receipts import Receipt, read_claim, receipt_of
from gapura.audit.proof.signals import SIGNALS, Signals
from gapura.audit.proof.standing import Standing
from gapura.audit.proof.watch import VerifiedUpTo, verified_up_to
from gapura.audit.reading import event_detail, explore, looked_at, may_open, timeline
from gapura.audit.sealer import BACKLOG, Backlog, backlog
from gapura.audit.search.explorer import PAGE, Filters, Whose
from gapura.audit.search.looks import looks
from gapura.audit.search.views import LONGEST_VIEW_NAME, MOST_VIEWS, LogView, log_view, log_views
from gapura.audit.series import Series, entries_of_sessions, often, often_around, told_at
from gapura.audit.shapes import Amount, Each, Often, Shape, Silence, Soon, Without
from gapura.audit.shown import Change, Detail, LogPage, LogRow
from gapura.audit.tree.tiles import NEWEST as NEWEST_NOTE
from gapura.audit.tree.tiles import TILES, read_tile

__all__ = [
    "BACKLOG",
    "LONGEST_REASON",
    "LONGEST_VIEW_NAME",
    "MOST_ROWS",
    "MOST_VIEWS",
    "NEWEST_NOTE",
    "PAGE",
    "SIGNALS",
    "TILES",
    "Amount",
    "AssignmentView",
    "Backlog",
    "Change",
    "Checked",
    "Detail",
    "DueFolder",
    "Each",
    "ExportView",
    "Filters",
    "LogPage",
    "LogRow",
    "LogView",
    "Mandate",
    "Often",
    "Outcome",
    "Pattern",
    "Receipt",
    "Seen",
    "Series",
    "Shape",
    "Signals",
    "Silence",
    "Soon",
    "Standing",
    "VerifiedUpTo",
    "Whose",
    "Without",
    "archived_months",
    "assignments_for",
    "backlog",
    "behalf_line",
    "due_folders",
    "entries_of_sessions",
    "event_detail",
    "explore",
    "export_for",
    "exports_of",
    "keeping_rules",
    "leaves",
    "log_view",
    "log_views",
    "looked_at", "looks",
    "mandate_of",
    "may_open",
    "month_named",
    "months_in_archive",
    "names_between",
    "newest_about",
    "often",
    "often_around",
    "origin",
    "own_assignment",
    "patterns",
    "policy_text",
    "published_key",
    "read_claim",
    "read_tile",
    "receipt_of",
    "rows_to_export",
    "states_at",
    "timeline",
    "told_at",
    "verified_up_to",
]  # fmt: skip
