"""Reads documents of other servers whose address somebody registered."""

from gapura.outside.asking import demand_no_transaction
from gapura.outside.fetching import read_document

__all__ = ["fetch_json"]


def fetch_json(url: str) -> bytes:
    """The JSON document at an address that somebody gave, such as an application's keys.

    :raises BadAddress: no https, or the host leads to where nobody outside may.
    :raises NotFetched: no answer within five seconds, another status or type, more than 64 KiB.
    :raises InsideTransaction: when called inside one: seconds of waiting would hold its locks.
    """
    demand_no_transaction()
    return read_document(url)
