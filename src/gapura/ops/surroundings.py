"""Where the running demo keeps its settings, so that every command finds it without being told."""

import json
import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from gapura.config.environment import PREFIX, SETTINGS

FILE = "environment.json"
_CHECKOUT = Path(__file__).resolve().parents[3]


def data_dir(env: Mapping[str, str] = os.environ) -> Path:
    """The demo's folder: GAPURA_DATA_DIR, else var/demo of this checkout or of this place."""
    if given := env.get(f"{PREFIX}DATA_DIR"):
        return Path(given).absolute()
    is_checkout = (_CHECKOUT / "pyproject.toml").is_file()
    return (_CHECKOUT if is_checkout else Path.cwd()) / "var/demo"


def keep(folder: Path, values: Mapping[str, str]) -> None:
    """Write down the demo's settings for later commands; only its owner may read them."""
    unfinished = folder / f"{FILE}.new"
    unfinished.unlink(missing_ok=True)
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(dict(values), file, indent=1)
    unfinished.replace(folder / FILE)


def adopt_demo(env: MutableMapping[str, str] = os.environ) -> bool:
    """Fill `env` with the demo's settings when nothing else was set up; True when it did.

    Never when a production key or another environment is given: a demo must not mix into it.
    """
    own = {f"{PREFIX}{s.name}" for s in SETTINGS if s.secret and s.default is None}
    given = (own | {f"{name}_FILE" for name in own}) - {f"{PREFIX}DATABASE_URL"}
    if given & set(env) or env.get(f"{PREFIX}ENVIRONMENT", "demo") != "demo":
        return False
    try:
        values: dict[str, str] = json.loads((data_dir(env) / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    for name, value in values.items():
        env.setdefault(name, value)
    return True
