"""Tokens for programs: what they may do and for how long."""

from gapura.kernel.throttle import Limit

# What a program may be let do with a token, each with the doors it opens.
SCOPES = ("decisions",)
TOKEN_DAYS, TOKEN_DAYS_MOST = 90, 366
TOKEN_NAME_MOST, TOKEN_NETWORKS_MOST = 60, 20
# Wrong tokens from one address; a right one always gets in.
TOKENS_ADDRESS = Limit("service_token.address", 30, 300)
