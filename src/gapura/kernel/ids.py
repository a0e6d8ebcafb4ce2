"""Identifiers for machines: UUIDv7 (RFC 9562 section 5.7). Those for people: references.py."""

import os
from uuid import UUID

from gapura.kernel import clock


def uuid7() -> UUID:
    """A UUID that begins with the present time: 48 bits of milliseconds, 12 of their fraction.

    The fraction (section 6.2, method 3) keeps what one process makes in the order of its making.
    """
    at = clock.now()
    milliseconds = int(at.timestamp()) * 1000 + at.microsecond // 1000
    fraction = at.microsecond % 1000 * 4096 // 1000
    random = int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | random)
