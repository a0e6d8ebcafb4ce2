"""The checklist of an account's health: each question at its border."""

from dataclasses import replace

import pytest

from gapura.authentication.rules import Health, checks

WELL = Health(
    strong_factors=2,
    codes_left=4,
    phone_proven=True,
    email_settled=True,
    identity_settled=True,
    password_over_age=False,
    new_devices=0,
)


def advised(health: Health) -> set[str]:
    return {check.code for check in checks(health) if not check.ok}


def test_all_is_well() -> None:
    assert advised(WELL) == set()
    assert len(checks(WELL)) == 8


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"strong_factors": 1}, "spare"),
        ({"codes_left": 3}, "codes"),
        ({"phone_proven": False}, "phone"),
        ({"email_settled": False}, "email"),
        ({"identity_settled": False}, "identity"),
        ({"password_over_age": True}, "password"),
        ({"new_devices": 1}, "devices"),
    ],
)
def test_one_thing_is_advised(change: dict[str, object], code: str) -> None:
    assert advised(replace(WELL, **change)) == {code}  # type: ignore[arg-type]


def test_without_a_strong_factor_only_that_is_advised_first() -> None:
    bare = replace(WELL, strong_factors=0, codes_left=0)
    assert advised(bare) == {"strong"}
    assert {check.code for check in checks(bare)}.isdisjoint({"spare", "codes"})
