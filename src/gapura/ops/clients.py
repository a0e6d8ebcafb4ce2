"""`gapura clients`: applications registered and looked after on the server itself."""

import argparse
import json
from pathlib import Path
from typing import Any

from gapura.kernel.actor import system_actor
from gapura.kernel.problems import FieldProblems, Problem
from gapura.ops.trouble import Trouble, say
from gapura.sso.queries import Contract, Profile, client_named
from gapura.sso.services import (
    add_secret,
    close_client,
    make_initial_token,
    register_client,
    suspend_client,
)

_CONSOLE = system_actor("console")
# What a member of a registration is called on the command line, where it is called otherwise.
_OPTIONS = {
    "client_name": "--name",
    "redirect_uris": "--redirect-uri",
    "post_logout_redirect_uris": "--post-logout-redirect-uri",
    "backchannel_logout_uri": "--backchannel-logout-uri",
    "grant_types": "--grant-type",
    "token_endpoint_auth_method": "--auth-method",
    "contacts": "--contact",
    "jwks_uri": "--jwks-uri",
    "agencies": "--told-of-agency",
    "roles": "--told-of-role",
    "profile": "--profile or --no-pkce",
    "most": "--uses",
}


def create_client(options: argparse.Namespace) -> int:
    """Register one and print its name and secret; the secret is printed this once.

    :raises Trouble: with everything that is wrong with what was given.
    """
    try:
        made = register_client(
            actor=_CONSOLE,
            metadata=_metadata(options),
            contract=_contract(options),
            way="command",
        )
    except FieldProblems as problem:
        raise Trouble("\n".join(_lines(problem))) from None
    if options.json:
        told = {"id": str(made.id), "client_id": made.client_id, "client_secret": made.secret}
        print(json.dumps({name: value for name, value in told.items() if value}))
        return 0
    print(f"client_id     {made.client_id}")
    if made.secret:
        print(f"client_secret {made.secret}")
        say("the secret is shown this once; keep it as you keep a password")
    return 0


def suspend(options: argparse.Namespace) -> int:
    """Nothing of it works from now on; `restore` is done on its page, by a person."""
    view = client_named(_CONSOLE, options.client_id)
    suspend_client(actor=_CONSOLE, client=view.row.id, reason=options.reason)
    return _told(options, "suspended", "suspended: none of its tokens works any more")


def close(options: argparse.Namespace) -> int:
    """End it for good."""
    view = client_named(_CONSOLE, options.client_id)
    close_client(actor=_CONSOLE, client=view.row.id, reason=options.reason)
    return _told(options, "closed", "closed for good")


def rotate_secret(options: argparse.Namespace) -> int:
    """Make a new secret and print it, this once; the one before works for some days more."""
    view = client_named(_CONSOLE, options.client_id)
    made = add_secret(actor=_CONSOLE, client=view.row.id, overlap_days=options.overlap_days)
    until = made.old_until.isoformat() if made.old_until else ""
    if options.json:
        told = {"client_id": made.client_id, "client_secret": made.secret, "old_until": until}
        print(json.dumps(told))
        return 0
    print(made.secret)
    if until:
        say(f"the secret before works until {until}")
    say("it is shown this once; keep it as you keep a password")
    return 0


def initial_token(options: argparse.Namespace) -> int:
    """Make a token with which applications register themselves, and print it, this once.

    :raises Trouble: with everything that is wrong with what was given.
    """
    try:
        made = make_initial_token(
            actor=_CONSOLE,
            name=options.name,
            days=options.days,
            most=options.uses,
            agency=options.agency,
            sandbox=options.sandbox,
        )
    except FieldProblems as problem:
        raise Trouble("\n".join(_lines(problem))) from None
    expires = made.expires_at.isoformat()
    if options.json:
        print(json.dumps({"id": str(made.id), "token": made.token, "expires_at": expires}))
        return 0
    print(made.token)
    say(f"it works until {expires}; it is shown this once")
    return 0


def _contract(options: argparse.Namespace) -> Contract:
    return Contract(
        agency=options.agency,
        sandbox=options.sandbox,
        profile=Profile(options.profile),
        needs_pkce=not options.no_pkce,
        roles=tuple(options.told_of_role),
        agencies=tuple(options.told_of_agency),
        audiences=tuple(options.audience),
        resource=options.resource,
        least_acr=options.least_acr,
        asks_consent=not options.no_consent,
    )


def _metadata(options: argparse.Namespace) -> dict[str, Any]:
    told = {
        "client_name": options.name,
        "application_type": "native" if options.native else None,
        "redirect_uris": options.redirect_uri,
        "post_logout_redirect_uris": options.post_logout_redirect_uri or None,
        "backchannel_logout_uri": options.backchannel_logout_uri or None,
        "grant_types": options.grant_type or None,
        "token_endpoint_auth_method": options.auth_method,
        "scope": options.scope or None,
        "contacts": options.contact or None,
        "jwks": _keys(options.jwks) if options.jwks else None,
        "jwks_uri": options.jwks_uri or None,
        "id_token_signed_response_alg": options.id_token_alg,
        "require_pushed_authorization_requests": options.par or None,
        "dpop_bound_access_tokens": options.dpop or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _keys(path: str) -> dict[str, Any]:
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Trouble(f"--jwks: {path} cannot be read as a key set in JSON ({error}).") from None
    if not isinstance(found, dict):
        raise Trouble(f"--jwks: {path} holds no key set.")
    return found


def _told(options: argparse.Namespace, state: str, sentence: str) -> int:
    if options.json:
        print(json.dumps({"client_id": options.client_id, "state": state}))
    else:
        say(sentence)
    return 0


def _lines(problems: FieldProblems) -> list[str]:
    return [f"{_option(name)}: {_sentence(one)}" for name, one in problems.fields.items()]


def _option(member: str) -> str:
    return _OPTIONS.get(member, f"--{member.replace('_', '-')}")


def _sentence(problem: Problem | str) -> str:
    if isinstance(problem, str):
        return problem
    parts = (problem.what, problem.todo)
    return " ".join(part % problem.values if problem.values else part for part in parts if part)
