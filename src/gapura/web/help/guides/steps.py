"""What a guide is made of, and the steps that several guides share."""

from dataclasses import dataclass

from gapura.kernel.texts import N_


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step; `href` is where it is done, empty when it is done elsewhere.

    `picture` names what is shown beside it, see `pictures`.
    """

    title: str
    text: str
    href: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide for the roles whose codes are named."""

    title: str
    about: str
    roles: tuple[str, ...]
    steps: tuple[GuideStep, ...]


SWITCH = GuideStep(
    N_("Check the role you are using"),
    N_("If you hold several roles, the strip under the menu says which one you are using. What "
       "you can do follows from it."),
)  # fmt: skip
LETTER = GuideStep(
    N_("Mind the dates of your letter"),
    N_("Your access ends on the last day of your appointment letter. Request it again with the "
       "new letter in good time."),
    "/requests",
)  # fmt: skip
STRONG = GuideStep(
    N_("Sign in with your authenticator app"),
    N_("This role needs the code of the app. A code by e-mail is not enough."),
    "/account/security",
)  # fmt: skip
SIGN = GuideStep(
    N_("Have your authenticator app at hand for signing"),
    N_("You sign by typing the app's present code on the page that shows the document. The code "
       "counts for this one document only. Read the document before you type it."),
    "/account/security",
)  # fmt: skip
READ = GuideStep(
    N_("Look into the catalog"),
    N_("You can see every product with its price. Choosing is for PP and PPK."),
    "/catalog",
    "catalog",
)  # fmt: skip
