"""What is recorded when a company's new head takes its administration over."""

from gapura.audit.events import Event
from gapura.kernel.texts import N_

_COMPANY = ("company",)
SUCCESSION_STARTED = Event(
    "access.succession.started",
    N_("%(actor)s began to take over the administration of the company %(company)s"),
    # The registry's answer is what it rests on: whoever reads the log can ask for that answer.
    needs=("company", "former", "reference", "result_hash", "until"),
    personal=("deed",),
    optional=("deed",),
)
SUCCESSION_OBJECTED = Event(
    "access.succession.objected",
    N_("%(actor)s objected to %(subject)s taking over the company %(company)s"),
    needs=(*_COMPANY, "reason"),
    personal=("reason",),
)
SUCCESSION_ALLOWED = Event(
    "access.succession.allowed",
    N_("%(actor)s let %(subject)s take over the company %(company)s in spite of an objection"),
    needs=(*_COMPANY, "reason"),
    personal=("reason",),
)
SUCCESSION_REFUSED = Event(
    "access.succession.refused",
    N_("%(actor)s did not let %(subject)s take over the company %(company)s"),
    needs=(*_COMPANY, "reason"),
    personal=("reason",),
)
SUCCESSION_WITHDRAWN = Event(
    "access.succession.withdrawn",
    N_("%(actor)s no longer takes over the company %(company)s"),
    needs=_COMPANY,
)
SUCCESSION_LAPSED = Event(
    "access.succession.lapsed",
    N_("%(subject)s did not take over the company %(company)s in time"),
    needs=_COMPANY,
)
SUCCESSION_DONE = Event(
    "access.succession.done",
    N_("%(actor)s took over the administration of the company %(company)s"),
    needs=(*_COMPANY, "grant", "reference", "result_hash"),
)
