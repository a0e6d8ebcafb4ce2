"""What a refusal hands on to the page that explains it: sealed, so that nobody can make one up."""

from dataclasses import dataclass
from typing import Any

from django.core import signing

from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Clause, Verdict, all_rules, rules_for
from gapura.kernel.problems import Missing
from gapura.web.shell.requests import Request, go_to, page_behind

WHY = "/account/why"
_SALT = "why"
_SECONDS = 24 * 3600
_LONGEST_PATH = 300


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was refused: the nearest rule, what of it did not hold, and on which page."""

    permission: str
    role: str
    rule: tuple[Clause, ...]
    missing: tuple[Clause, ...]
    path: str


def why_address(request: Request, verdict: Verdict) -> str:
    """Address of the page that explains a refusal to whoever was refused, for a day."""
    path = page_behind(request)
    told = {
        "who": str(request.actor.person),
        "may": verdict.permission,
        "as": request.actor.role,
        "rule": verdict.rule,
        "not": [clause.name for clause in verdict.missing],
        "on": path if len(path) <= _LONGEST_PATH else "/",
    }
    return str(go_to(WHY, about=signing.dumps(told, salt=_SALT, compress=True))["Location"])


def refusal(actor: Actor, about: str) -> Refusal:
    """Open what `why_address` sealed.

    :raises Missing: not ours, another person's, older than a day, or of a rule that has changed.
    """
    try:
        told: dict[str, Any] = signing.loads(about, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        raise Missing() from None
    permission = told["may"]
    if told["who"] != str(actor.person) or permission not in all_rules():
        raise Missing()
    tables = (*rules_for(actor, permission), *all_rules()[permission])
    known = {clause.name: clause.cited(actor) for rule in tables for clause in rule}
    if not {*told["rule"], *told["not"]} <= set(known):
        raise Missing()
    rule, missing = (tuple(known[name] for name in told[key]) for key in ("rule", "not"))
    return Refusal(permission, told["as"], rule, missing, told["on"])
