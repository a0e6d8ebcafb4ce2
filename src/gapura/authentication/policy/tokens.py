"""Who may let programs in: whoever runs the server, on the server."""

from gapura.authentication.permissions import Can
from gapura.kernel.permissions import Rules, is_the_system

RULES: Rules = {
    # Programs are let in by whoever runs the server, on the server.
    Can.ISSUE_TOKEN: ((is_the_system,),),
    Can.LIST_TOKENS: ((is_the_system,),),
    Can.REVOKE_TOKEN: ((is_the_system,),),
}
