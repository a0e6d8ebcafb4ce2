"""Who sees how much of an entry, as pure data and functions."""

WHOLE_LOG = frozenset({"admin_platform"})
AGENCY_ADMIN = frozenset({"admin_instansi"})
AGENCY_LOG = frozenset({"admin_instansi", "apip"})


def may_open(field: str, viewer: str, by: str | None, about: str | None, *, oversees: bool) -> bool:
    """Whether the clear value of a personal field of an entry is shown.

    Overseers see all. Of an entry of one's own life one sees one's own values, and the name of who
    acted, but not from where another person acted.
    """
    if oversees or field == "actor.name":
        return True
    owner = by if field.startswith("actor.") else about
    return viewer == owner
