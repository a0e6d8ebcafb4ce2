"""What is kept of personal values is the canonical text, however it was put together."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gapura.audit.canonical import canonical, names
from gapura.audit.commitments import commit, commitment, open_values
from gapura.kernel.encryption import open_sealed

PLACE = "audit_personal.sealed/1/actor"
KINDS: st.SearchStrategy[Any] = st.none() | st.booleans() | st.integers(-9, 9) | st.text()


@given(st.dictionaries(st.text(max_size=5), KINDS | st.lists(KINDS), max_size=4))
def test_kept_bytes_and_commitments_are_those_of_the_canonical_form(values: dict[str, Any]) -> None:
    public, sealed = commit(values, PLACE)
    opened = open_values(sealed, PLACE)
    assert open_sealed(sealed, PLACE) == canonical(opened)
    assert {field: value for field, (_salt, value) in opened.items()} == values
    assert list(opened) == names(values)
    assert public == {f: commitment(salt, f, value) for f, (salt, value) in opened.items()}


def test_each_value_has_a_salt_of_its_own() -> None:
    _, sealed = commit({"a": "x", "b": "x"}, PLACE)
    opened = open_values(sealed, PLACE)
    assert opened["a"][0] != opened["b"][0]
