"""OpenID AuthZEN Authorization API 1.0 without I/O: what is asked, and how the answer reads."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext, override

from gapura.access.queries import ROLES, SAID, STRONGEST, Code, Decision
from gapura.api.doors.bodies import BadRequest
from gapura.kernel.actor import ActiveGrant
from gapura.kernel.permissions import Clause

MOST = 100
_LONGEST = 200
_LANGUAGES = ("en", "id")
_ACR = {f"urn:gapura:acr:{n}": n for n in range(1, STRONGEST + 1)}
_TUPLE = ("subject", "action", "resource", "context")
# When a batch stops; the answer that stops it is its last one.
SEMANTICS: dict[str, bool | None] = {
    "execute_all": None,
    "deny_on_first_deny": False,
    "permit_on_first_permit": True,
}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One evaluation: may this subject do this to that resource, signed in so strongly?"""

    subject: tuple[str, str]
    permission: str
    resource: tuple[str, str]
    acr: int = STRONGEST


@dataclass(frozen=True, slots=True)
class Batch:
    """Several evaluations; a member that cannot be read is answered by itself."""

    questions: tuple[Question | BadRequest, ...]
    stops_at: bool | None


def question(body: Any) -> Question:
    """Read one evaluation.

    :raises BadRequest: a part is missing or has another form; the sentence names it.
    """
    asked = _object(body, "the body")
    subject, action = (
        _object(asked.get("subject"), "subject"),
        _object(asked.get("action"), "action"),
    )
    resource = _object(asked.get("resource"), "resource")
    return Question(
        (_text(subject, "subject", "type"), _text(subject, "subject", "id")),
        _text(action, "action", "name"),
        (_text(resource, "resource", "type"), _text(resource, "resource", "id")),
        _acr(asked.get("context")),
    )


def batch(body: Any) -> Batch | None:
    """Read several evaluations with their defaults; None when the body is a single one.

    :raises BadRequest: for what concerns all of them.
    """
    asked = _object(body, "the body")
    members = asked.get("evaluations")
    if members is None or members == []:
        return None
    if not isinstance(members, list):
        raise BadRequest("evaluations must be an array")
    if len(members) > MOST:
        raise BadRequest(f"at most {MOST} evaluations in one request; there are {len(members)}")
    options = _object(asked.get("options", {}), "options")
    semantic = options.get("evaluations_semantic", "execute_all")
    if not isinstance(semantic, str) or semantic not in SEMANTICS:
        raise BadRequest(f"options.evaluations_semantic must be one of {', '.join(SEMANTICS)}")
    defaults = {name: asked[name] for name in _TUPLE if name in asked}
    return Batch(tuple(_member(one, defaults) for one in members), SEMANTICS[semantic])


def _member(one: Any, defaults: Mapping[str, Any]) -> Question | BadRequest:
    try:
        return question({**defaults, **_object(one, "an evaluation")})
    except BadRequest as bad:
        return bad


def answers(asked: Batch, decide: Callable[[Question], Decision]) -> Iterator[Json]:
    """One answer for each member, up to the one that stops the batch."""
    for one in asked.questions:
        told = unreadable(one) if isinstance(one, BadRequest) else answer(decide(one))
        yield told
        if told["decision"] is asked.stops_at:
            return


def unreadable(bad: BadRequest) -> Json:
    """The answer to a member that cannot be read: closed."""
    return {
        "decision": False,
        "context": {"error": {"status": bad.status, "message": bad.message}},
    }


def answer(found: Decision) -> Json:
    """The decision with its reason in both languages."""
    context: Json = {
        "code": found.code.value,
        "reason_user": _user(found),
        "reason_admin": _admin(found),
        "rule": [clause.name for clause in found.rule],
        "law": [both(law) for law in _laws(found)],
        "missing": [_clause(clause) for clause in found.missing],
        "conditions": [_clause(clause) for clause in found.open],
    }
    if found.grant is not None:
        context["grant"] = _grant(found.grant)
    if found.code is Code.STEP_UP:
        context["needs"] = "step_up"
    return {"decision": found.allowed, "context": context}


def _user(found: Decision) -> dict[str, str]:
    """What happened, and what the person can do."""
    mend = found.missing[0].mend if found.missing and not found.stopped else ""
    return _joined((found.says, mend))


def _admin(found: Decision) -> dict[str, str]:
    """The same for whoever looks into it: all that is missing, with its law."""
    parts = [SAID[found.code], found.stopped]
    for clause in found.missing:
        parts += [clause.says, clause.law]
    return _joined(parts)


def _joined(texts: Iterable[str]) -> dict[str, str]:
    given = [both(text) for text in dict.fromkeys(texts) if text]
    return {language: " ".join(text[language] for text in given) for language in _LANGUAGES}


def _laws(found: Decision) -> list[str]:
    told = found.rule if found.allowed else found.missing
    return list(dict.fromkeys(clause.law for clause in told if clause.law))


def _clause(clause: Clause) -> Json:
    told: Json = {"clause": clause.name, "says": both(clause.says)}
    told |= {n: both(text) for n in ("law", "mend") if (text := getattr(clause, n))}
    return told | ({"link": clause.link} if clause.link else {})


def _grant(grant: ActiveGrant) -> Json:
    until = grant.valid_until.isoformat() if grant.valid_until else None
    told: Json = {"role": grant.role, "role_name": both(ROLES[grant.role].name)}
    for name in ("agency", "unit", "company", "letter", "principal"):
        told |= {name: value} if (value := getattr(grant, name)) else {}
    return {**told, "standing": grant.standing, "valid_until": until}


@lru_cache(maxsize=2048)
def both(text: str) -> dict[str, str]:
    """A message id in both languages."""
    told = {}
    for language in _LANGUAGES:
        with override(language):
            told[language] = gettext(text) if text else ""
    return told


def _object(value: Any, name: str) -> Json:
    if not isinstance(value, dict):
        told = "is missing" if value is None else "must be an object"
        raise BadRequest(f"{name} {told}")
    return value


def _text(holder: Json, name: str, key: str) -> str:
    value = holder.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise BadRequest(f"{name}.{key} must be a text of 1 to {_LONGEST} characters")
    if "properties" in holder:
        _object(holder["properties"], f"{name}.properties")
    return value


def _acr(context: Any) -> int:
    if context is None:
        return STRONGEST
    given = _object(context, "context").get("acr")
    if given is None:
        return STRONGEST
    if not isinstance(given, str) or given not in _ACR:
        raise BadRequest(f"context.acr must be one of {', '.join(_ACR)}")
    return _ACR[given]
