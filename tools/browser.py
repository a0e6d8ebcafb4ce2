"""Finding a Chromium for the browser tests, and installing one where that is ours to do."""

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from tools.steps import Trouble, say, step

# Debian's without a window comes first: a page takes two thirds of the work in it.
NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser",
    "google-chrome", "google-chrome-stable", "chrome",
)  # fmt: skip
PACKAGES = ("chromium-headless-shell", "chromium")  # not every Debian has the first
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
MISSING = "No Chromium was found. Install it, or name it: GAPURA_CHROME=/path/to/chromium"


def find_chromium(env: Mapping[str, str] = os.environ) -> str | None:
    """Path of Chromium: GAPURA_CHROME, else what is on the path; None when there is none."""
    if named := env.get("GAPURA_CHROME"):
        return shutil.which(named)
    found = (shutil.which(name) for name in (*NAMES, *MAC))
    return next((path for path in found if path), None)


def provide_chromium(root: Path) -> None:
    """Install Debian's Chromium when there is none and we are root; otherwise say what to do."""
    if find_chromium():
        return
    apt = shutil.which("apt-get")
    if os.environ.get("GAPURA_CHROME") or os.geteuid() != 0 or not apt:
        say(f"{MISSING} Browser tests will not run.")
        return
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "-y", "-q", "--no-install-recommends"]
    try:
        step("reading Debian's package lists", [apt, "update", "-q"], env, root)
        for package in PACKAGES:
            with contextlib.suppress(Trouble):
                step(f"installing {package} (about a minute)", [*install, package], env, root)
            if find_chromium():
                return
    except Trouble as trouble:
        say(str(trouble))
    say(f"{MISSING} Browser tests will not run.")
