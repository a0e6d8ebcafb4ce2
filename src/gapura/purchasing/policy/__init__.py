"""Who may do what with an order. `thing` is `rules.Facts` of it."""

from gapura.kernel.holds import weigh
from gapura.kernel.permissions import (
    Rules,
    acts_without_conflict,
    is_signed_in,
    is_the_system,
    register,
    signed_in_strongly,
)
from gapura.purchasing.permissions import Can
from gapura.purchasing.policy.clauses import (
    answers_for_the_budget,
    arbitrates,
    audits_the_agency,
    belongs_to_another_company,
    buys_for_a_unit,
    cancel_was_asked,
    did_not_buy_it,
    did_not_draft_it_as_officer,
    did_not_order_it,
    has_an_addendum,
    holds_the_buyers_office,
    is_buyers_turn,
    is_commitment_officer,
    is_handed_over,
    is_in_process,
    is_not_handed_over,
    is_of_the_unit,
    is_sellers_turn,
    is_treasurer,
    reviewed_it,
    sells_for_the_company,
    somebody_else_reviewed_it,
    was_accepted,
    was_sent,
    watches_over_orders,
    works_with_orders,
)
from gapura.purchasing.policy.duties import looks_after_orders, signs_for_the_company

_OF_UNIT = (is_signed_in, buys_for_a_unit, is_of_the_unit)
_OFFICE = (*_OF_UNIT, holds_the_buyers_office)
_STRONG_OFFICE = (*_OFFICE, belongs_to_another_company, signed_in_strongly)
_COMPANY = (is_signed_in, sells_for_the_company, was_sent)
_STRONG_COMPANY = (*_COMPANY, did_not_buy_it, looks_after_orders, signed_in_strongly)
# A signature of the company: the order letter, the handover record, other terms.
_COMPANY_SIGNS = (*_COMPANY, did_not_buy_it, signs_for_the_company, signed_in_strongly)
_PPK_OF_UNIT = (
    is_signed_in,
    is_commitment_officer,
    is_of_the_unit,
    belongs_to_another_company,
    signed_in_strongly,
)
_REVIEW = (*_PPK_OF_UNIT, did_not_draft_it_as_officer)
_SIGN = (*_REVIEW, reviewed_it)
# Whoever runs the contract for the unit; the other side is the company.
_PPK = (*_PPK_OF_UNIT, is_in_process)
_RUNNING = (is_in_process, is_not_handed_over)
_TREASURY = (
    is_signed_in,
    is_treasurer,
    is_of_the_unit,
    belongs_to_another_company,
    did_not_order_it,
    signed_in_strongly,
)
_CHECK = (*_OF_UNIT, is_in_process, belongs_to_another_company, signed_in_strongly)
_DUE = (*_TREASURY, is_in_process, is_handed_over)
_ANSWER = (
    (*_PPK_OF_UNIT, has_an_addendum, is_buyers_turn),
    (*_STRONG_COMPANY, has_an_addendum, is_sellers_turn),
)
# Other terms bind the company as the order letter did.
_AGREE_TO_OTHERS = (_ANSWER[0], (*_COMPANY_SIGNS, has_an_addendum, is_sellers_turn))
_ARBITER = (is_signed_in, arbitrates, cancel_was_asked, signed_in_strongly)

# What binds the unit, the company or money: a role that the law forbids beside another one the
# person holds is not used for it.
DEEDS = frozenset(
    {
        Can.SUBMIT,
        Can.PROPOSE_PRICE,
        Can.ANSWER_OFFER,
        Can.AGREE,
        Can.APPROVE,
        Can.REJECT,
        Can.SIGN,
        Can.REJECT_SIGNING,
        Can.HAND_OVER_REVIEW,
        Can.ACCEPT,
        Can.DECLINE,
        Can.PROPOSE_ADDENDUM,
        Can.ACCEPT_ADDENDUM,
        Can.DECLINE_ADDENDUM,
        Can.REQUEST_CANCEL,
        Can.GRANT_CANCEL,
        Can.REFUSE_CANCEL,
        Can.RECEIVE,
        Can.HAND_OVER,
        Can.CONFIRM_HANDOVER,
        Can.PAY,
        Can.PAY_OUTSIDE,
        Can.CONFIRM_PAYMENT,
    }
)

_RULES: Rules = {
    Can.LIST: ((is_signed_in, works_with_orders),),
    Can.SEE: (
        _OF_UNIT,
        _COMPANY,
        (is_signed_in, is_treasurer, is_of_the_unit, was_accepted),
        (is_signed_in, audits_the_agency, was_sent),
        (is_signed_in, answers_for_the_budget, is_of_the_unit, was_sent),
        (is_signed_in, arbitrates, cancel_was_asked),
        (is_the_system,),
    ),
    Can.SEE_SPLITTING: ((is_signed_in, watches_over_orders),),
    Can.DRAFT: ((is_signed_in, buys_for_a_unit),),
    Can.SAVE: (_OFFICE,),
    Can.REFRESH: (_OFFICE,),
    Can.DISCARD: (_OFFICE,),
    Can.SUBMIT: (_STRONG_OFFICE,),
    Can.PROPOSE_PRICE: (_STRONG_OFFICE,),
    Can.ANSWER_OFFER: ((*_STRONG_OFFICE, is_buyers_turn), (*_STRONG_COMPANY, is_sellers_turn)),
    Can.AGREE: ((*_STRONG_OFFICE, is_buyers_turn), (*_STRONG_COMPANY, is_sellers_turn)),
    Can.CANCEL_NEGOTIATION: (_STRONG_OFFICE, _STRONG_COMPANY),
    Can.APPROVE: (_REVIEW,),
    Can.REJECT: (_REVIEW,),
    Can.SIGN: (_SIGN,),
    Can.REJECT_SIGNING: (_REVIEW,),
    # The system does it when the reviewer leaves the unit.
    Can.HAND_OVER_REVIEW: ((*_REVIEW, somebody_else_reviewed_it), (is_the_system,)),
    Can.ACCEPT: (_COMPANY_SIGNS,),
    Can.DECLINE: (_STRONG_COMPANY,),
    Can.LAPSE: ((is_the_system,),),
    Can.LOAD: ((is_the_system,),),
    Can.PROPOSE_ADDENDUM: ((*_PPK, is_not_handed_over), (*_COMPANY_SIGNS, *_RUNNING)),
    Can.ACCEPT_ADDENDUM: _AGREE_TO_OTHERS,
    Can.DECLINE_ADDENDUM: _ANSWER,
    Can.REQUEST_CANCEL: ((*_PPK, is_not_handed_over), (*_STRONG_COMPANY, *_RUNNING)),
    Can.GRANT_CANCEL: (_ARBITER,),
    Can.REFUSE_CANCEL: (_ARBITER,),
    Can.SHIP: ((*_COMPANY, looks_after_orders, is_in_process),),
    Can.RECEIVE: (_CHECK,),
    Can.REPORT_MISMATCH: (_CHECK,),
    Can.HAND_OVER: (_PPK,),
    Can.CONFIRM_HANDOVER: ((*_COMPANY_SIGNS, is_in_process),),
    Can.PAY: (_DUE,),
    Can.PAY_OUTSIDE: (_DUE,),
    Can.CONFIRM_PAYMENT: (_TREASURY,),
}

RULES: Rules = {
    can: tuple((*rule, acts_without_conflict) for rule in rules) if can in DEEDS else rules
    for can, rules in _RULES.items()
}

register(RULES)
weigh(
    binding={
        Can.AGREE,
        Can.APPROVE,
        Can.SIGN,
        Can.ACCEPT,
        Can.PROPOSE_ADDENDUM,
        Can.ACCEPT_ADDENDUM,
        Can.GRANT_CANCEL,
        Can.HAND_OVER,
        Can.CONFIRM_HANDOVER,
        Can.PAY,
        Can.PAY_OUTSIDE,
        Can.CONFIRM_PAYMENT,
    }
)
