"""How a company and its people come in: asked about, registered, invited, admitted, re-checked."""

from gapura.access.services import (
    admit_person,
    allow_succession,
    ask_to_join,
    change_staff,
    invite_staff,
    leave_company,
    object_to_succession,
    refuse_join,
    refuse_succession,
    remove_staff,
    withdraw_invitation,
    withdraw_join,
    withdraw_succession,
)
from gapura.journeys.onboarding.asking import ask_again
from gapura.journeys.onboarding.comparing import compare_companies
from gapura.journeys.onboarding.ending_papers import remind_of_papers
from gapura.journeys.onboarding.founding import add_paper, keep_papers, register_company
from gapura.journeys.onboarding.identity import prove_identity
from gapura.journeys.onboarding.joining import accept_invitation
from gapura.journeys.onboarding.looking import Outcome, look_up
from gapura.journeys.onboarding.standing import recheck_companies
from gapura.journeys.onboarding.succeeding import begin_takeover, finish_takeover

__all__ = [
    "Outcome",
    "accept_invitation",
    "add_paper",
    "admit_person",
    "allow_succession",
    "ask_again",
    "ask_to_join",
    "begin_takeover",
    "change_staff",
    "compare_companies",
    "finish_takeover",
    "invite_staff",
    "keep_papers",
    "leave_company",
    "look_up",
    "object_to_succession",
    "prove_identity",
    "recheck_companies",
    "refuse_join",
    "refuse_succession",
    "register_company",
    "remind_of_papers",
    "remove_staff",
    "withdraw_invitation",
    "withdraw_join",
    "withdraw_succession",
]
