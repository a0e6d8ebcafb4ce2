"""Which path is a door: exact paths, looked up before anything else."""

from collections.abc import Callable

from gapura.api.doors import decisions, log
from gapura.api.doors.health import healthz, readyz, version
from gapura.api.doors.metrics import Figures, metrics
from gapura.api.doors.oauth import endpoints, published, register
from gapura.api.doors.oauth.userinfo import userinfo
from gapura.api.doors.replies import Door
from gapura.audit.queries import TILES


def doors(pages: Callable[[], Figures]) -> dict[str, Door]:
    """The table; `pages` tells the figures of the pages in this worker."""
    return {
        "/healthz": healthz,
        "/readyz": readyz,
        "/version": version,
        "/metrics": metrics(pages),
        "/access/v1/evaluation": decisions.evaluation,
        "/access/v1/evaluations": decisions.evaluations,
        "/.well-known/authzen-configuration": decisions.configuration,
        "/oauth2/token": endpoints.token,
        "/oauth2/par": endpoints.par,
        "/oauth2/introspect": endpoints.introspect,
        "/oauth2/revoke": endpoints.revoke,
        "/oauth2/userinfo": userinfo,
        register.BASE: register.register,
        "/oauth2/jwks": published.jwks,
        "/.well-known/openid-configuration": published.discovery,
        "/.well-known/oauth-authorization-server": published.discovery,
        "/log/checkpoint": log.checkpoint,
        "/log/key": log.key,
    }


# Where the rest of the path says which thing is meant.
BELOW: dict[str, Door] = {TILES: log.tile, register.BELOW: register.manage}


def below(path: str) -> Door | None:
    """The door for everything below a path; asked only when no exact path fits."""
    return next((door for start, door in BELOW.items() if path.startswith(start)), None)
