"""The form that all pages use, and what its fields tell the templates."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property

from gapura.authentication.errors import WeakPassword
from gapura.kernel.problems import FieldProblems, Problem
from gapura.web.shell.choice_fields import (
    CheckField,
    ChoiceField,
    ManyChoicesField,
    UploadField,
)
from gapura.web.shell.day_field import DayField
from gapura.web.shell.display import tr, tr_cited
from gapura.web.shell.fields import CodeField, DigitsField, EmailField, PasswordField, TextField

__all__ = [
    "CheckField",
    "ChoiceField",
    "CodeField",
    "DayField",
    "DigitsField",
    "EmailField",
    "Form",
    "ManyChoicesField",
    "PasswordField",
    "TextField",
    "UploadField",
]


def sentences(problem: Problem | str) -> str:
    """What a problem says to a person: what happened, then what to do, in the active language."""
    if isinstance(problem, str):
        return tr(problem)
    if isinstance(problem, WeakPassword):
        return " ".join(sentences(each) for each in problem.problems)
    texts = (tr_cited(part, problem.values) for part in (problem.what, problem.todo) if part)
    return " ".join(texts)


class Bound(BoundField):
    """A field with its value and errors, as the macros of shell/fields.html read it."""

    @cached_property
    def id(self) -> str:
        """The id that the label, the hint, the error and the error summary point to."""
        return self.auto_id

    @cached_property
    def error(self) -> str:
        """The first error, or an empty text."""
        errors = self.form.errors.get(self.name)
        return str(errors[0]) if errors else ""

    @cached_property
    def hint(self) -> str:
        """The hint under the label, or an empty text."""
        return str(self.field.help_text)

    @cached_property
    def target(self) -> str:
        """The id of the control where the error is mended."""
        find = getattr(self.field, "error_control", None)
        return f"{self.id}{find(self)}" if find else self.id

    @cached_property
    def shown(self) -> Any:
        """The value to show again: what was typed when it was typed, else the initial one."""
        value = self.value()
        return "" if value is None else value

    @cached_property
    def chosen(self) -> frozenset[str]:
        """The chosen values of radios, check boxes and selects, as texts."""
        value = self.shown
        if isinstance(value, list | tuple | set | frozenset):
            return frozenset(str(each) for each in value)
        return frozenset((str(value),))


class Form(forms.Form):
    """A form whose every answer comes from the server, in the person's language.

    The macros render it with `novalidate`: the browser's own bubbles cannot be styled, translated
    or read again. Ids are `f-<name>`.
    """

    bound_field_class = Bound
    required_css_class = ""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        prefix: str | None = None,
    ) -> None:
        super().__init__(
            data,
            files,  # type: ignore[arg-type]
            auto_id="f-%s",
            prefix=prefix,
            initial=dict(initial or {}),
            use_required_attribute=False,
        )

    def __getitem__(self, name: str) -> Bound:
        """The field `name` with its value and error."""
        return cast(Bound, super().__getitem__(name))

    def take(self, problem: Problem) -> None:
        """Put a service's refusal where the person can mend it: at its fields, else on the form.

        A field name that this form does not have goes to the form as a whole.
        """
        if not isinstance(problem, FieldProblems):
            self.add_error(None, sentences(problem))
            return
        for name, each in problem.fields.items():
            self.add_error(name if name in self.fields else None, sentences(each))

    def refuse(self, name: str, problem: Problem) -> None:
        """Put a problem at the field it is about."""
        self.add_error(name, sentences(problem))

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every error as (text, id of the control or an empty text), in the order of the page."""
        whole = [(str(error), "") for error in self.non_field_errors()]
        bounds = (self[name] for name in self.fields)
        return whole + [(bound.error, bound.target) for bound in bounds if bound.error]
