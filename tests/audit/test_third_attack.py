"""What a superuser who knows the code changes where no claim looked before, and how it is found."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from gapura.audit.services import verify_log
from gapura.authentication import services
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.purchasing.services import hand_over_review
from tests.audit.bundles import Auditor, Log, Psql
from tests.audit.test_claimed_columns import Found, live, offline
from tests.audit.test_nine_attacks import auditor, evidence, log, psql
from tests.authentication.recovering import come_back, named, waiting
from tests.authentication.world import OTHER_PASSWORD
from tests.purchasing import shop

__all__ = ["auditor", "evidence", "log", "psql"]

SYSTEM = system_actor("tests")
VERSION = "grant_version_is_superseded"
_UNSEEN = "current_setting('transaction_read_only') = 'off' OR role <> 'helpdesk'"
# What is done to the table of grants, and undone.
ROW_SECURITY = (
    (
        "ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; "
        f"CREATE POLICY seen ON access_grant USING ({_UNSEEN})"
    ),
    (
        "DROP POLICY seen ON access_grant; "
        "ALTER TABLE access_grant DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY"
    ),
)
VIEW = (
    (
        "ALTER TABLE access_grant RENAME TO access_grant_real; CREATE VIEW access_grant AS "
        f"SELECT * FROM access_grant_real WHERE {_UNSEEN}; GRANT ALL ON access_grant TO PUBLIC"
    ),
    "DROP VIEW access_grant; ALTER TABLE access_grant_real RENAME TO access_grant",
)


def run(sql: str) -> None:
    """A statement in the database, of which no entry tells."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


@contextmanager
def without(psql: Psql, drop: str, add: str) -> Iterator[None]:
    """A constraint of the tables is gone meanwhile."""
    psql(drop)
    try:
        yield
    finally:
        psql(add)


def test_a_lock_is_not_lifted_unseen(log: Log, auditor: Auditor, psql: Psql) -> None:
    """Attack: open an account that the desk has locked, or ask for it in another's name."""
    services.lock_account(actor=SYSTEM, person=log.person, why="desk", reason="odd sign-ins")
    auditor.keep(log.seal())
    assert live() == offline(log, auditor) == set()
    psql("UPDATE authentication_accountlock SET lift_asked_at = now()")
    asked: Found = {("authentication.lock", "lift_asked")}
    assert live() == offline(log, auditor) == asked
    psql("UPDATE authentication_accountlock SET lift_asked_at = NULL, lifted_at = now()")
    lifted: Found = {("authentication.lock", "locked")}
    assert live() == offline(log, auditor) == lifted
    psql("UPDATE authentication_accountlock SET lifted_at = NULL")
    services.lift_lock(actor=SYSTEM, person=log.person, reason="spoke with her")
    log.seal()
    assert live() == offline(log, auditor) == set()


@pytest.mark.usefixtures("personas", "transactional_db")
@pytest.mark.parametrize(
    ("sql", "column"),
    [
        ("ready_at = now()", "ready"),
        ("new_email = 'penyerang@contoh.id'", "new_address"),
        ("state = 'stopped', ended_at = now()", "state"),
    ],
)
def test_a_way_back_is_not_changed_unseen(sql: str, column: str) -> None:
    """Attack: shorten the wait in which its owner can stop it; send its code somewhere else."""
    waiting()
    assert live() == set()
    run(f"UPDATE authentication_recovery SET {sql}")
    assert live() == {("authentication.recovery", column)}


@pytest.mark.usefixtures("personas", "transactional_db")
def test_a_way_back_that_was_vouched_for_opens_no_other_account_unseen() -> None:
    """Attack: be vouched for lawfully, then point the row at an administrator and come in."""
    row, slip = waiting()
    run(f"UPDATE authentication_recovery SET person_id = '{named('admin').id}'")
    row.refresh_from_db()
    assert row.ready_at
    with clock.frozen(row.ready_at):
        here = come_back(row, slip)
        services.finish_return(actor=here.actor, password=OTHER_PASSWORD)
    assert ("authentication.recovery", "person") in live()


@pytest.mark.usefixtures("transactional_db")
def test_an_approved_order_gets_no_other_ppk_unseen() -> None:
    """Attack: let somebody else sign and settle what a PPK has approved."""
    shop.places()
    here = shop.opened()
    here.until("sign")
    hand_over_review(actor=shop.acting("ppk"), order=here.until("sign"))
    assert _of_orders() == set()
    run(f"UPDATE purchasing_order SET ppk_id = '{here.seller.person}' WHERE ppk_id IS NOT NULL")
    assert _of_orders() == {("purchasing.order", "ppk")}


def _of_orders() -> Found:
    """The people of the shop came to be without entries."""
    return {one for one in live() if one[0] == "purchasing.order"}


def test_no_grant_hides_among_the_versions_of_another(
    log: Log, auditor: Auditor, psql: Psql
) -> None:
    """Attack: a role that says it is the older version of a role, and works all the same."""
    made = (
        "INSERT INTO access_grant SELECT (jsonb_populate_record(g, jsonb_build_object('id', "
        "gen_random_uuid(), 'version_of_id', g.id, 'role', 'helpdesk'))).* FROM access_grant g"
    )
    back = (
        "DELETE FROM access_grant WHERE version_of_id IS NOT NULL; ALTER TABLE access_grant ADD "
        f"CONSTRAINT {VERSION} CHECK (version_of_id IS NULL OR superseded_at IS NOT NULL)"
    )
    with without(psql, f"ALTER TABLE access_grant DROP CONSTRAINT {VERSION}", back):
        psql(made)
        assert live() == offline(log, auditor) == {("access.grant", "row_without_event")}


def test_a_number_does_not_move_into_the_name(log: Log, auditor: Auditor, psql: Psql) -> None:
    """Attack: take the NIK from somebody, so that they can register once more, and write it
    behind the name: put together, both look as before.
    """
    moved = "name = name || '|' || encode(nik_lookup, 'hex'), nik_lookup = NULL"
    table = "ALTER TABLE accounts_person ALTER nik_lookup"
    back = (
        "UPDATE accounts_person SET nik_lookup = decode(split_part(name, '|', 2), 'hex'), "
        f"name = split_part(name, '|', 1); {table} SET NOT NULL"
    )
    with without(psql, f"{table} DROP NOT NULL", back):
        psql(f"UPDATE accounts_person SET {moved}")
        assert live() == offline(log, auditor) == {("accounts.person", "identity")}


@pytest.mark.parametrize(("sql", "back"), [ROW_SECURITY, VIEW], ids=["row security", "view"])
def test_a_table_that_shows_the_check_something_else_is_found(
    log: Log, psql: Psql, sql: str, back: str
) -> None:
    """Attack: let the database answer a check, which only reads, in another way than the pages."""
    with without(psql, sql, back):
        assert live_kinds() == {("disguised", "access_grant")}
    assert live() == set()


def live_kinds() -> set[tuple[str, str]]:
    """Kind and table of what the live check finds."""
    found = verify_log(tables=True)
    return {(f.kind, str(f.values.get("table"))) for f in found.findings}
