"""The nine attacks where the key lies with a process of its own, which remembers what it signed."""

import base64
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gapura.audit import keys
from gapura.audit.errors import LogBroken
from gapura.audit.services import seal_all
from gapura.audit.signing.state import StateFile
from gapura.audit.tree.cosignatures import LOG_KEY, VerifierKey
from gapura.audit.witness.parties import REFUSED, SIGNER, parties
from tests.audit import superuser
from tests.audit.bundles import Auditor, Log, Psql, kinds, witness
from tests.audit.test_nine_attacks import auditor, log, psql
from tests.audit.test_signer import ORIGIN, Running, running

__all__ = ["auditor", "log", "psql", "running"]


@pytest.fixture
def evidence(
    tmp_path: Path, settings: Any, transactional_db: None, running: Running
) -> Iterator[Path]:
    """A witness of this log, whose key only the signer's process has."""
    running.start("--first")
    seed = base64.b64decode((running.folder / "key").read_bytes())
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    policy = tmp_path / "own-policy"
    policy.write_text(f"log {VerifierKey(ORIGIN, LOG_KEY, public)}\nquorum none\n")
    settings.PUBLIC_URL, settings.LOG_KEY = f"https://{ORIGIN}", ""
    settings.SIGNER_SOCKET, settings.LOG_POLICY = str(running.socket), str(policy)
    folder = tmp_path / "witness"
    folder.mkdir()
    with witness(folder, settings) as path:
        yield path


def new_tree(deed: Callable[[Psql], object]) -> Callable[[Psql], None]:
    """The deed, and all of the tree and its signatures away, so that it is built anew."""

    def both(psql: Psql) -> None:
        deed(psql)
        psql(superuser.WIPE)

    return both


class Attack(NamedTuple):
    """What is done, whether the signer refuses what the log becomes, what an auditor finds."""

    deed: Callable[[Psql], object]
    refused: bool
    found: set[str]


ATTACKS = {
    "1 edit": Attack(superuser.edit, False, {"altered"}),
    "2 delete": Attack(superuser.delete, False, {"gap"}),
    "3 renumber": Attack(
        new_tree(superuser.delete_entry), True, {"root", "unsigned_log", "unwitnessed"}
    ),
    "4 cut off": Attack(superuser.cut_off, True, {"root"}),
    "6 backdate": Attack(superuser.backdate, False, {"backdated"}),
    "7 two histories": Attack(
        new_tree(superuser.edit), True, {"root", "unsigned_log", "unwitnessed"}
    ),
    "8 row": Attack(superuser.change_row, False, {"row_differs"}),
    "9 suppress": Attack(superuser.suppress, False, {"row_differs"}),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_the_signer_goes_along_with_no_other_history_and_the_auditor_finds_the_rest(
    log: Log, auditor: Auditor, psql: Psql, running: Running, name: str
) -> None:
    """The superuser edits, the log goes on; killed and started again the signer knows the same."""
    attack = ATTACKS[name]
    if name == "9 suppress":
        log.end_grant()
    attack.deed(psql)
    held(log, auditor, running, refused=attack.refused)
    told = auditor.check(log.export()[0])
    assert attack.found <= kinds(told)


def test_5_an_old_backup_is_signed_no_further(
    log: Log, auditor: Auditor, psql: Psql, running: Running, tmp_path: Path
) -> None:
    superuser.backup(tmp_path / "backup")
    log.end_grant()
    auditor.keep(log.seal())
    superuser.restore(tmp_path / "backup", psql)
    held(log, auditor, running, refused=True)
    assert "root" in kinds(auditor.check(log.export()[0]))


def test_an_honest_log_is_signed_on(log: Log, auditor: Auditor, running: Running) -> None:
    held(log, auditor, running, refused=False)
    assert auditor.check(log.export()[0])["findings"] == []


def held(log: Log, auditor: Auditor, running: Running, *, refused: bool) -> None:
    """The log goes on beyond its old size, and is signed on or refused, also after a crash."""
    kept = auditor.kept[-1].read_text(encoding="utf-8")
    log.write(12)
    for _ in range(2):
        log.write(1)
        if refused:
            seal_all()
            with pytest.raises(LogBroken, match="refused"):
                log.seal()
            assert parties()[SIGNER].trouble == REFUSED
        else:
            auditor.keep(log.seal())
        running.stop(signal.SIGKILL)
        running.start()
    state = StateFile(running.folder).load(keys.public_key())
    text = kept.rpartition("\n\n")[0]
    assert (state.note.rpartition("\n\n")[0] == text) is refused, "the last honest one"
