"""Collects the static files into the folder they are served from, when they have changed."""

import fcntl
import hashlib
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_STAMP = ".collected"
_MADE_WITH = ("Django", "whitenoise")


def collect() -> bool:
    """Hash, compress and copy; False when all was there already.

    One process at a time: it begins by emptying the folder, under the hands of any other.
    """
    root = Path(settings.STATIC_ROOT)
    root.parent.mkdir(parents=True, exist_ok=True)
    with (root.parent / ".collecting").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        return _collect(root)


def _collect(root: Path) -> bool:
    made_from = _fingerprint()
    stamp = root / _STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == made_from:
        return False
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(made_from, encoding="utf-8")
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256(" ".join(map(version, _MADE_WITH)).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"\0{path}\0".encode())
            digest.update(Path(storage.path(path)).read_bytes())
    return digest.hexdigest()
