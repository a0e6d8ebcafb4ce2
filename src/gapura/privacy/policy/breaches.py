"""Who keeps the register of breaches: the officer for data protection, signed in strongly."""

from gapura.kernel.permissions import (
    Rules,
    is_signed_in,
    is_the_system,
    register,
    signed_in_strongly,
)
from gapura.privacy.permissions import Can
from gapura.privacy.policy.erasures import is_the_officer

_OFFICER = ((is_signed_in, is_the_officer, signed_in_strongly),)

RULES: Rules = {
    Can.LIST_BREACHES: _OFFICER,
    Can.ENTER_BREACH: _OFFICER,
    Can.CHANGE_BREACH: _OFFICER,
    Can.FIND_AFFECTED: _OFFICER,
    Can.TELL_AFFECTED: _OFFICER,
    Can.REPORT_BREACH: _OFFICER,
    Can.CLOSE_BREACH: _OFFICER,
    Can.WARN_OF_BREACH: ((is_the_system,),),
}

register(RULES)
