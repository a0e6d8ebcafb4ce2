"""The signer's state on disk: what was signed last, never lost and never taken from elsewhere."""

import base64
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gapura.audit.signing.core import State
from gapura.audit.signing.safekeeping import Unusable, keep, kept
from gapura.audit.tree.cosignatures import decoded
from gapura.audit.tree.notes import BadNote, read_checkpoint

_LOST = (
    "The signer must not guess what it signed last. Restore the file, or, when it is gone for "
    "good, start once with --after NOTE: the newest checkpoint that a witness or an auditor kept."
)


class StateFile:
    """One file; every change is on disk before it counts."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "state.json"

    @property
    def is_there(self) -> bool:
        """Whether anything was kept yet."""
        return self._path.exists()

    def save(self, state: State) -> None:
        """Keep it for good.

        :raises OSError: when the disk does not take it.
        """
        values = {
            "size": state.size,
            "root": base64.b64encode(state.root).decode(),
            "note": state.note,
        }
        keep(self._path, json.dumps(values, indent=1).encode() + b"\n")

    def load(self, key: Ed25519PublicKey) -> State:
        """What was kept, checked against the signature in it.

        :raises Unusable: when it is missing, damaged or signed by another key.
        """
        try:
            values = json.loads(kept(self._path) or b"")
            state = State(int(values["size"]), decoded(values["root"]), str(values["note"]))
            if state != State():
                tree = read_checkpoint(state.note, key)
                if (tree.size, tree.root) != (state.size, state.root):
                    raise BadNote("size or root differ from the note")
        except (OSError, ValueError, KeyError, TypeError, BadNote) as error:
            raise Unusable(f"The state in {self._path} cannot be used ({error}).", _LOST) from None
        return state

    def begin_after(self, path: Path, key: Ed25519PublicKey) -> None:
        """Go on after the checkpoint in a file. Never behind what is kept here already.

        :raises Unusable: when it is not signed by this key, or older than the state, or another
            tree of the same size.
        """
        new = after(path, key)
        old = self._usable(key)
        if old.size >= new.size and (old.size, old.root) != (new.size, new.root):
            raise Unusable(
                f"The state here has signed {old.size} leaves already, {path} says {new.size}.",
                "Start without --after: what was signed is never taken back.",
            )
        self.save(new)

    def _usable(self, key: Ed25519PublicKey) -> State:
        """What is kept, or nothing when it is damaged or gone: then --after is what helps."""
        try:
            return self.load(key)
        except Unusable:
            return State()


def after(path: Path, key: Ed25519PublicKey) -> State:
    """The state of having signed the checkpoint in the file last.

    :raises Unusable: when it is not signed by this key.
    """
    try:
        note = path.read_text(encoding="utf-8")
        tree = read_checkpoint(note, key)
    except (OSError, ValueError, BadNote) as error:
        raise Unusable(
            f"{path} holds no checkpoint of this key ({error}).",
            "Take the newest one from a witness, from an auditor or from /log/checkpoint.",
        ) from None
    return State(tree.size, tree.root, note)
