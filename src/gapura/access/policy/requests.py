"""Who may do what with requests, grants and the people of companies."""

from gapura.access.permissions import Can
from gapura.access.policy.clauses import (
    administers_the_company,
    administers_the_platform,
    could_decide,
    founded_the_company,
    holds_an_officer_kind,
    holds_the_claim,
    is_acting_as_verifier,
    is_holder,
    is_not_its_principal,
    is_one_level_up,
    is_requester,
    is_someone_else,
    person_is_in_good_standing,
    role_is_requestable,
    verifies_the_agency,
    verifies_the_holders_agency,
    was_sent_in,
)
from gapura.kernel.permissions import (
    Rules,
    acts_without_conflict,
    is_signed_in,
    is_the_system,
    signed_in_strongly,
)

_OWN = (is_signed_in, is_requester)
_APPLY = (*_OWN, person_is_in_good_standing, role_is_requestable, holds_an_officer_kind)
# First the rule of others: with a weak sign-in it is the nearest, so that the way on is told.
_KNOW = ((is_signed_in, could_decide, was_sent_in, signed_in_strongly), _OWN)
_AT_AGENCY = (is_signed_in, verifies_the_agency, is_someone_else, is_not_its_principal)
_ONE_UP = (is_signed_in, is_one_level_up, is_someone_else, is_not_its_principal)
_TAKE = tuple((*who, signed_in_strongly, acts_without_conflict) for who in (_AT_AGENCY, _ONE_UP))
_DECIDE = tuple((*rule, holds_the_claim) for rule in _TAKE)
_ADMITS = (is_signed_in, administers_the_company, signed_in_strongly)
_END = (
    (is_the_system,),
    (is_signed_in, verifies_the_holders_agency, is_someone_else, signed_in_strongly),
    (is_signed_in, administers_the_platform, is_someone_else, signed_in_strongly),
)

RULES: Rules = {
    Can.DRAFT: (_APPLY,),
    Can.SUBMIT: (_APPLY,),
    Can.RENEW: ((is_signed_in, is_holder, person_is_in_good_standing),),
    Can.LINK_LEGACY: (_OWN,),
    Can.SEE: _KNOW,
    Can.SEE_LETTER: _KNOW,
    Can.WITHDRAW: (_OWN,),
    Can.SEE_QUEUE: ((is_signed_in, is_acting_as_verifier, signed_in_strongly),),
    Can.CLAIM: _TAKE,
    Can.RELEASE: _DECIDE,
    Can.APPROVE: tuple((*rule, person_is_in_good_standing) for rule in _DECIDE),
    Can.ASK_CORRECTION: _DECIDE,
    Can.REJECT: _DECIDE,
    Can.ESCALATE: ((is_the_system,),),
    Can.FOLLOW: ((is_the_system,),),
    Can.SEE_OWN: ((is_signed_in,),),
    Can.SEE_GRANT: (
        (is_the_system,),
        (is_signed_in, is_holder),
        (is_signed_in, could_decide),
        (is_signed_in, administers_the_company),
    ),
    Can.ISSUE: ((is_the_system,),),
    Can.ACTIVATE: ((is_signed_in, is_holder, person_is_in_good_standing, signed_in_strongly),),
    Can.LAPSE: ((is_the_system,),),
    Can.SUSPEND: _END,
    Can.RESUME: _END,
    # The administrator of a company cuts off whoever leaves it, at once.
    Can.REVOKE: (*_END, (*_ADMITS, is_someone_else)),
    Can.FOUND: ((is_signed_in, founded_the_company),),
    Can.SEE_STAFF: ((is_signed_in, administers_the_company),),
    Can.INVITE: (_ADMITS,),
    Can.WITHDRAW_INVITATION: (_ADMITS,),
    Can.ACCEPT: ((is_signed_in,),),
    Can.ASK_TO_JOIN: ((is_signed_in,),),
    Can.ADMIT: ((*_ADMITS, is_someone_else),),
    Can.REFUSE_JOIN: ((*_ADMITS, is_someone_else),),
    Can.WITHDRAW_JOIN: (_OWN,),
}
