"""Build hook: the wheel asks for what requirements.in names, so it is written once."""

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RequirementsHook(MetadataHookInterface):
    """Fills `dependencies` from requirements.in."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the dependencies of the project."""
        lines = (Path(self.root) / "requirements.in").read_text(encoding="utf-8").splitlines()
        metadata["dependencies"] = [
            line for line in map(str.strip, lines) if line and line[0] not in "#-"
        ]
