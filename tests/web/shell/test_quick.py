"""The quick escape of templates gives what the careful one gives."""

import pytest
from django.utils.functional import lazystr
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from gapura.web.shell.jinja import environment


class Loud(str):
    """A text that is no plain `str`."""

    __slots__ = ()


@given(st.text())
def test_any_text_comes_out_as_markupsafe_has_it(text: str) -> None:
    assert environment().from_string("<p title='{{ t }}'>{{ t }}</p>").render(t=text) == (
        f"<p title='{escape(text)}'>{escape(text)}</p>"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Loud("<b>"), "&lt;b&gt;"),
        (lazystr("<b>"), "&lt;b&gt;"),
        (Markup("<b>"), "<b>"),
        (7, "7"),
        (None, "None"),
        (["<b>"], "[&#39;&lt;b&gt;&#39;]"),
    ],
)
def test_what_is_no_plain_text_is_escaped_too(value: object, shown: str) -> None:
    assert environment().from_string("{{ v }}").render(v=value) == shown


def test_what_a_macro_and_a_block_return_is_not_escaped_twice_nor_trusted_too_early() -> None:
    source = (
        "{% macro m(x) %}<i>{{ x }}{{ caller() if caller is defined else '' }}</i>{% endmacro %}"
        "{% set kept %}<u>{{ v }}</u>{% endset %}{{ kept }}{{ m(v) }}"
        "{% call m(v) %}<s>{{ v }}</s>{% endcall %}{{ v ~ kept }}"
    )
    told = environment().from_string(source).render(v="a&b")
    assert told == ("<u>a&amp;b</u><i>a&amp;b</i><i>a&amp;b<s>a&amp;b</s></i>a&amp;b<u>a&amp;b</u>")
