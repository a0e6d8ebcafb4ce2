"""Who may lock an account, open it again, and take back a form that was kept."""

from gapura.authentication.permissions import Can
from gapura.authentication.policy.desk import AGREES, LIFTS
from gapura.kernel.permissions import Rules, anyone, is_signed_in, is_the_system

RULES: Rules = {
    # People only on the ground of a suspicion that one proposed and another agrees to.
    Can.LOCK_ACCOUNT: ((is_the_system,), AGREES),
    Can.LIFT_LOCK: ((is_the_system,), LIFTS),
    # Whoever has the link of a notice has the mailbox that it went to.
    Can.DISAVOW: ((anyone,),),
    Can.TELL_PHONE: ((is_the_system,),),
    Can.SETTLE_FORM: ((is_signed_in,),),
}
