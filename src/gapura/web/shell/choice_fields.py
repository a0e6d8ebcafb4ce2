"""Fields that are chosen rather than typed: options, confirmations, files."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gapura.web.shell.fields import Text, Typed, about, attributes

NO_CHOICE = _("Choose one of the options under %(label)s.")
Choices = Iterable[tuple[str, Text]] | Callable[[], Iterable[tuple[str, Text]]]


class UploadField(Typed, forms.FileField):
    """One file; its size is checked here, its content by the documents room."""

    kind = "upload"
    default_missing = _("Choose a file to upload.")
    empty = _("The file you chose is empty. Choose the file again, or scan the document again.")
    large = _("The file is larger than %(limit)s MB. Scan it at a lower resolution or in grey.")

    def __init__(
        self, *, label: Text, accept: str = "", most_bytes: int = 2 * 1024 * 1024, **options: Any
    ) -> None:
        super().__init__(label=label, allow_empty_file=True, **options)
        self.most_bytes = most_bytes
        self.fixed = attributes(accept=accept)

    @property
    def most_megabytes(self) -> str:
        """The limit for people: 2, or 1.5."""
        return f"{self.most_bytes / 1024 / 1024:g}"

    def to_python(self, data: Any) -> Any:
        """The uploaded file, neither empty nor too large."""
        if data in self.empty_values:
            return None
        if data.size == 0:
            raise self.problem(self.empty, "empty")
        if data.size > self.most_bytes:
            raise self.problem(self.large, "large", limit=self.most_megabytes)
        return data


class ChoiceField(Typed, forms.ChoiceField):
    """One of some options: `look` is radios or select; `hints` explains options by their value."""

    default_missing = NO_CHOICE

    def __init__(
        self,
        *,
        label: Text,
        choices: Choices = (),
        look: str = "radios",
        hints: Mapping[str, Text] | None = None,
        inline: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label=label, choices=choices, **options)
        self.kind, self.hints, self.inline = look, dict(hints or {}), inline
        self.error_messages["invalid_choice"] = about(NO_CHOICE, label)


class ManyChoicesField(Typed, forms.MultipleChoiceField):
    """Any number of some options, as check boxes."""

    kind = "checkboxes"
    default_missing = _("Choose at least one of the options under %(label)s.")

    def __init__(
        self,
        *,
        label: Text,
        choices: Choices = (),
        hints: Mapping[str, Text] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label=label, choices=choices, **options)
        self.hints = dict(hints or {})
        self.error_messages["invalid_choice"] = about(NO_CHOICE, label)


class CheckField(Typed, forms.BooleanField):
    """One check box, such as a confirmation; when required it must be ticked."""

    kind = "check"
    default_missing = _("Tick the box to confirm: %(label)s")
