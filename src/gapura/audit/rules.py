"""Who sees how much of an entry, as pure data and functions."""

from collections.abc import Container
from typing import NamedTuple

WHOLE_LOG = frozenset({"admin_platform"})
AGENCY_ADMIN = frozenset({"admin_instansi"})
AUDITORS = frozenset({"apip"})
AGENCY_LOG = AGENCY_ADMIN | AUDITORS


class Viewer(NamedTuple):
    """Whoever reads: a person's id as text, and the role in use."""

    person: str
    role: str


def may_open(
    field: str,
    viewer: Viewer,
    by: tuple[str | None, str],
    about: str | None,
    *,
    oversees: bool,
    own: Container[str] = (),
) -> bool:
    """Whether the clear value of a personal field of an entry is shown.

    Overseers see all but one thing. Of an entry of one's own life one sees one's own values, and
    the name of who acted, but not from where another person acted. `by` is whoever acted, with the
    role; `own` are more fields of theirs, such as what was searched for and why: never shown to
    whom the entry is about, whatever their role, nor an auditor's to the administrators of the
    agency, who may be the suspects.
    """
    if field == "actor.name" or (field in own and viewer.person == by[0]):
        return True
    if field in own and (viewer.person == about or _is_watched(viewer.role, by[1])):
        return False
    owner = by[0] if field.startswith("actor.") or field in own else about
    return oversees or viewer.person == owner


def _is_watched(role: str, by: str) -> bool:
    return role in AGENCY_ADMIN and by in AUDITORS
