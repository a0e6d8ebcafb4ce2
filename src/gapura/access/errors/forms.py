"""What can be wrong with the answers of a request's form, with renewals and with old accounts."""

from gapura.kernel.problems import Overtaken, Problem
from gapura.kernel.texts import N_


class NpwpMalformed(Problem):
    """No tax number of 15 or 16 digits, or a wrong check digit."""

    what = N_("This is no tax number (NPWP): a digit is wrong or missing.")
    todo = N_("Copy it from the unit's tax card. It has 15 or 16 digits.")


class AnswerTooLong(Problem):
    """Too short, too long, or with invisible characters."""

    what = N_("Write %(least)s to %(most)s characters, without invisible ones.")
    todo = N_("Type it by hand.")


class RankUnknown(Problem):
    """Not a rank of this type of person."""

    what = N_("This is no rank of your account type.")
    todo = N_("Choose one of the list.")


class BeyondBudgetYear(Problem):
    """Regional budgets: the office ends with the year unless the letter says otherwise."""

    what = N_("Roles paid from a regional budget (APBD) end on %(last)s, with the budget year.")
    todo = N_("Enter that day. If the letter itself names a later one, tick that it does.")

    def __init__(self, *, last: str, law: str) -> None:
        super().__init__(last=last)
        self.law = law


class BeyondTheLetter(Problem):
    """Days outside of the letter's."""

    what = N_("The letter counts from %(first)s to %(last)s. Your days must lie within.")
    todo = N_("Correct the days, or copy another letter.")


class CompanyUnknown(Problem):
    """No company is registered under the number."""

    what = N_("No company with this business number (NIB) is registered here.")
    todo = N_("Its director registers it first. Then come back and enter the number again.")


class CompanyNotInGoodStanding(Problem):
    """Blacklisted, suspended, or its licence revoked."""

    what = N_("%(name)s cannot buy here at present: %(standing)s.")
    todo = N_("The company's administrator sees the reason on the company's page.")


class PrincipalUnknown(Problem):
    """No such username."""

    what = N_("There is no account with this username.")
    todo = N_("Ask the officer for it. It stands in their account, under their name.")


class RenewalTooEarly(Problem):
    """More days are left than the rule lets renew."""

    what = N_("This access can be renewed from %(day)s on.")
    todo = N_("Come back then. You will get a notice.")


class NotRenewable(Overtaken):
    """Ended before its last day, without one, or not activated."""

    what = N_("This access cannot be renewed.")
    todo = N_("Ask for it anew with a letter.")


class RenewedAlready(Overtaken):
    """Another grant follows it."""

    what = N_("This access was renewed already.")
    todo = N_("Open the list of your access to see the new one.")


class EndsTooSoon(Problem):
    """The new letter does not reach beyond the present access."""

    what = N_("The new letter does not reach beyond your present access, which ends on %(last)s.")
    todo = N_("Enter the letter for the time after that.")


class KeptByRenewal(Problem):
    """A renewal keeps role and place."""

    what = N_("A renewal keeps the role and the place of the access that it follows.")
    todo = N_("For another role or place begin a new request.")


class LegacyWrong(Problem):
    """Wrong username or password."""

    what = N_("SiRUP does not know this username with this password.")
    todo = N_(
        "Check both and try again, or go on without: your access does not depend on the old "
        "account."
    )


class LegacyTaken(Problem):
    """The account was linked before, here or elsewhere."""

    what = N_("This SiRUP account was linked before. It can be linked only once.")
    todo = N_(
        "If it is yours and you did not do that, write to the helpdesk. You can go on without it."
    )


class LegacyTooNew(Problem):
    """Made when the accounts of before were not carried over any more."""

    what = N_("Only accounts that SiRUP made before %(day)s are linked. This one is newer.")
    todo = N_("Go on without it: newer accounts have nothing to be carried over.")


class LegacyAnother(Problem):
    """The person linked another account before."""

    what = N_("You linked another SiRUP account before. Each person links one.")
    todo = N_("Go on with the one you have. If it is not yours, write to the helpdesk.")
