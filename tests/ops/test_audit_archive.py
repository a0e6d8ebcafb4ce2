"""`gapura audit archive`, `restore` and `retention`: what operators do and are told."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from gapura.audit.archive import partitions
from gapura.audit.events import MONTH_FORGOTTEN, Subject
from gapura.audit.models import AuditRule
from gapura.audit.services import checkpoint, record, seal_all, verify_log
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.ops import cli

OLD = date(2020, 3, 1)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command here; answers its exit code, stdout and stderr."""
    monkeypatch.setattr(cli, "_set_up_django", lambda: None)

    def go(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        told = capsys.readouterr()
        return code, told.out, told.err

    return go


def _note() -> None:
    from django.db import transaction

    with transaction.atomic():
        facts = {"basis": "x", "months": 1}
        record(system_actor("test"), MONTH_FORGOTTEN, Subject("month", "1999-01"), facts=facts)


@pytest.fixture
def old(transactional_db: None) -> Iterator[None]:
    """One entry of March 2020, sealed, and one of today."""
    AuditRule.objects.all().delete()
    import_module("gapura.audit.migrations.0003_monthly_partitions").load_rules(apps, None)
    with clock.frozen(datetime(2020, 3, 9, tzinfo=UTC)):
        _note()
    partitions.rows("SELECT audit_make_month(%s)", [OLD])
    _note()
    _sealed()
    yield
    for mark in ("", "_coming"):
        partitions.drop(OLD, mark)


def _sealed() -> None:
    seal_all()
    checkpoint(now=True)


def test_a_month_goes_and_comes_back(run: Any, old: None, tmp_path: Path) -> None:
    folder = str(tmp_path / "a")
    code, out, _ = run("audit", "archive", "--month", "2020-03", "--output", folder, "--drop")
    assert code == 0
    assert "1 entries" in out
    _sealed()
    shown = json.loads(run("audit", "retention", "--json")[1])
    assert [one["month"] for one in shown["archived"]] == ["2020-03"]
    assert shown["archived"][0]["manifest"] in run("audit", "retention")[1]
    code, out, _ = run("audit", "restore", folder, "--json")
    assert (code, json.loads(out)["entries"]) == (0, 1)
    _sealed()
    assert verify_log().exit_code == 0


def test_what_cannot_be_is_said_in_a_sentence(run: Any, old: None, tmp_path: Path) -> None:
    folder = str(tmp_path / "a")
    for month in ("March", f"{clock.now():%Y-%m}"):
        code, _, err = run("audit", "archive", "--month", month, "--output", folder)
        assert (code, "Traceback" in err) == (1, False)
        assert err.strip().endswith(".")
    code, _, err = run("audit", "restore", folder)
    assert (code, "refused" in err) == (1, True)


def test_a_rule_of_keeping_is_set_and_shown(run: Any, old: None) -> None:
    given = ("--set", "entries_in_database_months=84", "--basis", "Decision 7/2026")
    code, out, _ = run("audit", "retention", *given)
    assert code == 0
    assert "entries_in_database_months: 84" in out
    assert "Decision 7/2026" in out
    for wrong in ("entries_in_database_months", "other=4", "personal_parts_months=0"):
        assert run("audit", "retention", "--set", wrong, "--basis", "x")[0] == 1
