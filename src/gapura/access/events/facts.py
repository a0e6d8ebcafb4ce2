"""Facts that events of this room share."""

from gapura.access.kinds import STANDING_NAMES
from gapura.access.roles import ROLES

PLACE = ("role", "agency", "unit")
# How long a new grant lasts, on what it rests and how it is held: with its table this must agree.
GIVEN = ("since", "until", "letter_id", "standing", "principal", "rests_on", "delegable")
NAMES = {"role": {code: role.name for code, role in ROLES.items()}}
HELD = {**NAMES, "standing": STANDING_NAMES}
