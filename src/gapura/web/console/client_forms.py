"""Forms of applications: the registration with its contract."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import ROLES
from gapura.kernel import clock
from gapura.sso.queries import (
    AUTH_METHODS,
    CLAIMS,
    GRANT_TYPES,
    PROFILES,
    SCOPES,
    Contract,
    Profile,
)
from gapura.web.shell.display import tr
from gapura.web.shell.forms import (
    CheckField,
    ChoiceField,
    DayField,
    Form,
    ManyChoicesField,
    TextField,
)

_ONE_A_LINE = lazy("One a line.")
_BAD_JSON = lazy("This is no key set in JSON. Paste all of it, from { to }.")
_ALGS = ("ES256", "PS256", "RS256")
_NATIVE, _WEB = "native", "web"


def _lines(label: Any, hint: Any = _ONE_A_LINE, rows: int = 3, longest: int = 4000) -> TextField:
    return TextField(label=label, hint=hint, lines=True, rows=rows, longest=longest, required=False)


def _tick(label: Any, hint: Any = "") -> CheckField:
    return CheckField(label=label, hint=hint, required=False)


class ClientForm(Form):
    """What an application registers, by the names of RFC 7591, and what was agreed on it."""

    client_name = TextField(
        label=lazy("Name"),
        hint=lazy("People read it when they sign in."),
        longest=80,
        spelling=True,
    )
    agency = TextField(
        label=lazy("Agency that owns it"),
        hint=lazy("Its code; empty for the platform. Its administrators see the application and "
                  "change its secrets."),
        longest=20,
        width="10",
        required=False,
    )  # fmt: skip
    contacts = _lines(lazy("Contacts"), lazy("E-mail addresses, one a line, at most 5."), 2, 1300)
    letter_number = TextField(
        label=lazy("Letter of permission: number"), longest=80, required=False, width="20"
    )
    letter_date = DayField(
        label=lazy("Letter of permission: date"), required=False, last=clock.today
    )
    sandbox = _tick(
        lazy("It is for trying out (sandbox)"),
        lazy("It may use plain http on the own machine, and is marked wherever people see it."),
    )
    profile = ChoiceField(
        label=lazy("Profile"),
        choices=lambda: [(code, tr(text)) for code, text in PROFILES.items()],
        hints={
            "standard": lazy("Sign-in with a code and PKCE."),
            "fapi2": lazy("Pushed requests, keys instead of secrets, tokens bound to a key. "
                          "Nothing weaker is accepted."),
        },
    )  # fmt: skip
    grant_types = ManyChoicesField(
        label=lazy("What it does"),
        choices=lambda: [(code, tr(text)) for code, text in GRANT_TYPES.items()],
    )
    token_endpoint_auth_method = ChoiceField(
        label=lazy("How it proves itself"),
        choices=lambda: [(code, tr(text)) for code, text in AUTH_METHODS.items()],
    )
    native = _tick(
        lazy("It is installed on people's own devices (native)"),
        lazy("It may be sent back to the own machine or by a scheme of its own."),
    )
    no_pkce = _tick(
        lazy("Works without PKCE"),
        lazy("Only for old applications with a secret or key: then each request needs a nonce."),
    )
    redirect_uris = _lines(
        lazy("Redirect addresses"),
        lazy("Where people are sent back to after signing in. One a line; each is compared sign by "
             "sign."),
        4,
        20000,
    )  # fmt: skip
    post_logout_redirect_uris = _lines(lazy("Addresses after signing out"), _ONE_A_LINE, 2, 20000)
    backchannel_logout_uri = TextField(
        label=lazy("Address for messages about ended sign-ins"),
        hint=lazy("Back-channel logout. Empty: it is not told."),
        longest=2000,
        required=False,
    )
    jwks = _lines(
        lazy("Its public keys (JWKS)"), lazy("Paste the JSON, or give an address."), 4, 65000
    )
    jwks_uri = TextField(
        label=lazy("Address of its public keys"),
        hint=lazy("We fetch them now, and again twice a day."),
        longest=2000,
        required=False,
    )
    scope = ManyChoicesField(
        label=lazy("What it may ask people for"),
        choices=lambda: [(name, f"{tr(one.text)} ({name})") for name, one in SCOPES.items()],
        required=False,
    )
    claims = ManyChoicesField(
        label=lazy("Only these values"),
        hint=lazy("None chosen means all that the above stands for."),
        choices=lambda: [(name, name) for name in sorted(CLAIMS - {"sub"})],
        required=False,
    )
    roles = ManyChoicesField(
        label=lazy("It is told of these roles only"),
        hint=lazy("None chosen means all that a person holds."),
        choices=lambda: [(code, tr(role.name)) for code, role in ROLES.items()],
        required=False,
    )
    agencies = TextField(
        label=lazy("It is told of these agencies only"),
        hint=lazy("Codes, divided by spaces. Empty means all."),
        longest=400,
        required=False,
    )
    least_acr = ChoiceField(
        label=lazy("How strongly people must have signed in"),
        choices=(
            ("1", lazy("With a code by e-mail or more")),
            ("2", lazy("With an authenticator app or more")),
            ("3", lazy("With a passkey")),
        ),
    )
    asks_consent = _tick(
        lazy("People are asked before it sees anything"),
        lazy("Leave it ticked, unless a law already says what it is told."),
    )
    id_token_signed_response_alg = ChoiceField(
        label=lazy("Signature of ID tokens"), choices=[(a, a) for a in _ALGS], look="select"
    )
    needs_par = _tick(lazy("It must push its requests (PAR)"))
    needs_dpop = _tick(lazy("Its tokens are bound to a key (DPoP)"))
    resource = TextField(
        label=lazy("Its own address as a program that others call"),
        hint=lazy("It may then ask us about tokens for it. Usually empty."),
        longest=300,
        required=False,
    )
    audiences = _lines(
        lazy("Programs that it calls"), lazy("Their addresses, one a line. Usually empty."), 2, 3000
    )

    def clean_jwks(self) -> dict[str, Any] | None:
        """The pasted key set, read."""
        text = self.cleaned_data["jwks"]
        if not text:
            return None
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise ValidationError(_BAD_JSON)
        return found

    def metadata(self, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The registration in the words of RFC 7591; members without a field stay as they were."""
        data = self.cleaned_data
        strict = data["profile"] == Profile.FAPI2.value
        told = {
            "client_name": data["client_name"],
            "application_type": _NATIVE if data["native"] else _WEB,
            "grant_types": data["grant_types"],
            "response_types": None,
            "token_endpoint_auth_method": data["token_endpoint_auth_method"],
            "redirect_uris": data["redirect_uris"].split(),
            "post_logout_redirect_uris": data["post_logout_redirect_uris"].split(),
            "contacts": data["contacts"].split(),
            "scope": " ".join(data["scope"]),
            "id_token_signed_response_alg": data["id_token_signed_response_alg"],
            "backchannel_logout_uri": data["backchannel_logout_uri"] or None,
            "jwks": data["jwks"],
            "jwks_uri": data["jwks_uri"] or None,
            # What the strict profile demands needs no tick.
            "require_pushed_authorization_requests": data["needs_par"] or strict,
            "dpop_bound_access_tokens": data["needs_dpop"] or strict,
        }
        return {**(before or {}), **told}

    def contract(self) -> Contract:
        """What was agreed."""
        data = self.cleaned_data
        return Contract(
            agency=data["agency"],
            sandbox=bool(data["sandbox"]),
            profile=Profile(data["profile"]),
            needs_pkce=not data["no_pkce"],
            claims=tuple(data["claims"]),
            roles=tuple(data["roles"]),
            agencies=tuple(data["agencies"].replace(",", " ").split()),
            audiences=tuple(data["audiences"].split()),
            resource=data["resource"],
            least_acr=int(data["least_acr"]),
            asks_consent=bool(data["asks_consent"]),
            letter_number=data["letter_number"],
            letter_date=data["letter_date"],
        )
