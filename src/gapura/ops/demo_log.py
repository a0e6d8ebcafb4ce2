"""The demo's own signer and witness: their keys, where they listen, and the policy they make."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gapura.config.environment import PREFIX
from gapura.ops.children import Children

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
        mark = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"gapura-signer-{mark}" / "socket"

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

    def start(self, children: Children) -> None:
        """Start both. A signer that is new to the folder begins with what it is shown first."""
        folder = self.folder / "signer"
        first = [] if (folder / "state.json").exists() or self._was_there() else ["--first"]
        children.start(
            "signer", "--state", str(folder), "--key", str(self.key),
            "--origin", self.origin, "--socket", str(self.socket), "--mode", "0600", *first,
        )  # fmt: skip
        log = self.policy.read_text(encoding="utf-8").split()[1]
        children.start(
            "witness", "--state", str(self.folder / "witness"), "--port", str(self.port),
            "--log", log,
        )  # fmt: skip

    def _was_there(self) -> bool:
        """Whether the signer ran here before: then a missing state is a loss, not a beginning."""
        return (self.folder / "signer" / "lock").exists()


def demo_log(folder: Path, values: Mapping[str, str], port: int) -> DemoLog:
    """That of a demo with these settings."""
    origin = urlsplit(values[f"{PREFIX}PUBLIC_URL"]).netloc
    return DemoLog(folder, folder / "secrets" / "log_key", origin, port)
