"""Who may ask about data, and who answers: oneself; and the one who holds the officer's role."""

from gapura.kernel.permissions import Rules, is_signed_in, register
from gapura.privacy.permissions import Can

RULES: Rules = {
    Can.SEE_OWN: ((is_signed_in,),),
}

register(RULES)
