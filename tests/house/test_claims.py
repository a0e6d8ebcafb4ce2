"""Every column of every table is held against the log, or a written reason says why not."""

import re
import tomllib

import pytest
from django.apps import apps
from django.db.models import Model

from gapura.audit.claims import all_claims
from tools.house.inventory import ROOT

MODELS = [m for m in apps.get_models() if m.__module__.startswith("gapura.")]
REASONS = tomllib.loads((ROOT / "tests/house/unclaimed.toml").read_text(encoding="utf-8"))


def _claimed() -> dict[str, set[str]]:
    """By table the words of the statements that read it."""
    found: dict[str, set[str]] = {}
    for claim in all_claims():
        for table in re.findall(r"(?:FROM|JOIN) ([a-z_]+)", claim.rows):
            found.setdefault(table, set()).update(re.findall(r"[a-z_]+", claim.rows))
    return found


CLAIMED = _claimed()


def _columns(model: type[Model]) -> set[str]:
    return {field.column for field in model._meta.concrete_fields if field.column}


def _reasons(table: str, columns: set[str]) -> dict[str, str]:
    told = REASONS.get(table, {})
    if isinstance(told, str):
        return dict.fromkeys(columns, told)
    return {column: why for names, why in told.items() for column in names.split()}


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_column_is_claimed_or_says_why_not(model: type[Model]) -> None:
    """Attack: change in the database what no entry tells of, such as the days of a role."""
    table, columns = model._meta.db_table, _columns(model)
    claimed, reasons = CLAIMED.get(table, set()) & columns, _reasons(table, columns)
    assert columns - claimed - set(reasons) == set(), "neither claimed nor explained"
    assert set(reasons) <= columns, "a reason for a column that is not there"
    assert not claimed & set(reasons), "claimed, so that it needs no reason"
    assert all(len(why) > 10 for why in reasons.values())


def test_no_reason_is_left_over_for_a_table_that_is_gone() -> None:
    assert set(REASONS) <= {model._meta.db_table for model in MODELS}


def test_what_decides_rights_money_or_identity_is_claimed() -> None:
    wanted = {
        "access_grant": {"valid", "letter_id", "standing", "principal_id", "delegable", "role"},
        "accounts_person": {"email", "nik_lookup", "state"},
        "audit_assignment": {"agencies", "units", "valid", "person", "letter"},
        "authentication_totp": {"secret"},
        "authentication_passkey": {"public_key"},
        "authentication_servicetoken": {"digest", "scopes"},
        "purchasing_order": {"company_id", "total"},
        "purchasing_payment": {"amount", "evidence_id"},
    }
    missing = {table: names - CLAIMED.get(table, set()) for table, names in wanted.items()}
    assert not any(missing.values()), missing
