"""Debian's Apache with mod_auth_openidc in front of two pages, set up by sites/apache.conf."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.peers.programs import SITES, running

MODULES = Path("/usr/lib/apache2/modules")
CONF = SITES / "apache.conf"
NOT_RUN = "NOT RUN: Apache with mod_auth_openidc (Debian: apache2, libapache2-mod-auth-openidc)"


def program() -> str | None:
    """Apache's name, when the module is there, too."""
    there = (MODULES / "mod_auth_openidc.so").exists()
    return shutil.which("apache2", path="/usr/sbin:/usr/bin") if there else None


@contextmanager
def apache(port: int, issuer: str, client_id: str, client_secret: str) -> Iterator[str]:
    """Gives the address of the site; /inside/ is for people who are signed in."""
    found = program()
    assert found
    # Not pytest's folder: Apache gives up root's rights and has to read it still.
    with tempfile.TemporaryDirectory(prefix="gapura-apache-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for page in ("index.html", "left.html", "inside/index.html"):
            (folder / "pages" / page).parent.mkdir(parents=True, exist_ok=True)
            (folder / "pages" / page).write_text(f"<!DOCTYPE html><title>{page}</title>")
        env = os.environ | {
            "FOLDER": name, "PORT": str(port), "MODULES": str(MODULES), "ISSUER": issuer,
            "CLIENT_ID": client_id, "CLIENT_SECRET": client_secret,
            "PASSPHRASE": secrets.token_hex(32), "RUN_AS": "www-data", "GROUP": "www-data",
        }  # fmt: skip
        command = [found, "-D", "FOREGROUND", "-f", str(CONF)]
        with running(command, port, env=env) as address:
            yield address
