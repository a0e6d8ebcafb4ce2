"""Go's own packages for transparent logs read our bundles and agree, also about attacks."""

from pathlib import Path

import pytest

from gapura.audit import keys
from tests.audit.bundles import Auditor, Log, Psql
from tests.audit.test_nine_attacks import auditor, evidence, forge, log, psql
from tests.peers import NOT_RUN, ask, go_tlog

__all__ = ["auditor", "evidence", "log", "psql"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second verifier."""
    found = go_tlog(tmp_path_factory.mktemp("go"))
    if found is None:
        pytest.skip(NOT_RUN)
    return found


def verdict(second: Path, auditor: Auditor, bundle: Path, *, kept: bool = True) -> tuple[int, str]:
    """What it says, with the auditor's own keys and checkpoints."""
    policy = auditor.folder / "policy.txt"
    policy.write_text(keys.policy().text, encoding="utf-8")
    return ask(second, str(bundle), str(policy), *map(str, auditor.kept if kept else []))


def test_both_find_the_same_root(log: Log, auditor: Auditor, second: Path) -> None:
    log.write(1500)
    log.seal()
    path, _ = log.export()
    assert verdict(second, auditor, path) == (0, auditor.check(path)["root"])


@pytest.mark.parametrize(
    ("attack", "said"),
    [
        ("UPDATE audit_event SET actor_username = 'ani'", "the root is another one"),
        ("DELETE FROM audit_event", "is missing"),
    ],
)
def test_both_find_what_was_changed(
    log: Log, auditor: Auditor, psql: Psql, second: Path, attack: str, said: str
) -> None:
    psql(f"{attack} WHERE id = (SELECT event_id FROM audit_leaf WHERE index = 7)")
    path, _ = log.export()
    code, why = verdict(second, auditor, path)
    assert (code, auditor.check(path)["exit_code"]) == (1, 1)
    assert said in why


def test_both_find_a_history_signed_anew(
    log: Log, auditor: Auditor, psql: Psql, second: Path
) -> None:
    psql("UPDATE audit_event SET actor_username = 'ani' WHERE name = 'access.grant.issued'")
    log.write(3)
    forge(psql)
    path, _ = log.export()
    assert verdict(second, auditor, path)[0] == 1
    assert "no witness" in verdict(second, auditor, path, kept=False)[1]
    assert auditor.check(path)["exit_code"] == 1


def test_both_find_a_cut_off_end(log: Log, auditor: Auditor, psql: Psql, second: Path) -> None:
    size = psql("SELECT size FROM audit_checkpoint WHERE number = 1")
    psql(
        "DELETE FROM audit_cosignature WHERE number = 2; "
        "DELETE FROM audit_checkpoint WHERE number = 2; "
        f"DELETE FROM audit_event WHERE id IN "
        f"(SELECT event_id FROM audit_leaf WHERE index >= {size}); "
        f"DELETE FROM audit_leaf WHERE index >= {size}"
    )
    path, _ = log.export()
    code, why = verdict(second, auditor, path)
    assert (code, auditor.check(path)["exit_code"]) == (1, 1)
    assert f"{size} are here" in why
