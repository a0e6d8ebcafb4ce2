"""What a superuser of the database can do, done with psql; the offline verifier finds it (D44)."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings as django_settings
from django.db import connection

from gapura.audit import keys
from gapura.audit.events import Event
from gapura.audit.services import seal_all, verify_log
from gapura.audit.tree.merkle import Frontier
from gapura.audit.tree.notes import Tree, write_checkpoint
from gapura.audit.tree.stored import latest_checkpoint
from gapura.audit.witness.asking import collect
from gapura.audit.witness.parties import SPLIT, parties
from gapura.kernel.actor import Actor
from tests.audit import superuser
from tests.audit.bundles import NAME, Auditor, Log, Psql, begin, find_psql, kinds, witness

NOT_RUN = "NOT RUN: the engine was given, its superuser is not ours"


@pytest.fixture
def psql(transactional_db: None) -> Psql:
    """A superuser with the triggers off."""
    found = find_psql()
    if found is None:
        pytest.skip(NOT_RUN)
    return found


@pytest.fixture
def evidence(tmp_path: Path, settings: Any, transactional_db: None) -> Iterator[Path]:
    """Where a real witness keeps proofs of misbehavior."""
    folder = tmp_path / "witness"
    folder.mkdir()
    with witness(folder, settings) as path:
        yield path


@pytest.fixture
def log(evidence: Path, happened: Event, budi: Actor, tmp_path: Path) -> Log:
    """An honest log under one checkpoint that a witness has cosigned."""
    return begin(tmp_path, happened, budi)


@pytest.fixture
def auditor(log: Log, tmp_path: Path) -> Auditor:
    """Keeps the checkpoint of the longer log of today: six more entries, witnessed."""
    folder = tmp_path / "auditor"
    folder.mkdir()
    auditor = Auditor(folder)
    log.write(6)
    auditor.keep(log.seal())
    return auditor


def forge(psql: Psql) -> None:
    """Build the tree anew over what the tables say now, and sign it with the stolen key."""
    psql(superuser.WIPE)
    seal_all()
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM audit_leaf ORDER BY index")
        hashes = [bytes(row[0]) for row in cursor.fetchall()]
    tree = Frontier()
    for digest in hashes:
        tree.append(digest)
    note = write_checkpoint(Tree(keys.origin(), tree.size, tree.root()), stolen_key())
    at = "'" + base64.b64encode(note.encode()).decode() + "'"
    psql(
        f"INSERT INTO audit_checkpoint VALUES (1, {tree.size}, '\\x{tree.root().hex()}', "
        f"convert_from(decode({at}, 'base64'), 'UTF8'), now())"
    )


def stolen_key() -> Any:
    """The log's own key, in the attacker's hands."""
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(django_settings.LOG_KEY))


def test_an_honest_log_is_whole(log: Log, auditor: Auditor) -> None:
    log.write(2)
    path, bundle = log.export()
    told = auditor.check(path)
    assert told["findings"] == []
    assert (told["exit_code"], told["witnessed"], told["kept"]) == (0, 3, 1)
    assert told["entries"] == bundle.size
    assert verify_log(tables=True).exit_code == 0


def test_1_an_edited_entry_is_found(log: Log, auditor: Auditor, psql: Psql) -> None:
    victim = superuser.edit(psql)
    told = auditor.check(log.export()[0])
    assert told["findings"] == [{"kind": "altered", "index": 7, "event": victim}]


def test_2_a_deleted_entry_is_found(log: Log, auditor: Auditor, psql: Psql) -> None:
    superuser.delete(psql)
    told = auditor.check(log.export()[0])
    assert {"kind": "gap", "index": 7} in told["findings"]


def test_3_a_log_renumbered_and_signed_anew_is_found(
    log: Log, auditor: Auditor, psql: Psql
) -> None:
    superuser.delete_entry(psql)
    forge(psql)
    assert collect() == 0, "the witness was shown another history"
    assert parties()[NAME].trouble == SPLIT
    path, _ = log.export()
    assert {"short", "unwitnessed"} <= kinds(auditor.check(path))
    assert "unwitnessed" in kinds(Auditor(auditor.folder).check(path)), "without any kept note"
    log.write(4)
    forge(psql)
    assert {"root", "unwitnessed"} <= kinds(auditor.check(log.export()[0]))


def test_4_a_cut_off_end_is_found(log: Log, auditor: Auditor, psql: Psql) -> None:
    superuser.cut_off(psql)
    path, _ = log.export()
    assert Auditor(auditor.folder).check(path)["exit_code"] == 0, "only who kept something can tell"
    assert kinds(auditor.check(path)) == {"short"}


def test_5_an_old_backup_is_found(log: Log, tmp_path: Path, psql: Psql) -> None:
    dump = tmp_path / "backup"
    superuser.backup(dump)
    auditor = Auditor(tmp_path)
    log.end_grant()
    auditor.keep(log.seal())
    superuser.restore(dump, psql)
    told = auditor.check(log.export()[0])
    assert kinds(told) == {"short"}


def test_6_a_backdated_entry_is_found(log: Log, auditor: Auditor, psql: Psql) -> None:
    superuser.backdate(psql)
    log.write(1)
    auditor.keep(log.seal())
    told = auditor.check(log.export()[0])
    assert kinds(told) == {"backdated"}, "sealed, signed and witnessed, and dated a day too early"


def test_7_two_histories_for_two_auditors_are_found(
    log: Log, auditor: Auditor, psql: Psql, evidence: Path
) -> None:
    newest = latest_checkpoint()
    path, _ = log.export()
    assert auditor.check(path)["exit_code"] == 0
    superuser.edit(psql)
    forge(psql)
    assert latest_checkpoint() != newest
    assert collect() == 0
    assert parties()[NAME].trouble == SPLIT
    (proof,) = [file.read_text(encoding="utf-8") for file in evidence.iterdir()]
    assert proof.count(f"\n\n\u2014 {keys.origin()} ") == 2, "two notes, both signed by the log"
    other, _ = log.export()
    assert "unwitnessed" in kinds(Auditor(auditor.folder).check(other)), "the second auditor"
    assert {"root", "unwitnessed"} <= kinds(auditor.check(other)), "comparing with the first one's"


def test_8_a_row_changed_without_an_event_is_found(log: Log, auditor: Auditor, psql: Psql) -> None:
    superuser.change_row(psql)
    told = auditor.check(log.export()[0])
    assert told["findings"] == [
        {
            "kind": "row_differs", "claim": "access.grant", "object": str(log.grant),
            "column": "role", "row": "helpdesk", "told": "admin_platform",
        }
    ]  # fmt: skip
    assert [finding.kind for finding in verify_log(tables=True).findings] == ["row_differs"]


def test_8_rows_made_and_removed_without_an_event_are_found(
    log: Log, auditor: Auditor, psql: Psql
) -> None:
    psql(
        "INSERT INTO access_grant SELECT (jsonb_populate_record(g, jsonb_build_object("
        "'id', gen_random_uuid(), 'role', 'helpdesk'))).* FROM access_grant g"
    )
    psql("UPDATE accounts_person SET state = 'verified'")
    assert kinds(auditor.check(log.export()[0])) == {"row_without_event", "row_differs"}
    psql("DELETE FROM access_grant")
    assert "row_gone" in kinds(auditor.check(log.export()[0]))


def test_9_an_entry_suppressed_before_it_was_sealed_is_found(
    log: Log, auditor: Auditor, psql: Psql
) -> None:
    log.end_grant()
    superuser.suppress(psql)
    auditor.keep(log.seal())
    told = auditor.check(log.export()[0])
    assert [(f["kind"], f["column"], f["row"]) for f in told["findings"]] == [
        ("row_differs", "state", "revoked")
    ]
