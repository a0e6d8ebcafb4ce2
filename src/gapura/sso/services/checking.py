"""Checks a registration: the protocol's rules, then what only this platform knows."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from django.conf import settings

from gapura.access.queries import ROLES
from gapura.accounts.queries import email_problem, free_text_problem
from gapura.kernel import clock
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations.queries import agencies_by_code
from gapura.outside.errors import BadAddress
from gapura.outside.services import check_target
from gapura.sso.errors import (
    AgencyUnknown,
    FutureLetter,
    HalfALetter,
    NameLength,
    TooManyContacts,
    UnknownRole,
)
from gapura.sso.flaws import Flawed
from gapura.sso.models import Client
from gapura.sso.protocol.redirects import origin_of
from gapura.sso.protocol.registration import Rules, flaws, validated
from gapura.sso.protocol.scopes import CLAIMS, SCOPES
from gapura.sso.rules import (
    ACRS,
    DYNAMIC_SCOPES,
    LETTER_MOST,
    MOST_CONTACTS,
    NAME_LEAST,
    NAME_MOST,
    Contract,
)

# Ours are asked by us: their hosts are looked at as those of webhooks are (SSRF, CWE-918).
_ASKED_BY_US = ("jwks_uri", "backchannel_logout_uri")


def rules_for(contract: Contract, *, dynamic: bool = False, agreed: Iterable[str] = ()) -> Rules:
    """What a client with this contract may register.

    Where it registers itself it has `agreed` scopes besides the common ones; in the sandbox all.
    """
    bounded = dynamic and not contract.sandbox
    return Rules(
        scopes=DYNAMIC_SCOPES | set(agreed) if bounded else frozenset(SCOPES),
        profile=contract.profile,
        dynamic=dynamic,
        sandbox=contract.sandbox,
        plain_http=not settings.HTTPS,
        needs_pkce=contract.needs_pkce,
    )


def checked(metadata: Mapping[str, Any], contract: Contract) -> dict[str, Any]:
    """The registration with its defaults, for a form or a command.

    :raises FieldProblems: all that is wrong, by the members' names of RFC 7591 and the contract's.
    """
    rules = rules_for(contract)
    problems: dict[str, Problem | str] = {}
    for flaw in flaws(metadata, rules):
        problems.setdefault(flaw.member, Flawed(flaw.member, flaw.why, flaw.description))
    problems = {**_own(metadata), **_of_contract(contract), **problems}
    if problems:
        raise FieldProblems(problems)
    return validated(metadata, rules)


def own_flaw(metadata: Mapping[str, Any]) -> tuple[str, Problem] | None:
    """The first member that the protocol allows and this platform does not; None when all is well.

    For dynamic registration, which tells programs of one flaw at a time.
    """
    return next(iter(_own(metadata).items()), None)


def is_moved(row: Client, metadata: Mapping[str, Any]) -> bool:
    """The way back would lead to a host that the platform has not agreed to.

    What goes beyond the common contract was agreed for certain hosts: whoever finds a management
    token must not have everybody's codes sent elsewhere with it.
    """
    beyond = not row.sandbox and set(row.scopes) - DYNAMIC_SCOPES
    if not (beyond or row.letter_number or not row.asks_consent):
        return False
    known = set(map(origin_of, (*row.redirect_uris, *row.post_logout_redirect_uris)))
    asked = (metadata.get("redirect_uris", ()), metadata.get("post_logout_redirect_uris", ()))
    return not known.issuperset(map(origin_of, chain.from_iterable(asked)))


def tidied(contract: Contract) -> Contract:
    """Without the spaces that come along when texts are copied."""
    return replace(
        contract,
        agency=contract.agency.strip().upper(),
        agencies=tuple(code.strip().upper() for code in contract.agencies if code.strip()),
        letter_number=" ".join(contract.letter_number.split()),
    )


def _own(metadata: Mapping[str, Any]) -> dict[str, Problem]:
    problems: dict[str, Problem] = {}
    name = metadata.get("client_name", "")
    if not isinstance(name, str) or (name and not NAME_LEAST <= len(name) <= NAME_MOST):
        problems["client_name"] = NameLength(least=NAME_LEAST, most=NAME_MOST)
    elif name and (problem := free_text_problem(name, NAME_MOST)) is not None:
        problems["client_name"] = problem
    contacts = metadata.get("contacts", ())
    if isinstance(contacts, list | tuple):
        if len(contacts) > MOST_CONTACTS:
            problems["contacts"] = TooManyContacts(most=MOST_CONTACTS)
        bad = filter(None, (email_problem(str(address)) for address in contacts))
        if (problem := next(bad, None)) is not None:
            problems["contacts"] = problem
    for member in _ASKED_BY_US:
        address = metadata.get(member)
        if isinstance(address, str) and address:
            try:
                check_target(address)
            except BadAddress as problem:
                problems[member] = problem
    return problems


def _of_contract(contract: Contract) -> dict[str, Problem]:
    problems: dict[str, Problem] = {}
    named = {contract.agency, *contract.agencies} - {""}
    known = agencies_by_code(named).keys() if named else set()
    if contract.agency and contract.agency not in known:
        problems["agency"] = AgencyUnknown(code=contract.agency)
    for code in contract.agencies:
        if code not in known:
            problems["agencies"] = AgencyUnknown(code=code)
    for role in contract.roles:
        if role not in ROLES:
            problems["roles"] = UnknownRole(code=role)
    if contract.letter_number and (
        problem := free_text_problem(contract.letter_number, LETTER_MOST)
    ):
        problems["letter_number"] = problem
    if bool(contract.letter_number) != bool(contract.letter_date):
        problems["letter_number"] = HalfALetter()
    if contract.letter_date and contract.letter_date > clock.today():
        problems["letter_date"] = FutureLetter()
    if not set(contract.claims) <= CLAIMS or contract.least_acr not in ACRS:
        raise ValueError("claims and acr are chosen from a list")
    return problems
