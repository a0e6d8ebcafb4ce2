"""Files of the signer and the witnesses: keys, and a state that survives any crash whole."""

import base64
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_LARGEST = 64 * 1024


class Unusable(Exception):
    """The command cannot go on; `what` happened and what `todo`, for whoever runs it."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(f"{what} {todo}")
        self.what, self.todo = what, todo


def new_key(path: Path) -> Ed25519PrivateKey:
    """Make a key and keep its seed as base64, readable by its owner only.

    :raises Unusable: when the file exists or cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    seed = base64.b64encode(key.private_bytes_raw()).decode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(seed + "\n")
            _to_disk(file.fileno())
    except FileExistsError:
        raise Unusable(
            f"There is a key in {path} already.",
            "Keep it: what it signed is checked with no other. To begin anew, move it away.",
        ) from None
    except OSError as error:
        raise _no_folder(path.parent, error) from error
    return key


def read_seed(path: Path) -> Ed25519PrivateKey:
    """The key whose seed lies in the file as base64.

    :raises Unusable: when it is not there or no seed of 32 bytes.
    """
    try:
        raw = base64.b64decode(path.read_bytes()[:_LARGEST].strip(), validate=True)
        return Ed25519PrivateKey.from_private_bytes(raw)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Unusable(
            f"There is no usable key in {path} ({why}).",
            "Make one with --new-key, or name the right file.",
        ) from error


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder for this process.

    :raises Unusable: when another process holds it, or it cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (folder / "lock").open("a")
    except OSError as error:
        raise _no_folder(folder, error) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Unusable(
                f"Another process works with the state in {folder}.",
                "Stop that one first: two on one state would sign behind each other's back.",
            ) from None
        yield


def keep(path: Path, content: bytes) -> None:
    """Replace a file at once and for good: after this returns, no crash brings the old one back.

    :raises OSError: when the disk does not take it; then the old content is there.
    """
    unfinished = path.with_name(f"{path.name}.new")
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        _to_disk(file.fileno())
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        _to_disk(folder)
    finally:
        os.close(folder)


def kept(path: Path) -> bytes | None:
    """What `keep` kept; None when there is nothing yet.

    :raises OSError: when it cannot be read.
    """
    try:
        return path.read_bytes()[:_LARGEST]
    except FileNotFoundError:
        return None


def _no_folder(folder: Path, error: OSError) -> Unusable:
    return Unusable(
        f"The folder {folder} cannot be used ({error.strerror}).",
        "Make it for the user that runs this, readable by nobody else.",
    )


def _to_disk(descriptor: int) -> None:
    os.fsync(descriptor)
