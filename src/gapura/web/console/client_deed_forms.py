"""Small forms on an application's page: reasons, secrets, its logo; and registration tokens."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.sso.queries import (
    REASON_LEAST,
    REASON_MOST,
    USUAL_OVERLAP,
)
from gapura.web.shell.forms import (
    CheckField,
    ChoiceField,
    DigitsField,
    Form,
    TextField,
    UploadField,
)


def _reason(label: Any, hint: Any = "") -> TextField:
    return TextField(
        label=label,
        hint=hint,
        missing=lazy("Write why, in 10 to 300 characters."),
        shortest=REASON_LEAST,
        longest=REASON_MOST,
        lines=True,
        rows=3,
        spelling=True,
    )


class _Deed(Form):
    """Several stand on one page, so each has its own prefix."""

    starts = ""

    def __init__(
        self, data: Mapping[str, Any] | None = None, files: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, files, prefix=self.starts)


class SuspendForm(_Deed):
    """Why nothing of it works for now."""

    starts = "suspend"
    reason = _reason(lazy("Why is it suspended?"), lazy("Its owner can read it, and the auditor."))


class RestoreForm(_Deed):
    """Why it works again."""

    starts = "restore"
    reason = _reason(lazy("Why may it work again?"))


class CloseForm(_Deed):
    """Why it ends for good."""

    starts = "close"
    reason = _reason(
        lazy("Why is it closed?"), lazy("A closed application cannot be opened again.")
    )


class SecretForm(_Deed):
    """How long the secret before goes on working."""

    starts = "secret"
    overlap_days = ChoiceField(
        label=lazy("The secret that works now"),
        choices=(
            ("7", lazy("works for 7 more days")),
            ("1", lazy("works for 1 more day")),
            ("30", lazy("works for 30 more days")),
            ("0", lazy("ends at once, because it leaked")),
        ),
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.initial = {"overlap_days": str(USUAL_OVERLAP)}

    def days(self) -> int:
        """What was chosen."""
        return int(self.cleaned_data["overlap_days"])


class LogoForm(_Deed):
    """A picture; its content is checked by the documents room."""

    starts = "logo"
    picture = UploadField(
        label=lazy("Logo"),
        accept=".jpg,.jpeg,.png",
        hint=lazy("JPG or PNG, at most 0.5 MB, at least 64 pixels wide and high. Only its pixels "
                  "are kept."),
        missing=lazy("Choose a picture."),
    )  # fmt: skip


class InitialTokenForm(Form):
    """A token with which applications register themselves."""

    name = TextField(
        label=lazy("Name"), hint=lazy("Whom it is for, and for what."), longest=80, spelling=True
    )
    agency = TextField(
        label=lazy("Agency that owns what is registered"),
        hint=lazy("Its code; empty for the platform."),
        longest=20,
        width="10",
        required=False,
    )
    days = DigitsField(
        label=lazy("Days that it works"),
        hint=lazy("From 1 to 90."),
        longest=3,
        width="3",
    )
    most = DigitsField(
        label=lazy("Applications that it registers"),
        hint=lazy("From 1 to 50."),
        longest=3,
        width="3",
    )
    sandbox = CheckField(label=lazy("For trying out only (sandbox)"), required=False)

    def chosen(self) -> dict[str, Any]:
        """The keywords of `make_initial_token`."""
        data = self.cleaned_data
        numbers = {"days": int(data["days"]), "most": int(data["most"])}
        return {**data, **numbers, "sandbox": bool(data["sandbox"])}


class RevokeForm(Form):
    """Why a registration token ends."""

    reason = _reason(lazy("Why is it revoked?"))
