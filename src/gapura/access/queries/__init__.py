"""Reads of the access room: working grants, the verifiers' queue, requests, its tables."""

from gapura.access.drafts import LetterDraft
from gapura.access.duties import DUTIES, DUTY_NAMES, FINANCE, ORDER, PRODUCT, SIGNING
from gapura.access.forms import BEYOND_YEAR, LINKED_ROLES, NPWP_CONFIRMED, RANKS, FormField
from gapura.access.forms import BY_NAME as FORM_FIELDS
from gapura.access.kinds import (
    DEFINITIVE,
    EXCEPTIONS,
    OF_COMPANIES,
    OVERDUE,
    REACHES,
    REMOVAL_REASONS,
    REVIEW_LEVELS,
    SEVERITIES,
    STANDING_NAMES,
)
from gapura.access.officers import (
    ABOVE,
    APPOINTABLE,
    FAULTS,
    FIELD_NAMES,
    FILE_FAULTS,
    IMPORT_STATES,
    OBSTACLES,
    OFFICER_STATES,
)
from gapura.access.queries.administrators import (
    administered_alone,
    administrators_advised,
    company_people,
)
from gapura.access.queries.appointments import (
    OfficerFilters,
    OfficerList,
    OfficerRow,
    OwnAppointment,
    Resting,
    RestingRow,
    appointments_to_activate,
    mark_of_officers,
    officers_of,
    own_appointment,
    resting_on,
)
from gapura.access.queries.budget import year_bound
from gapura.access.queries.conflicts import conflicts_among
from gapura.access.queries.decisions import SAID, STRONGEST, Code, Decision, judge, reaches
from gapura.access.queries.delegations import (
    Delegations,
    DelegationView,
    delegation_for,
    delegation_to_confirm,
    last_deputy,
    own_delegations,
)
from gapura.access.queries.departed import people_who_left, who_left
from gapura.access.queries.drafts import DraftView, draft_view
from gapura.access.queries.endings import Ending, EndingLetter, ending_letters, ending_soon
from gapura.access.queries.erasing import Office, Ties, last_day_in_office, ties
from gapura.access.queries.expiry import notice_days
from gapura.access.queries.filters import LONGEST_NAME, MOST_FILTERS, KeptFilter, kept_filters
from gapura.access.queries.findings import (
    FINDING_TABS,
    FindingPage,
    FindingView,
    finding_for,
    findings_for,
    open_findings,
)
from gapura.access.queries.forms import (
    SECTION_NAMES,
    Section,
    correctable,
    section_of,
    standings_for,
)
from gapura.access.queries.grants import active_grants, grants_of
from gapura.access.queries.held import Held, HolderView, Line, holder
from gapura.access.queries.history import PastHolder, Question, who_could
from gapura.access.queries.holders import holders, holders_of_all, people_holding
from gapura.access.queries.imports import (
    LARGEST_FILE,
    FaultyLine,
    ImportView,
    error_file,
    faulty_lines,
    import_for,
    imports_of,
    template_file,
)
from gapura.access.queries.invitations import invitation_for
from gapura.access.queries.laws import Laws, conflict_basis, laws, standing_limits
from gapura.access.queries.leaving import (
    Colleague,
    Leaver,
    Leaving,
    LeavingGrant,
    LeavingRequest,
    agencies_of,
    colleagues,
    leaver_at,
    leaving,
)
from gapura.access.queries.legacy import LegacyAccount, legacy_account
from gapura.access.queries.many import grants_of_many, grants_of_many_read
from gapura.access.queries.matrix import Cell, Right, cell, right, rights, visitors
from gapura.access.queries.matters import TOO_FEW_VERIFIERS, open_matters
from gapura.access.queries.named import grants_named, grants_read, grants_statement
from gapura.access.queries.needs import Needs, Way, needs
from gapura.access.queries.neighbors import neighbors, next_free
from gapura.access.queries.numbers import invitation_days, succession_hours
from gapura.access.queries.principals import MOST_PRINCIPALS, Principal, principals_of, stood_in
from gapura.access.queries.queue import PAGE, queue_for
from gapura.access.queries.queue_counts import queue_figures
from gapura.access.queries.recap import (
    Completeness,
    Recap,
    RecapLine,
    UnitOfficers,
    completeness,
    recap,
)
from gapura.access.queries.register import (
    OUTCOMES,
    RegisterFilters,
    RegisterPage,
    RegisterRow,
    RegisterScope,
    register_page,
    register_units,
)
from gapura.access.queries.renewals import Renewable, renewable
from gapura.access.queries.requests import own_requests, request_for
from gapura.access.queries.review_lines import (
    LINE_TABS,
    LineRow,
    Recertified,
    last_confirmed,
    line_to_end,
    lines_named,
    lines_of,
)
from gapura.access.queries.reviews import (
    DeskProgress,
    ReviewRow,
    can_open,
    lines_to_answer,
    powers,
    progress_of,
    review_defaults,
    review_for,
    reviews_for,
)
from gapura.access.queries.staff import joining, member, own_joins, staff_of, waiting_grant
from gapura.access.queries.successions import (
    last_successor,
    own_successions,
    running_succession,
    succession,
    succession_paper,
    successions,
)
from gapura.access.queries.tied import has_role
from gapura.access.queries.touched import Touched, touched_by
from gapura.access.queries.verifiers import leaders_of
from gapura.access.queries.verifying import (
    ShortAgencies,
    ShortAgency,
    Verifier,
    Verifiers,
    short_agencies,
    verifiers_for,
)
from gapura.access.queries.views import (
    Applicant,
    CorrectionView,
    GrantView,
    LetterView,
    Matter,
    Moment,
    Neighbors,
    OwnRequest,
    Place,
    Queue,
    QueueFigures,
    QueueFilters,
    QueueRow,
    RequestView,
    SubmissionView,
)
from gapura.access.queries.waiting_names import WaitingName
from gapura.access.queries.warned import Warned, WarnedLine, warned_lines, warned_officers
from gapura.access.reasons import (
    ALL_CHECKS,
    CHECKLIST,
    CORRECTABLE,
    CORRECTION_REASONS,
    DOCUMENT_CHECK,
    IDENTITY,
    MOMENTS,
    REJECTION_REASONS,
)
from gapura.access.roles import COMPANY_ADMIN, REQUESTABLE, ROLES, Level, Role, Scope
from gapura.access.rules import REASON_AT_LEAST
from gapura.access.states import GRANT, INVITATION, JOIN, REQUEST

__all__ = [
    "ABOVE", "ALL_CHECKS", "APPOINTABLE", "BEYOND_YEAR", "CHECKLIST", "COMPANY_ADMIN",
    "CORRECTABLE", "CORRECTION_REASONS", "DEFINITIVE", "DOCUMENT_CHECK", "DUTIES", "DUTY_NAMES",
    "EXCEPTIONS", "FAULTS", "FIELD_NAMES", "FILE_FAULTS", "FINANCE", "FINDING_TABS", "FORM_FIELDS",
    "GRANT", "IDENTITY", "IMPORT_STATES", "INVITATION", "JOIN", "LARGEST_FILE", "LINE_TABS",
    "LINKED_ROLES", "LONGEST_NAME", "MOMENTS", "MOST_FILTERS", "MOST_PRINCIPALS", "NPWP_CONFIRMED",
    "OBSTACLES", "OFFICER_STATES", "OF_COMPANIES", "ORDER", "OUTCOMES", "OVERDUE", "PAGE",
    "PRODUCT", "RANKS", "REACHES", "REASON_AT_LEAST", "REJECTION_REASONS", "REMOVAL_REASONS",
    "REQUEST", "REQUESTABLE", "REVIEW_LEVELS", "ROLES", "SAID", "SECTION_NAMES", "SEVERITIES",
    "SIGNING", "STANDING_NAMES", "STRONGEST", "TOO_FEW_VERIFIERS", "Applicant", "Cell", "Code",
    "Colleague", "Completeness", "CorrectionView", "Decision", "DelegationView", "Delegations",
    "DeskProgress", "DraftView", "Ending", "EndingLetter", "FaultyLine", "FindingPage",
    "FindingView", "FormField", "GrantView", "Held", "HolderView", "ImportView", "InvitationView",
    "KeptFilter", "Laws", "Leaver", "Leaving", "LeavingGrant", "LeavingRequest", "LegacyAccount",
    "LetterDraft", "LetterView", "Level", "Line", "LineRow", "Matter", "Member", "Moment", "Needs",
    "Neighbors", "Office", "OfficerFilters", "OfficerList", "OfficerRow", "OwnAppointment",
    "OwnRequest", "PastHolder", "Place", "Principal", "Question", "Queue", "QueueFigures",
    "QueueFilters", "QueueRow", "Recap", "RecapLine", "Recertified", "RegisterFilters",
    "RegisterPage", "RegisterRow", "RegisterScope", "Renewable", "RequestView", "Resting",
    "RestingRow", "ReviewRow", "Right", "Role", "Scope", "Section", "ShortAgencies", "ShortAgency",
    "SubmissionView", "Ties", "Touched", "UnitOfficers", "Verifier", "Verifiers", "WaitingName",
    "Warned", "WarnedLine", "Way", "active_grants", "administered_alone", "administrators_advised",
    "agencies_of", "appointments_to_activate", "can_open", "cell", "colleagues", "company_people",
    "completeness", "conflict_basis", "conflicts_among", "correctable", "delegation_for",
    "delegation_to_confirm", "draft_view", "ending_letters", "ending_soon", "error_file",
    "faulty_lines", "finding_for", "findings_for", "grants_named", "grants_of", "grants_of_many",
    "grants_of_many_read", "grants_read", "grants_statement", "has_role", "holder", "holders",
    "holders_of_all", "import_for", "imports_of", "invitation_days", "invitation_for", "joining",
    "judge", "kept_filters", "last_confirmed", "last_day_in_office", "last_deputy",
    "last_successor", "laws", "leaders_of", "leaver_at", "leaving", "legacy_account",
    "line_to_end", "lines_named", "lines_of", "lines_to_answer", "mark_of_officers", "member",
    "needs", "neighbors", "next_free", "notice_days", "officers_of", "open_findings",
    "open_matters", "own_appointment", "own_delegations", "own_joins", "own_requests",
    "own_successions", "people_holding", "people_who_left", "powers", "principals_of",
    "progress_of", "queue_figures", "queue_for", "reaches", "recap", "register_page",
    "register_units", "renewable", "request_for", "resting_on", "review_defaults", "review_for",
    "reviews_for", "right", "rights", "running_succession", "section_of", "short_agencies",
    "staff_of", "standing_limits", "standings_for", "stood_in", "succession", "succession_hours",
    "succession_paper", "successions", "template_file", "ties", "touched_by", "verifiers_for",
    "visitors", "waiting_grant", "warned_lines", "warned_officers", "who_could", "who_left",
    "year_bound",
]  # fmt: skip
