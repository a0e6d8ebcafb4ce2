"""Which path is a door: exact paths, looked up before anything else."""

from collections.abc import Callable

from gapura.api.doors import decisions
from gapura.api.doors.health import healthz, readyz, version
from gapura.api.doors.metrics import Figures, metrics
from gapura.api.doors.replies import Door


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
    }
