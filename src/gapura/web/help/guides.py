"""Short guides by role, as data: what one does here, in the order in which one does it."""

from dataclasses import dataclass

from gapura.kernel.texts import N_


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step; `href` is where it is done, empty when it is done elsewhere."""

    title: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide for the roles whose codes are named."""

    title: str
    about: str
    roles: tuple[str, ...]
    steps: tuple[GuideStep, ...]


_CHOOSE = GuideStep(
    N_("Choose products"),
    N_("Search the catalog, enter the quantity and choose. The product is then on your unit's "
       "list, which your colleagues see too."),
    "/catalog",
)  # fmt: skip
_SWITCH = GuideStep(
    N_("Check the role you are using"),
    N_("If you hold several roles, the strip under the menu says which one you are using. What "
       "you can do follows from it."),
)  # fmt: skip
_LETTER = GuideStep(
    N_("Mind the dates of your letter"),
    N_("Your access ends on the last day of your appointment letter. Request it again with the "
       "new letter in good time."),
    "/requests",
)  # fmt: skip
_STRONG = GuideStep(
    N_("Sign in with your authenticator app"),
    N_("This role needs the code of the app. A code by e-mail is not enough."),
    "/account/security",
)  # fmt: skip
_READ = GuideStep(
    N_("Look into the catalog"),
    N_("You can see every product with its price. Choosing is for PP and PPK."),
    "/catalog",
)  # fmt: skip

GUIDES = {
    "pa-kpa": Guide(
        N_("Budget user and proxy (PA, KPA)"),
        N_("Answer for the budget and appoint officers."),
        ("pa", "kpa"),
        (
            _SWITCH,
            _READ,
            GuideStep(
                N_("Appoint officers by letter"),
                N_("PPK, PP and treasurer request their own access with the letter that you "
                   "signed. You do not need to enter them here."),
            ),
            _LETTER,
        ),
    ),
    "pp-ppk": Guide(
        N_("Procurement and commitment officers (PP, PPK)"),
        N_("Choose what your unit needs."),
        ("pp", "ppk", "pokja"),
        (
            _SWITCH,
            _CHOOSE,
            GuideStep(
                N_("Look after the unit's list"),
                N_("Change a quantity by choosing the product again; remove what is not needed."),
                "/catalog/chosen",
            ),
            _LETTER,
        ),
    ),
    "treasurer": Guide(
        N_("Treasurer and PPSPM"),
        N_("Prepare and check payments."),
        ("bendahara", "ppspm"),
        (_SWITCH, _READ, _LETTER),
    ),
    "verifier": Guide(
        N_("Agency verifier"),
        N_("Check and decide the access requests of your agency."),
        ("verifikator", "kepala_unit"),
        (
            _STRONG,
            GuideStep(
                N_("Take a request from the queue"),
                N_("Requests are sorted by deadline. Take one, so that nobody else works on it at "
                   "the same time."),
                "/requests/queue",
            ),
            GuideStep(
                N_("Compare the request with the letter"),
                N_("Name, role, unit, dates and signer must agree. The letter is shown beside the "
                   "answers."),
            ),
            GuideStep(
                N_("Decide within 3 days (72 hours)"),
                N_("Approve, ask for a correction field by field, or reject with a reason. The "
                   "applicant reads your words. You cannot decide on your own request."),
            ),
        ),
    ),
    "auditor": Guide(
        N_("Internal auditor (APIP)"),
        N_("Read everything of your agency, change nothing."),
        ("apip",),
        (
            _STRONG,
            GuideStep(
                N_("Open the activity log"),
                N_("Filter by time, person, kind of act or number. Open an entry to see what was "
                   "changed, and its proof. Your looking is recorded too."),
                "/console/log",
            ),
            GuideStep(
                N_("Trust the mark “Verified”"),
                N_("It is computed from a signed tree of all entries each time you look. An entry "
                   "that was altered later does not pass."),
            ),
        ),
    ),
    "administrators": Guide(
        N_("Administrators and helpdesk"),
        N_("Answer people, read the log, decide what comes one level up."),
        ("admin_instansi", "admin_platform", "helpdesk", "kurator"),
        (
            _STRONG,
            GuideStep(
                N_("Answer requests for help"),
                N_("The oldest open question is on top. Never ask anyone for a password or a "
                   "code."),
                "/console/cases",
            ),
            GuideStep(
                N_("Decide requests that came one level up"),
                N_("The platform administrator sees requests that an agency did not answer in "
                   "time, and those for verifiers and administrators."),
                "/requests/queue",
            ),
            GuideStep(
                N_("Check new products"),
                N_("The curator opens a product that waits for a check and puts it into the "
                   "catalog."),
                "/catalog?show=unlisted",
            ),
            GuideStep(
                N_("Read the activity log"),
                N_("The administrator of an agency sees its entries, the platform administrator "
                   "all of them."),
                "/console/log",
            ),
        ),
    ),
    "suppliers": Guide(
        N_("Suppliers (Penyedia)"),
        N_("Offer your company's products."),
        ("admin_perusahaan", "staf_perusahaan"),
        (
            GuideStep(
                N_("Upload a product"),
                N_("Give it a name by which buyers find it, a category and the price for one "
                   "piece in rupiah."),
                "/catalog/upload",
            ),
            GuideStep(
                N_("Wait for the curator"),
                N_("Until it has been checked, only your company sees the product."),
                "/catalog?show=own",
            ),
        ),
    ),
}  # fmt: skip
