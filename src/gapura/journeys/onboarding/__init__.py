"""How a company and its people come in: asked about, registered, invited, admitted, re-checked."""

from gapura.access.services import (
    admit_person,
    ask_to_join,
    invite_staff,
    refuse_join,
    remove_staff,
    withdraw_invitation,
    withdraw_join,
)
from gapura.journeys.onboarding.asking import ask_again
from gapura.journeys.onboarding.comparing import compare_companies
from gapura.journeys.onboarding.ending_papers import remind_of_papers
from gapura.journeys.onboarding.founding import add_paper, keep_papers, register_company
from gapura.journeys.onboarding.identity import prove_identity
from gapura.journeys.onboarding.joining import accept_invitation
from gapura.journeys.onboarding.looking import Outcome, look_up
from gapura.journeys.onboarding.standing import recheck_companies

__all__ = [
    "Outcome",
    "accept_invitation",
    "add_paper",
    "admit_person",
    "ask_again",
    "ask_to_join",
    "compare_companies",
    "invite_staff",
    "keep_papers",
    "look_up",
    "prove_identity",
    "recheck_companies",
    "refuse_join",
    "register_company",
    "remind_of_papers",
    "remove_staff",
    "withdraw_invitation",
    "withdraw_join",
]
