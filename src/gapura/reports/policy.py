"""Who reads alerts and says what came of them: the agency's own overseers, and the platform."""

from typing import Any

from gapura.audit.queries import mandate_of
from gapura.kernel.actor import Actor
from gapura.kernel.holds import weigh
from gapura.kernel.permissions import (
    Rules,
    clause,
    is_signed_in,
    is_the_system,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_
from gapura.reports.permissions import Can
from gapura.reports.queries.alerts import opened_by
from gapura.reports.states import OPEN

PLATFORM = "admin_platform"
AGENCY = ("admin_instansi", "apip")
_LAW = N_("Government Regulation 60/2008 articles 43 to 48: supervision inside the government.")


@clause(
    N_("You need the role of platform administrator, agency administrator or internal auditor."),
    law=_LAW,
    mend=N_("You can: switch to that role, or request it."),
    link="/requests/new",
)
def oversees_alerts(actor: Actor, thing: Any) -> bool:
    """A role that looks into alerts, with the whole agency it does so for."""
    grant = actor.grant
    if grant is None:
        return False
    return actor.role == PLATFORM or (
        actor.role in AGENCY and bool(grant.agency) and not grant.reach
    )


@clause(N_("This alert belongs to another agency."), law=_LAW)
def oversees_this_agency(actor: Actor, thing: Any) -> bool:
    """The platform sees all of them, an agency's overseers those of the agency.

    Whoever reads under an assignment only reads: what comes of an alert is the agency's to say.
    """
    if thing is None or mandate_of(actor):
        return False
    return actor.role == PLATFORM or (bool(thing.agency) and thing.agency == actor.agency)


@clause(
    N_("This alert does not lie in the assignment under which you read."),
    law=N_("Government Regulation 60/2008 article 49: which inspectorate supervises whom."),
)
def lies_in_the_assignment(actor: Actor, thing: Any) -> bool:
    """What an auditor's assignment opens of other agencies, and of the own one."""
    mandate = mandate_of(actor)
    return bool(mandate and thing is not None and opened_by(mandate).filter(pk=thing.pk).exists())


@clause(
    N_("Nobody decides about an alert that is about themselves."),
    law=N_("OWASP ASVS 5.0 V2.3.5: whoever is watched does not switch the watch off."),
    mend=N_("A colleague with the same role can decide."),
)
def is_about_someone_else(actor: Actor, thing: Any) -> bool:
    """Neither about the actor nor about the officer the actor stands in for."""
    if thing is None or str(actor.person) in thing.values.get("people", ()):
        return False
    return not actor.speaks_for(thing.person, str(thing.values.get("username", "")))


@clause(N_("This alert was decided on already."), mend=N_("You can: open it again with a reason."))
def is_open(actor: Actor, thing: Any) -> bool:
    """Nobody has said yet what came of it."""
    return thing is not None and thing.state in OPEN


@clause(N_("You need the role of platform administrator."), law=_LAW)
def runs_the_platform(actor: Actor, thing: Any) -> bool:
    """Rules and webhooks hold for all agencies."""
    return actor.role == PLATFORM


_SEES = (is_signed_in, oversees_alerts, oversees_this_agency, is_about_someone_else)
_DECIDES = (*_SEES, is_open, signed_in_strongly)
_SETS = (is_signed_in, runs_the_platform, signed_in_strongly)

RULES: Rules = {
    Can.LIST_ALERTS: ((is_signed_in, oversees_alerts, signed_in_strongly),),
    Can.SEE_ALERT: (
        (*_SEES, signed_in_strongly),
        (
            is_signed_in,
            oversees_alerts,
            lies_in_the_assignment,
            is_about_someone_else,
            signed_in_strongly,
        ),
    ),
    Can.RAISE_ALERT: ((is_the_system,),),
    Can.TAKE_ALERT: (_DECIDES,),
    Can.EXPLAIN_ALERT: (_DECIDES,),
    Can.FOLLOW_UP_ALERT: (_DECIDES,),
    Can.UPHOLD_ALERT: (_DECIDES,),
    Can.REOPEN_ALERT: ((*_SEES, signed_in_strongly),),
    Can.SEE_RULES: ((is_signed_in, oversees_alerts, signed_in_strongly),),
    Can.CHANGE_RULE: (_SETS,),
    Can.SEE_WEBHOOKS: (_SETS,),
    Can.REGISTER_WEBHOOK: (_SETS,),
    Can.CLOSE_WEBHOOK: (_SETS,),
    Can.REPLAY_DELIVERY: (_SETS,),
    Can.DELIVER: ((is_the_system,),),
    Can.SEE_FIGURES: ((is_signed_in, oversees_alerts),),
    Can.GET_REPORT: ((is_signed_in, oversees_alerts, signed_in_strongly), (is_the_system,)),
    Can.SUBSCRIBE: ((is_signed_in, oversees_alerts),),
    Can.UNSUBSCRIBE: ((is_signed_in,),),
    Can.COUNT: ((is_the_system,),),
}
register(RULES)
weigh(binding={Can.UPHOLD_ALERT, Can.REGISTER_WEBHOOK})
