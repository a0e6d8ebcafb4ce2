"""Who may sign in, sign out and change the role: everybody with their own."""

from gapura.authentication.permissions import Can
from gapura.authentication.policy.clauses import is_strong_enough_for_the_role
from gapura.kernel.permissions import Rules, anyone, is_signed_in, is_the_system

RULES: Rules = {
    Can.SIGN_IN: ((anyone,),),
    Can.STEP_UP: ((is_signed_in,),),
    Can.END_SESSION: ((is_signed_in,),),
    Can.FORGET: ((is_the_system,),),
    Can.SWITCH_GRANT: ((is_signed_in, is_strong_enough_for_the_role),),
}
