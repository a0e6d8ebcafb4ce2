"""What each outcome of a look at a business number means, and what helps. As data."""

from dataclasses import dataclass

from gapura.kernel.texts import N_

START = "/company/new"


@dataclass(frozen=True, slots=True)
class Explained:
    """One outcome: its address below /company/new, what it means, what to do, where to go on.

    `todo` are sentences; `ways` pairs of address and text. Values come from the facts' detail.
    """

    slug: str
    title: str
    why: str
    todo: tuple[str, ...]
    ways: tuple[tuple[str, str], ...] = ()


_AGAIN = (START, N_("Try another business number"))
_HELP = ("/help/contact", N_("Write to the helpdesk"))

EXPLAINED: dict[str, Explained] = {
    "not_valid": Explained(
        "not-valid",
        N_("This business number is not valid"),
        N_("OSS knows no business with this number, or has revoked it."),
        (
            N_("Compare the 13 digits with your NIB document. It may begin with 0."),
            N_("If it was revoked, renew it at oss.go.id first. OSS decides this, not we."),
        ),
        (_AGAIN,),
    ),
    "owner_differs": Explained(
        "owner-differs",
        N_("OSS names another owner"),
        N_("The NIK of your account is not the one that OSS holds for this business number."),
        (
            N_("Only the owner or director named in OSS can register the company."),
            N_("Ask them to do it, and to invite you then."),
            N_("If you are the new director, have your NIK changed in OSS first."),
        ),
        (_AGAIN, ("/company/join", N_("Join a company that is registered"))),
    ),
    "blacklisted": Explained(
        "blacklisted",
        N_("This company is on the blacklist"),
        N_("The national blacklist names this company, so it cannot be registered now."),
        (
            N_("Whoever made the decision can tell you its reasons and how to object."),
            N_("When the time is over or the decision was lifted, enter the number again."),
        ),
        (_HELP,),
    ),
    "already_registered": Explained(
        "already-registered",
        N_("This company is registered already"),
        N_("Each business number is registered once. You can join the company instead."),
        (
            N_("Ask to be admitted. The company's administrators are told and decide."),
            N_("If you are its new director and nobody can admit you, take it over."),
            N_("If nobody in the company knows of this, write to the helpdesk at once."),
        ),
        (("/company/takeovers/new", N_("Take over a company as its new head")), _HELP),
    ),
    "tax_differs": Explained(
        "tax-differs",
        N_("The tax number does not fit the company"),
        N_("The tax office does not know the company's tax number as active under this name."),
        (
            N_("Compare name and NPWP (16 digits) in OSS with your tax card."),
            N_("Have it corrected in OSS or at your tax office, then enter the number again."),
        ),
        (_AGAIN,),
    ),
    "unavailable": Explained(
        "unavailable",
        N_("An authority does not answer just now"),
        N_("We could not finish the check. Nothing was decided, and nothing is lost."),
        (N_("Try the same number again later. You need not do anything else."),),
        (("/company/new", N_("Try again")),),
    ),
    "identity_open": Explained(
        "identity",
        N_("Your own identity has to be confirmed first"),
        N_("OSS is asked with your NIK, and only once it is certain that the NIK is yours."),
        (
            N_("Look at what the civil registry said about your name and date of birth."),
            N_("Correct your data, or have the registry asked again."),
            N_("If your data are right and the registry says otherwise, write to the helpdesk."),
        ),
        (("/account/identity", N_("Check your personal data")), _HELP),
    ),
}
