"""What a client or a browser is told when a request cannot be granted (RFC 6749 5.2 and kin)."""

from dataclasses import dataclass, field


@dataclass(unsafe_hash=True)  # not frozen: a raised exception is given its traceback
class OAuthProblem(Exception):
    """A refusal in the protocol's words.

    `error` is a registered code, `description` a sentence for the programmer in US-ASCII without
    quotation mark or backslash (RFC 6749 5.2), `status` the HTTP status of a direct answer. `why`
    names the refusal for the activity log and for tests; it is never sent.
    """

    error: str
    description: str
    status: int = 400
    why: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=())
