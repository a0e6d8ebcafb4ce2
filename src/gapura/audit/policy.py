"""Who may read the log and who may erase from it."""

from collections.abc import Container
from typing import Any

from gapura.audit.assignments.mandates import ASSIGNED_ROLES, mandate_of
from gapura.audit.events import Readers
from gapura.audit.permissions import Can
from gapura.audit.rules import AGENCY_ADMIN, AGENCY_LOG, WHOLE_LOG
from gapura.kernel.actor import Actor
from gapura.kernel.holds import weigh
from gapura.kernel.permissions import (
    Rules,
    anyone,
    clause,
    is_signed_in,
    is_the_system,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_

_LAW = N_("Government Regulation 71/2019 article 22: the audit trail serves supervision.")


def _has_whole_agency(actor: Actor, roles: Container[str]) -> bool:
    """Whoever is bounded to a part of an agency reads no log of the whole of it."""
    grant = actor.grant
    return bool(grant and grant.role in roles and grant.agency and not grant.reach)


@clause(
    N_("You need the role of platform administrator, agency administrator or internal auditor."),
    law=_LAW,
    mend=N_("You can: switch to that role, or request it."),
    link="/requests/new",
)
def oversees_a_log(actor: Actor, thing: Any) -> bool:
    """A role that reads other people's entries, with the agency it reads them for."""
    return actor.role in WHOLE_LOG or _has_whole_agency(actor, AGENCY_LOG)


@clause(N_("You need the role of platform administrator."), law=_LAW)
def oversees_the_whole_log(actor: Actor, thing: Any) -> bool:
    """The platform reads all agencies."""
    return actor.role in WHOLE_LOG


@clause(N_("The entry must belong to your own agency."), law=_LAW)
def oversees_its_agency(actor: Actor, thing: Any) -> bool:
    """The agency's administrator and auditor, for entries that agencies may read."""
    own = _has_whole_agency(actor, AGENCY_LOG) and thing.agency == actor.agency
    return own and thing.readers == Readers.AGENCY


@clause(
    N_("The entry must be about you or about something you did."),
    law=N_("Law 27/2022 article 32: access to the history of processing."),
)
def is_of_own_life(actor: Actor, thing: Any) -> bool:
    """One's own deeds, and what others did to one's account."""
    mine = actor.person is not None and str(actor.person) in {thing.person, thing.actor_person}
    return mine and thing.readers != Readers.PLATFORM


@clause(N_("The entry must lie in the assignment under which you read."), law=_LAW)
def lies_in_the_assignment(actor: Actor, thing: Any) -> bool:
    """What an auditor's assignment letter opens, of entries that agencies may read."""
    found = mandate_of(actor)
    covered = found is not None and found.covers(thing.agency, thing.unit, thing.subject_label)
    return covered and thing.readers == Readers.AGENCY


@clause(N_("The file must have been made for you, in the role and agency you use now."), law=_LAW)
def is_own_export(actor: Actor, thing: Any) -> bool:
    """A file holds what one role may read: another role of the same person does not get it."""
    return (actor.person, actor.role, actor.agency) == (thing.person, thing.role, thing.agency)


@clause(N_("The kept search must be your own."))
def is_own_view(actor: Actor, thing: Any) -> bool:
    """Shared ones are used by others, never changed by them."""
    return actor.person is not None and actor.person == thing.person


@clause(N_("You need the role of agency administrator or platform administrator."), law=_LAW)
def administers_a_log(actor: Actor, thing: Any) -> bool:
    """What they share, the other overseers of their agency find."""
    return actor.role in WHOLE_LOG or _has_whole_agency(actor, AGENCY_ADMIN)


@clause(
    N_("You need the role of agency administrator of the auditor's own agency."),
    law=N_("Government Regulation 60/2008 article 49: which inspectorate supervises whom."),
)
def assigns_auditors(actor: Actor, thing: Any) -> bool:
    """The agency that sends an auditor registers what for."""
    own = thing is None or thing.agency == actor.agency
    return _has_whole_agency(actor, AGENCY_ADMIN) and own


@clause(N_("You need another role: only auditors and those who send them see assignments."))
def knows_of_assignments(actor: Actor, thing: Any) -> bool:
    """Administrators see those of their agency, auditors their own, the platform all."""
    return actor.role in WHOLE_LOG | AGENCY_ADMIN | ASSIGNED_ROLES


@clause(N_("It needs somebody else: neither the auditor nor who registered the assignment."))
def is_not_their_own_assignment(actor: Actor, thing: Any) -> bool:
    """Four eyes: nobody opens another agency's log to themselves."""
    return thing is None or actor.person not in {thing.person, thing.created_by}


_READS = (is_signed_in, oversees_a_log, signed_in_strongly)
RULES: Rules = {
    Can.CHECK_RECEIPT: ((anyone,),),
    Can.ARCHIVE: ((is_the_system,),),
    Can.SET_RULE: ((is_the_system,),),
    Can.EXPORT: (_READS,),
    Can.FETCH: ((*_READS, is_own_export),),
    Can.MAKE_EXPORT: ((is_the_system,),),
    Can.SAVE_VIEW: (_READS,),
    Can.SHARE_VIEW: ((is_signed_in, administers_a_log, signed_in_strongly),),
    Can.CHANGE_VIEW: ((*_READS, is_own_view),),
    Can.LIST_ASSIGNMENTS: ((is_signed_in, knows_of_assignments, signed_in_strongly),),
    Can.ASSIGN: ((is_signed_in, assigns_auditors, signed_in_strongly),),
    Can.CONFIRM_ASSIGNMENT: (
        (is_signed_in, oversees_the_whole_log, is_not_their_own_assignment, signed_in_strongly),
    ),
    Can.END_ASSIGNMENT: (
        (is_signed_in, assigns_auditors, signed_in_strongly),
        (is_signed_in, oversees_the_whole_log, signed_in_strongly),
    ),
    Can.EXPLORE: ((is_signed_in, oversees_a_log, signed_in_strongly),),
    Can.EXPLORE_OWN: ((is_signed_in,),),
    Can.SHOW: (
        (is_signed_in, oversees_the_whole_log, signed_in_strongly),
        (is_signed_in, oversees_its_agency, signed_in_strongly),
        (is_signed_in, lies_in_the_assignment, signed_in_strongly),
        (is_signed_in, is_of_own_life),
    ),
    Can.BUNDLE: ((is_the_system,),),
    Can.ERASE: ((is_the_system,), (is_signed_in, oversees_the_whole_log, signed_in_strongly)),
}
register(RULES)
# Anybody may check a receipt.
weigh(exempt={Can.CHECK_RECEIPT}, binding={Can.ERASE, Can.ASSIGN})
