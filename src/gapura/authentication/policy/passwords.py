"""Who may choose, change and reset a password."""

from gapura.authentication.permissions import Can
from gapura.authentication.policy.clauses import (
    has_no_password,
    must_choose_anew,
    runs_the_platform,
)
from gapura.authentication.policy.desk import AGREES
from gapura.kernel.permissions import (
    Rules,
    anyone,
    is_signed_in,
    is_the_system,
    proved_recently,
    signed_in_strongly,
)

RULES: Rules = {
    # The present password was typed at the sign-in; the fresh proof says that it was this person.
    Can.REPLACE_PASSWORD: ((is_signed_in, must_choose_anew, proved_recently),),
    Can.POSTPONE_PASSWORD: ((is_signed_in,),),
    Can.REQUIRE_PASSWORD: (
        (is_the_system,),
        (is_signed_in, runs_the_platform, signed_in_strongly, proved_recently),
        AGREES,
    ),
    # Which law is followed to the letter is decided by whoever runs the server, on the server.
    Can.SEE_RULES: ((is_the_system,),),
    Can.SET_RULES: ((is_the_system,),),
    Can.SET_PASSWORD: ((has_no_password,),),
    Can.CHANGE_PASSWORD: ((is_signed_in,),),
    Can.RESET_PASSWORD: ((anyone,),),
}
