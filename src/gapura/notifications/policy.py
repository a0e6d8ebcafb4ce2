"""Who may read notices: everyone the own ones."""

from gapura.kernel.permissions import is_signed_in, register
from gapura.notifications.permissions import Can

RULES = {Can.READ: ((is_signed_in,),)}

register(RULES)
