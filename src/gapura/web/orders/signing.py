"""Signing on a page: the code is checked against the document that was shown, then the step."""

from collections.abc import Callable
from typing import Any

from gapura.authentication.services import confirm_deed
from gapura.kernel.actor import Actor
from gapura.purchasing.errors import DocumentChanged, NothingToSign
from gapura.purchasing.queries import OrderView
from gapura.web.orders.acts import Do
from gapura.web.orders.fields import CodeForm
from gapura.web.shell.forms import Form


def code_form(view: OrderView, data: Any, files: Any) -> Form:
    """The field for the app's code."""
    return CodeForm(data)


def signed(service: Callable[..., object]) -> Do:
    """The step that confirms the deed first and hands its proof to `service`."""

    def sign(actor: Actor, view: OrderView, values: dict[str, Any]) -> None:
        paper = view.to_sign
        if paper is None:
            raise NothingToSign()
        if values["digest"] != paper.digest:
            raise DocumentChanged()
        deed = confirm_deed(
            actor=actor,
            code=values["code"],
            passkey=values["passkey"],
            digest=paper.digest,
            deed=paper.deed,
        )
        service(actor=actor, order=view.id, deed=deed)

    return sign
