"""The demo's own signer and witness: their keys, where they listen, and the policy they make."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gapura.config.environment import PREFIX
from gapura.ops.children import Children
from gapura.ops.trouble import Trouble

WITNESS_STEP = 60
# What a Unix socket's address can hold on every system.
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class DemoLog:
    """Folder and addresses of both; `key` is the file with the log's seed."""

    folder: Path
    key: Path
    origin: str
    port: int

    @property
    def socket(self) -> Path:
        """Where the signer listens; elsewhere when the folder's path is too long for a socket."""
        path = self.folder / "signer" / "socket"
        if len(str(path)) <= _LONGEST:
            return path
        return Path(tempfile.gettempdir()) / f"gapura-signer-{_mark(str(self.folder))}" / "socket"

    @property
    def policy(self) -> Path:
        """The file that says whose signatures count."""
        return self.folder / "log-policy"

    def settings(self) -> dict[str, str]:
        """What server and worker are told: public keys and the socket, never the log's key."""
        return {"LOG_POLICY": str(self.policy), "SIGNER_SOCKET": str(self.socket)}

    def prepare(self) -> None:
        """Make the witness's key at the first start, and write the policy of this start."""
        keeping: Any = import_module("gapura.audit.signing.safekeeping")
        keys: Any = import_module("gapura.audit.tree.cosignatures")
        key = self.folder / "witness" / "key"
        if not key.exists():
            keeping.new_key(key)
        name = f"localhost:{self.port}"
        keeping.keep(key.with_name("name"), f"{name}\n".encode())
        public = keeping.read_seed(self.key).public_key().public_bytes_raw()
        witness = keys.signed_by(keeping.read_seed(key), name)
        lines = (
            f"log {keys.VerifierKey(self.origin, keys.LOG_KEY, public)}",
            f"witness demo {witness} http://127.0.0.1:{self.port}",
            "quorum demo",
        )
        keeping.keep(self.policy, ("\n".join(lines) + "\n").encode())

    def shelter(self) -> None:
        """Make the folder of a socket that lies among everybody's temporary files.

        :raises Trouble: when somebody else made it, or others may write there: they could answer
            in the signer's place.
        """
        folder = self.socket.parent
        if folder.parent != Path(tempfile.gettempdir()):
            return
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
            raise Trouble(
                f"{folder} is a link, or another user made it or may use it, so the signer can't "
                "listen there. Remove it, or give the demo a folder with a shorter path."
            )

    def start(self, children: Children) -> None:
        """Start both. A signer that is new to the folder begins with what it is shown first."""
        self.shelter()
        folder = self.folder / "signer"
        was_there = (folder / "state.json").exists() or (folder / "lock").exists()
        first = [] if was_there else ["--first"]
        children.start(
            "signer", "--state", str(folder), "--key", str(self.key),
            "--origin", self.origin, "--socket", str(self.socket), "--mode", "0600", *first,
        )  # fmt: skip
        log = self.policy.read_text(encoding="utf-8").split()[1]
        children.start(
            "witness", "--state", str(self.folder / "witness"), "--port", str(self.port),
            "--log", log, *([] if self._was_witnessed() else ["--first"]),
        )  # fmt: skip

    def _was_witnessed(self) -> bool:
        """Whether the witness knew this log before: then a missing state is a loss, no beginning.

        A demo on another port has a log of another name, which begins.
        """
        shelf: Any = import_module("gapura.audit.witness.shelf")
        folder = self.folder / "witness"
        begun = folder / f"begun-{_mark(self.origin)}"
        if shelf.Folder(folder).knows(self.origin):
            begun.touch(mode=0o600)
        return begun.exists()


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def demo_log(folder: Path, values: Mapping[str, str], port: int) -> DemoLog:
    """That of a demo with these settings."""
    origin = urlsplit(values[f"{PREFIX}PUBLIC_URL"]).netloc
    return DemoLog(folder, folder / "secrets" / "log_key", origin, port)
