"""What the command writes into the activity log."""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

SAMPLE_GROWN = Event(
    "ops.sample.grown",
    N_("Sample data was brought in, part %(part)s of %(parts)s"),
    needs=("part", "parts", "accounts", "anchor"),
    readers=Readers.PLATFORM,
)
ADMIN_MADE = Event(
    "ops.admin.made",
    N_("%(subject)s was made platform administrator on the server itself: %(reason)s"),
    needs=("reason",),
    readers=Readers.PLATFORM,
)
