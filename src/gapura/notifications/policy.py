"""Who may read notices: everyone the own ones."""

from gapura.kernel.holds import weigh
from gapura.kernel.permissions import is_signed_in, register
from gapura.notifications.permissions import Can

RULES = {Can.READ: ((is_signed_in,),)}

register(RULES)
# Reading a notice marks it.
weigh(exempt={Can.READ})
