"""What the rules look at when a unit or an agency is to be changed."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Placed:
    """The agency, and its unit if it is about one."""

    agency_id: str
    unit: Any = None
