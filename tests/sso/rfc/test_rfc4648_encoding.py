"""RFC 4648 3.5 and 5: one text for the same octets, and the octets for one text alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapura.sso.protocol.encoding import from_base64url, same, to_base64url
from gapura.sso.protocol.parameters import Parameters, query

# A busy machine is no failure.
calmly = settings(deadline=None)
SIGNS = "ABCZabcz0189-_=+/ \n.\u00e9"


@calmly
@given(st.binary(max_size=200))
def test_section_5_octets_come_back(data: bytes) -> None:
    text = to_base64url(data)
    assert from_base64url(text) == data
    assert not set("+/=\n") & set(text)


@calmly
@given(st.text(SIGNS, max_size=12))
def test_section_3_5_no_two_texts_are_the_same_octets(text: str) -> None:
    try:
        data = from_base64url(text)
    except ValueError:
        return
    assert to_base64url(data) == text


@pytest.mark.parametrize(
    "text", ["A", "AB", "AAB", "AA==", "AA=", "A A", "AA\n", "A+", "A/", "\u00e9"]
)
def test_section_3_5_stray_bits_padding_and_other_signs_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_base64url(text)


@calmly
@given(st.text(max_size=20), st.text(max_size=20))
def test_comparing_in_constant_time_is_comparing(one: str, other: str) -> None:
    assert same(one, other) is (one == other)
    assert same(one, one)


@calmly
@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=20),
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=50),
        max_size=10,
    )
)
def test_parameters_come_back(values: dict[str, str]) -> None:
    """RFC 6749 appendix B: whatever was written is read as it was."""
    sent = Parameters.of(values)
    assert query(sent.encoded()) == sent
