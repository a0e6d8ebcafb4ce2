"""How the log's pages name roles."""

from gapura.access.queries import ROLES
from gapura.web.console.words import EMPTY, SYSTEM
from gapura.web.shell.display import tr


def role_name(code: str) -> str:
    """The role's name; the system's; a dash for nobody in particular."""
    if code == "system":
        return tr(SYSTEM)
    role = ROLES.get(code)
    return tr(role.name) if role else code or EMPTY
