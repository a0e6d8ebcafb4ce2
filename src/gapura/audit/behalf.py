"""For whom somebody acted: how it is recorded, and how it is told.

An entry's column `on_behalf_of` holds a username, or `standing:username` where the actor stood in
for an officer. It is part of the leaf since the first entry, so nothing about old ones changes.
"""

from gapura.kernel.actor import Actor
from gapura.kernel.texts import N_, said

# How somebody stands in: the whole sentence's actor, and the line below a name.
_WAYS: dict[str, tuple[str, str]] = {
    "plh": (N_("%(actor)s as Plh of %(who)s"), N_("as Plh of %(who)s")),
    "plt": (N_("%(actor)s as Plt of %(who)s"), N_("as Plt of %(who)s")),
    "proxy": (N_("%(actor)s by power of %(who)s"), N_("by power of %(who)s")),
    "substitute": (N_("%(actor)s as substitute of %(who)s"), N_("as substitute of %(who)s")),
    "delegate": (N_("%(actor)s as delegate of %(who)s"), N_("as delegate of %(who)s")),
}
_FOR = (N_("%(actor)s for %(who)s"), N_("for %(who)s"))


def stood_in_for(actor: Actor) -> str:
    """What is recorded of an actor who stands in: `plh:username`; empty for officers."""
    grant = actor.grant
    if grant is None or not grant.principal or grant.standing == "definitive":
        return ""
    return f"{grant.standing}:{grant.principal}"


def acting(name: str, behalf: str) -> str:
    """The actor as a sentence names them: `X as Plh of Y`, in the active language."""
    return name if ":" not in behalf else _told(behalf, 0, name)


def behalf_line(behalf: str) -> str:
    """`as Plh of Y` or `for Y`, in the active language; empty for nobody."""
    return _told(behalf, 1) if behalf else ""


def _told(behalf: str, form: int, name: str = "") -> str:
    way, _, who = behalf.rpartition(":")
    return said(_WAYS.get(way, _FOR)[form]) % {"actor": name, "who": who}
