"""Who sees how much of an entry, as pure data and functions."""

from collections.abc import Container

WHOLE_LOG = frozenset({"admin_platform"})
AGENCY_ADMIN = frozenset({"admin_instansi"})
AGENCY_LOG = frozenset({"admin_instansi", "apip"})


def may_open(
    field: str,
    viewer: str,
    by: str | None,
    about: str | None,
    *,
    oversees: bool,
    own: Container[str] = (),
) -> bool:
    """Whether the clear value of a personal field of an entry is shown.

    Overseers see all. Of an entry of one's own life one sees one's own values, and the name of who
    acted, but not from where another person acted. `own` are more fields of whoever acted.
    """
    if oversees or field == "actor.name":
        return True
    owner = by if field.startswith("actor.") or field in own else about
    return viewer == owner
