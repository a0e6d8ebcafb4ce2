"""Every permission has a rule and a reviewed line saying who may; every refusal has a reason."""

import pytest

from gapura.access.queries import rights
from gapura.kernel.permissions import Clause, all_rules
from tools.house.inventory import pages, permissions
from tools.house.matrix import FILE, reviewed, rows

ROOMS = {name.split(".")[0] for name in permissions()}
RULES = [rule for name in permissions() for rule in all_rules()[name]]
CLAUSES = {clause.name: clause for rule in RULES for clause in rule}


def test_every_permission_has_a_rule_and_every_rule_a_permission() -> None:
    own = {name for name in all_rules() if name.split(".")[0] in ROOMS}
    assert own == set(permissions())


def test_a_permission_is_named_after_its_room() -> None:
    wrong = {n: m for n, m in permissions().items() if n.split(".")[0] != m.split(".")[1]}
    assert wrong == {}


def test_who_may_do_what_is_as_it_was_reviewed() -> None:
    """Privilege escalation: a changed clause that quietly lets somebody in.

    When the change is meant: `python -m tools.house --rights`, read the difference, commit it.
    """
    known = {row["permission"]: row for row in reviewed()}
    found = {row["permission"]: row for row in rows()}
    changed = {
        name: {who: f"{known.get(name, {}).get(who, '?')} -> {row[who]}" for who in row
               if known.get(name, {}).get(who) != row[who]}
        for name, row in found.items() if known.get(name) != row
    }  # fmt: skip
    assert changed == {}, f"not as in {FILE.name}"
    assert set(known) - set(found) == set(), "these permissions are gone"


def test_the_page_about_rights_tells_the_same() -> None:
    """/help/rights works the answers out by itself, for people; it must not promise others."""
    known = {row["permission"]: row for row in reviewed()}
    for right in (right for right in rights() if right.permission in known):
        row = known[right.permission]
        assert right.public == bool(row["nobody"]), right.permission
        assert right.signed_in == bool(row["person"]), right.permission
        assert [role for role in right.roles if not row[role]] == [], right.permission


def test_nobody_and_people_without_a_role_decide_nothing() -> None:
    """The line between the public and the offices, written twice on purpose."""
    offices = ("approve", "reject", "revoke", "suspend", "explore", "erase", "close_agency")
    for row in reviewed():
        if row["permission"].endswith(offices):
            assert row["nobody"] == row["person"] == "", row["permission"]


@pytest.mark.parametrize("clause", CLAUSES.values(), ids=list(CLAUSES))
def test_a_refusal_says_what_is_missing(clause: Clause) -> None:
    assert clause.says.endswith(".")
    assert clause.test.__doc__, "what the clause holds for"


def test_every_page_names_a_permission_that_exists() -> None:
    unknown = {name: p.permission for name, p in pages().items() if p.permission not in all_rules()}
    assert unknown == {}
