"""What is recorded of officers named in letters, and of the files they were read from."""

from gapura.access.events.facts import GIVEN, HELD, NAMES, PLACE
from gapura.audit.events import Event
from gapura.kernel.texts import N_

NAMED = Event(
    "access.appointment.named",
    N_("%(actor)s named an officer in letter %(letter)s for the role %(role)s"),
    needs=(*PLACE, "letter", "name"),
    # `officer` is a keyed fingerprint of the number by which the person is found.
    optional=("letter_id", "since", "until", "standing", "principal", "officer"),
    personal=("name",),
    words=HELD,
)
APPOINTMENT_GRANTED = Event(
    "access.appointment.granted",
    N_("The role %(role)s was prepared for %(subject)s, named in letter %(letter)s"),
    needs=(*PLACE, "letter", "grant"),
    optional=("conflicts", *GIVEN),
    words=HELD,
)
APPOINTMENT_WITHDRAWN = Event(
    "access.appointment.withdrawn",
    N_("%(actor)s took an officer off letter %(letter)s for the role %(role)s"),
    needs=(*PLACE, "letter"),
    words=NAMES,
)
APPOINTMENT_DECLINED = Event(
    "access.appointment.declined",
    N_("%(actor)s declined the role %(role)s of letter %(letter)s"),
    needs=(*PLACE, "letter", "reason"),
    personal=("reason",),
    words=NAMES,
)
APPOINTMENT_ERASED = Event(
    "access.appointment.erased",
    N_("%(actor)s erased name and number of an officer beside a letter"),
    needs=("officer", "officer_were"),
)
IMPORT_BEGUN = Event(
    "access.import.begun",
    N_("%(actor)s handed in a file of officers for letter %(letter)s"),
    needs=("letter", "file_hash"),
)
IMPORT_JUDGED = Event(
    "access.import.judged",
    N_("A file of officers for letter %(letter)s was checked: %(faulty)s of %(lines)s faulty"),
    needs=("letter", "lines", "faulty"),
)
IMPORT_REFUSED = Event(
    "access.import.refused",
    N_("A file of officers for letter %(letter)s could not be read"),
    needs=("letter", "reason"),
)
IMPORT_STARTED = Event(
    "access.import.started",
    N_("%(actor)s takes over the officers of a file into letter %(letter)s"),
    needs=("letter", "lines", "faulty"),
)
IMPORT_FINISHED = Event(
    "access.import.finished",
    N_("All officers of a file were taken over into letter %(letter)s: %(named)s"),
    needs=("letter", "named"),
)
IMPORT_DROPPED = Event(
    "access.import.dropped",
    N_("%(actor)s dropped a file of officers for letter %(letter)s"),
    needs=("letter",),
)
