"""The demo's settings: keys made once, ports, and what the person who starts it may choose."""

import base64
import os
import secrets
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

from gapura.config.environment import AUTHORITIES, PREFIX, SETTINGS
from gapura.ops.postgres import free_port
from gapura.ops.trouble import Trouble

# How far the windows' usual ports are from the server's.
MAIL_WINDOW_STEP, SIMULATOR_STEP = 25, 35
# What the simulator takes for a password.
SIMULATOR_TOKEN = "simulator"  # noqa: S105 - as well known as the personas' passwords
# Long enough to see that somebody is left alone, short enough to try things by hand.
PAUSE_SECONDS = 10
CHOSEN = (
    "HOST", "PORT", "PUBLIC_URL", "TRUSTED_PROXIES", "PAGE_THREADS", "PLACES_FILE", "WORKERS",
    "CHROME", "METRICS_TOKEN",
)  # fmt: skip


def _random_base64() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


KEYS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "DATA_KEYS": lambda: f"1:{_random_base64()}",
    "LOOKUP_KEY": _random_base64,
    # For the signer alone: it is made here but told to nobody else.
    "LOG_KEY": _random_base64,
    "METRICS_TOKEN": lambda: secrets.token_urlsafe(24),
}


def demo_settings(folder: Path, database_url: str, env: Mapping[str, str]) -> dict[str, str]:
    """Every GAPURA_ variable of the demo's processes."""
    chosen = {name: env[f"{PREFIX}{name}"] for name in CHOSEN if env.get(f"{PREFIX}{name}")}
    port = chosen.get("PORT", "8000")
    values = {
        "ENVIRONMENT": "demo",
        "PORT": port,
        "PUBLIC_URL": f"http://localhost:{port}",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(free_port()),
        "MAIL_WINDOW_URL": f"http://localhost:{window_port(int(port), MAIL_WINDOW_STEP)}",
        **played(window_port(int(port), SIMULATOR_STEP)),
        **_key_files(folder / "secrets"),
        **chosen,
    }
    return {f"{PREFIX}{name}": value for name, value in values.items()}


def played(port: int) -> dict[str, str]:
    """Settings by which the simulator on `port` is asked in place of every authority."""
    values = {"SIMULATOR_URL": f"http://localhost:{port}"}
    for code in AUTHORITIES:
        values[f"OUTSIDE_{code.upper()}_URL"] = f"http://127.0.0.1:{port}/{code}"
        values[f"OUTSIDE_{code.upper()}_TOKEN"] = SIMULATOR_TOKEN
    return {**values, "OUTSIDE_PAUSE_SECONDS": str(PAUSE_SECONDS)}


def surrounding(env: Mapping[str, str]) -> dict[str, str]:
    """The environment without any of our names, so that nothing stray leaks in."""
    return {name: value for name, value in env.items() if not name.startswith(PREFIX)}


def window_port(port: int, step: int) -> int:
    """The usual port of a window when it is free, else any: bookmarks keep working."""
    usual = port + step
    return usual if usual < 65536 and is_free("127.0.0.1", usual) else free_port()


def is_free(host: str, port: int) -> bool:
    """Could we listen there now?"""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def check_choices(env: Mapping[str, str]) -> None:
    """Is this a place for a demo, and is the port free?

    :raises Trouble: with what to do
    """
    if env.get(f"{PREFIX}ENVIRONMENT", "demo") != "demo":
        raise Trouble(
            "The demo runs with sample data and well-known passwords, so it does not start with "
            "GAPURA_ENVIRONMENT set to something else. Unset it, or use gapura serve."
        )
    keys = {f"{PREFIX}{name}{end}" for name in KEYS.keys() - {*CHOSEN} for end in ("", "_FILE")}
    if given := sorted(keys & env.keys()):
        raise Trouble(
            f"{', '.join(given)} belong to a real installation, and the demo would put people with "
            "well-known passwords into its database. Unset them, or use gapura serve."
        )
    known = {f"{PREFIX}{s.name}" for s in SETTINGS}
    known |= {f"{PREFIX}{s.name}_FILE" for s in SETTINGS if s.secret}
    for name in env:
        if name.startswith(PREFIX) and name not in known:
            raise Trouble(f"{name} is not a setting of gapura. Unset it or correct its name.")
    host, port = env.get(f"{PREFIX}HOST") or "127.0.0.1", env.get(f"{PREFIX}PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise Trouble(f"GAPURA_PORT is {port!r}; give a number from 1 to 65535.")
    if not is_free(host, int(port)):
        raise Trouble(
            f"Port {port} is taken by another program. Choose another one: GAPURA_PORT=8010 ./run"
        )


def _key_files(folder: Path) -> dict[str, str]:
    files = _keys(folder)
    return {f"{name}_FILE": str(path) for name, path in files.items() if name != "LOG_KEY"}


def _keys(folder: Path) -> dict[str, Path]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, make in KEYS.items():
        path = folder / name.lower()
        if not path.exists():
            unfinished = folder / f"{name.lower()}.new"
            unfinished.unlink(missing_ok=True)
            with open(
                os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
            ) as file:
                file.write(make() + "\n")
            unfinished.replace(path)
    return {name: folder / name.lower() for name in KEYS}
