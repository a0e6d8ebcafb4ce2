"""Verbs of the helpdesk: people ask, are answered, and cases are put away."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from gapura.helpdesk import services
from gapura.helpdesk.queries import cases_for
from gapura.kernel.actor import Actor
from gapura.ops.seeding.doing.world import Verb, World
from gapura.ops.seeding.people import AGENT
from gapura.ops.seeding.questions import QUESTIONS, Question
from gapura.ops.seeding.rounds import Deed


def _question(deed: Deed) -> Question:
    return QUESTIONS[deed.values["question"]]


def _ask(_world: World, deed: Deed) -> None:
    question = _question(deed)
    services.open_case(
        actor=Actor(ip=f"192.0.2.{deed.values['question'] + 1}", user_agent=AGENT),
        name=question.name,
        email=question.email,
        topic=question.topic,
        text=question.text,
        agency=question.agency,
    )


def _case(actor: Actor, question: Question) -> UUID:
    """The newest case of that name, as far as the actor sees it."""
    return next(case.id for case in cases_for(actor) if case.name == question.name)


def _answer(world: World, deed: Deed) -> None:
    actor, question = world.actor(deed.who), _question(deed)
    services.answer_case(actor=actor, case=_case(actor, question), text=question.answer)


def _close(world: World, deed: Deed) -> None:
    actor = world.actor(deed.who)
    services.close_case(actor=actor, case=_case(actor, _question(deed)))


VERBS: Mapping[str, Verb] = MappingProxyType(
    {"ask_for_help": _ask, "answer": _answer, "close_case": _close}
)
