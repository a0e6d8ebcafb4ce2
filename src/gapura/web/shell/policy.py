"""Who may do what the shell offers."""

from gapura.kernel.permissions import Rules, anyone, is_signed_in, register
from gapura.web.shell.permissions import Can

RULES: Rules = {
    Can.SEE_PUBLIC: ((anyone,),),
    Can.CHOOSE_LANGUAGE: ((anyone,),),
    Can.SEE_HOME: ((is_signed_in,),),
}

register(RULES)
