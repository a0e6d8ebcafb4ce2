"""Posts a form to an address that an administrator registered; what is in it is its own proof."""

from collections.abc import Mapping
from urllib.parse import urlencode

from gapura.outside.asking import demand_no_transaction
from gapura.outside.errors import BadAddress, NotDelivered
from gapura.outside.line import Fault
from gapura.outside.posting import post

_FORM = "application/x-www-form-urlencoded"


def send_form(*, url: str, fields: Mapping[str, str]) -> None:
    """Post these fields; fine when the answer is 2xx.

    :raises NotDelivered: with the fault in one word, and `gone` when it is never to be tried again.
    :raises InsideTransaction: when called inside one: seconds of waiting would hold its locks.
    """
    demand_no_transaction()
    try:
        post(url, headers={"Content-Type": _FORM}, body=urlencode(fields).encode())
    except BadAddress as problem:
        raise NotDelivered(f"address_{problem.word}") from None
    except Fault as fault:
        raise NotDelivered(fault.word) from None
