"""Columns that decide rights, identity or supervision, changed by a superuser without an entry."""

from datetime import timedelta

import pytest
from django.db import connection

from gapura.access.services import change_days
from gapura.audit.services import (
    AssignmentText,
    assign,
    checkpoint,
    confirm_assignment,
    end_assignment,
    seal_all,
    set_rule,
    verify_log,
)
from gapura.authentication.services import issue_totp
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.encryption import seal
from gapura.kernel.ids import uuid7
from tests.audit.bundles import CONSOLE, Auditor, Log, Psql
from tests.audit.conftest import Note
from tests.audit.test_nine_attacks import auditor, evidence, log, psql

__all__ = ["auditor", "evidence", "log", "psql"]

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SLIPPED_IN = (
    "INSERT INTO authentication_totp (id, person_id, name, secret, last_step, created_at, "
    "confirmed_at) SELECT gen_random_uuid(), id, '', decode('SECRET', 'hex'), 0, now(), now() "
    "FROM accounts_person"
)
Found = set[tuple[str, str]]


def live() -> Found:
    """Claim and column of what the live check finds."""
    seal_all()
    checkpoint(now=True)
    found = verify_log(tables=True).findings
    return {(str(f.values["claim"]), str(f.values.get("column", f.kind))) for f in found}


def offline(log: Log, auditor: Auditor) -> Found:
    """The same of what somebody else's verifier finds in a bundle."""
    found = auditor.check(log.export()[0])["findings"]
    return {(f["claim"], f.get("column", f["kind"])) for f in found}


@pytest.mark.parametrize(
    ("sql", "claim", "columns"),
    [
        ("UPDATE access_grant SET valid = daterange('2020-01-01', '2099-01-01')", "access.grant",
         {"since", "until"}),
        ("UPDATE access_grant SET delegable = true, standing = 'plt'", "access.grant",
         {"delegable", "standing"}),
        ("UPDATE access_grant SET principal_id = person_id", "access.grant", {"principal"}),
        ("UPDATE access_grant SET rests_on_id = id", "access.grant", {"rests_on"}),
        ("UPDATE access_grant SET superseded_at = now()", "access.grant", {"state"}),
        ("UPDATE accounts_person SET email = 'lain@x.id'", "accounts.person", {"contact"}),
        ("UPDATE accounts_person SET nik_lookup = sha256(nik_lookup)", "accounts.person",
         {"identity"}),
        (SLIPPED_IN.replace("SECRET", "00"), "authentication.factors", {"factors"}),
    ],
)  # fmt: skip
def test_what_decides_rights_is_not_changed_unseen(
    log: Log, auditor: Auditor, psql: Psql, sql: str, claim: str, columns: set[str]
) -> None:
    """Attack: days, standing, address or app of somebody with a role, in one UPDATE."""
    assert live() == offline(log, auditor) == set()
    psql(sql)
    wanted = {(claim, column) for column in columns}
    assert live() == offline(log, auditor) == wanted


def test_what_services_change_is_no_finding(log: Log, auditor: Auditor) -> None:
    last = clock.today() + timedelta(days=30)
    change_days(actor=CONSOLE, grant_id=log.grant, last_day=last, reason="Tugas sampai akhir bulan")
    issue_totp(actor=CONSOLE, person=log.person, secret=SECRET)
    issue_totp(actor=CONSOLE, person=log.person, secret=SECRET[::-1].replace("P", "Q"))
    log.end_grant()
    auditor.keep(log.seal())
    assert live() == offline(log, auditor) == set()


def test_a_key_slipped_in_is_not_made_lawful_by_a_change_after_it(
    log: Log, auditor: Auditor, psql: Psql
) -> None:
    """Attack: put one's own app into an account, then let its owner's next change tell of it."""
    own = seal(SECRET[::-1].encode(), "authentication_totp.secret").hex()
    psql(SLIPPED_IN.replace("SECRET", own))
    issue_totp(actor=CONSOLE, person=log.person, secret=SECRET)
    log.seal()
    assert ("authentication.factors", "factors") in live()
    assert ("authentication.factors", "factors") in offline(log, auditor)


def test_the_mail_address_itself_stands_in_no_bundle(log: Log) -> None:
    path, _ = log.export()
    rows = (path / "tables" / "accounts.person.jsonl").read_text(encoding="utf-8")
    assert str(log.person) in rows
    assert "dian@contoh.go.id" not in rows
    leaves = "".join(f.read_text(encoding="utf-8") for f in (path / "leaves").iterdir())
    assert "dian@contoh.go.id" not in leaves


def test_an_assignment_is_not_widened_unseen(note: Note, budi: Actor, siti: Actor) -> None:
    """Attack: let an auditor read the log of one agency more."""
    today = clock.today()
    last = today + timedelta(days=9)
    text = AssignmentText("ST-1", uuid7(), today, last, ("K01", "Z99"), ("U1",))
    assert siti.person
    found = assign(actor=budi, person=siti.person, username="siti", text=text)
    platform = Actor(
        person=uuid7(), username="admin", grant=ActiveGrant(uuid7(), "admin_platform"), acr=2
    )
    confirm_assignment(actor=platform, assignment_id=found)
    assert live() == set()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_assignment SET agencies = array_append(agencies, 'M01')")
    assert live() == {("audit.assignment", "agencies")}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_assignment SET agencies = '{K01,Z99}', units = '{}'")
    assert live() == {("audit.assignment", "units")}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_assignment SET units = '{U1}'")
    end_assignment(actor=budi, assignment_id=found)
    assert live() == set()


def test_a_rule_of_keeping_is_not_shortened_unseen(note: Note) -> None:
    """Attack: let months leave, or personal values be erased, before their time."""
    set_rule(actor=CONSOLE, key="entries_in_database_months", months=84, since=clock.today(),
             basis="Decision 7/2026")  # fmt: skip
    assert live() == set()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_rule SET value = '1' WHERE value = '84'")
    assert live() == {("audit.rule", "months")}
