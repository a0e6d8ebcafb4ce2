"""What Jinja does for each output and text, done with less: a table has hundreds of them."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext
from jinja2 import Environment, nodes, pass_eval_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import EvalContext
from markupsafe import Markup, _escape_inner, escape

# More than there are texts in all templates, in both languages.
_TEXTS = 8192


class Generator(CodeGenerator):
    """Writes templates that escape by `shown`."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


class QuickEnvironment(Environment):
    """Jinja's, with quick output."""

    code_generator_class = Generator

    @staticmethod
    def shown(value: Any) -> str:
        """What stands in the page for a value; it is only joined, so it needs no `Markup`."""
        kind = type(value)
        if kind is str:
            return _escape_inner(value)
        return value if kind is Markup else escape(value)


@lru_cache(_TEXTS)
def _translated(_language: str | None, message: str) -> Markup:
    return Markup(gettext(message))  # noqa: S704 - written by us and by our translators


@lru_cache(_TEXTS)
def _finished(language: str | None, message: str) -> Markup:
    return _translated(language, message) % {}


@pass_eval_context
def text(context: EvalContext, message: str, /, **values: Any) -> str:
    """`_("...")` in templates: the text in the active language, its values escaped."""
    if not context.autoescape:
        return gettext(message) % values
    language = get_language()
    return _translated(language, message) % values if values else _finished(language, message)
