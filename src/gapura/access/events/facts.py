"""Facts that events of this room share."""

from gapura.access.roles import ROLES

PLACE = ("role", "agency", "unit")
NAMES = {"role": {code: role.name for code, role in ROLES.items()}}
