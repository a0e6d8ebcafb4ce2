"""Keyed fingerprints of personal values: entry and table can be compared, and neither tells them.

Whoever holds the database alone can neither guess the value behind one nor make one for another
value; the key is the application's.
"""

from gapura.kernel.encryption import lookup

_BYTES = 16


def mark(of: str, value: str) -> str:
    """The fingerprint in hex, 128 bits, of a value that stands for one thing only.

    `of` is the claim and its column, such as `accounts.person.contact`; put the row's id into the
    value, so that two rows with the same value do not show it.
    """
    return lookup(value, f"audit.mark/{of}")[:_BYTES].hex()
