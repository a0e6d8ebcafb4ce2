"""Guides for those who check and help: verifiers, auditors, curators, administrators."""

from dataclasses import replace

from gapura.kernel.texts import N_
from gapura.web.help.guides import letters, logs
from gapura.web.help.guides.steps import LETTER, READ, STRONG, SWITCH, Guide, GuideStep

_LOG = GuideStep(
    N_("Read the activity log"),
    N_("The administrator of an agency sees its entries, the platform administrator all of them."),
    "/console/log",
    "log",
)

OVERSEEING = {
    "verifier": Guide(
        N_("Agency verifier"),
        N_("Check letters, decide requests, and see to access from its first day to its last."),
        ("verifikator",),
        (
            STRONG,
            GuideStep(
                N_("Take a request from the queue"),
                N_("Requests are sorted by deadline. Take one, so that nobody else works on it at "
                   "the same time."),
                "/requests/queue",
                "queue-requests",
            ),
            GuideStep(
                N_("Compare the request with the letter"),
                N_("Name, role, unit, dates and signer must agree. The letter is shown beside the "
                   "answers."),
                picture="review-request",
            ),
            GuideStep(
                N_("Look at what the civil registry says"),
                N_("For name and birth date it only says whether they match. Where it differs or "
                   "does not answer, check the identity by document and tick that you did."),
            ),
            GuideStep(
                N_("Decide within 3 days (72 hours)"),
                N_("Approve, ask for a correction field by field, or reject with a reason. The "
                   "applicant reads your words. You cannot decide on your own request."),
            ),
            letters.ENTER,
            letters.CHECK,
            letters.END,
            letters.RENEW,
            letters.DELEGATE,
            letters.OFFBOARD,
            letters.LOOK_BACK,
        ),
    ),
    "unit-head": Guide(
        N_("Head of a unit (Kepala Unit Kerja)"),
        N_("See to it that the unit's officers hold the access they need, and no longer."),
        ("kepala_unit",),
        (
            replace(SWITCH, picture="role"),
            READ,
            letters.ENDING,
            letters.REVIEW,
            letters.LEAVING,
            LETTER,
        ),
    ),
    "auditor": Guide(
        N_("Internal auditor (APIP)"),
        N_("Read everything of your agency, change nothing."),
        ("apip",),
        (
            STRONG,
            GuideStep(
                N_("Open the orders of your agency"),
                N_("You see every order from the moment it left the buyer's desk: parties, prices "
                   "of all rounds, documents, signatures, payment. Drafts are not shown. Each look "
                   "is recorded."),
                "/orders",
                "audit-order",
            ),
            GuideStep(
                N_("Compare prices"),
                N_("Every line keeps the prices of like products at the time of the order. A "
                   "product's page shows how its price changed, so that a rise just before a sale "
                   "can be seen."),
                "/catalog",
            ),
            GuideStep(
                N_("Open the activity log"),
                N_("Filter by time, person, kind of act or number. Open an entry to see what was "
                   "changed, and its proof. Your looking is recorded too."),
                "/console/log",
                "log",
            ),
            logs.SEARCH,
            logs.SAVE,
            logs.READ_UNDER,
            GuideStep(
                N_("Trust the mark “Verified”"),
                N_("It is computed from a signed tree of all entries each time you look. An entry "
                   "that was altered later does not pass."),
            ),
        ),
    ),
    "curator": Guide(
        N_("Catalog curator (Kurator)"),
        N_("Check products and labels before buyers rely on them."),
        ("kurator",),
        (
            STRONG,
            GuideStep(
                N_("Open the products to check"),
                N_("What has waited longest is on top: new products, and new versions of listed "
                   "ones. For a new version, old and new stand side by side, and what differs is "
                   "marked."),
                "/catalog/review",
                "queue-products",
            ),
            GuideStep(
                N_("Approve or send back"),
                N_("Check name, category, properties, pictures and whether the price is "
                   "reasonable. Send back with a reason and a sentence that tells the supplier "
                   "what to mend. What you decide on is the version that you see: if it was "
                   "changed meanwhile, you are told."),
                picture="review-product",
            ),
            GuideStep(
                N_("Verify labels"),
                N_("Compare number, value and last day with the certificate. The product may be in "
                   "the catalog in the meantime; only the label does not show."),
                picture="label",
            ),
            GuideStep(
                N_("Freeze what must not be bought"),
                N_("A frozen product stays visible but cannot be ordered. Give the reason. Let it "
                   "go again, or take it down for good."),
            ),
        ),
    ),
    "administrators": Guide(
        N_("Administrators and helpdesk"),
        N_("Answer people, read the log, decide what comes one level up."),
        ("admin_instansi", "admin_platform", "helpdesk"),
        (
            STRONG,
            GuideStep(
                N_("Answer requests for help"),
                N_("The oldest open question is on top. Never ask anyone for a password or a "
                   "code."),
                "/console/cases",
                "cases",
            ),
            letters.ENTER,
            letters.END,
            letters.RENEW,
            letters.OFFBOARD,
            letters.OPEN_REVIEW,
            letters.LOOK_BACK,
            GuideStep(
                N_("Bring back people who lost everything"),
                N_("One of you sees the identity card and the face, vouches, and hands over the "
                   "slip; another one agrees. The helpdesk also asks the civil registry. Nobody "
                   "learns a password. Mail, chat or a hurried caller are never enough."),
                "/people/recoveries",
            ),
            GuideStep(
                N_("Decide requests that came one level up"),
                N_("The platform administrator sees requests that an agency did not answer in "
                   "time, and those for verifiers and administrators."),
                "/requests/queue",
            ),
            GuideStep(
                N_("Decide whether an order is cancelled"),
                N_("When buyer or supplier asks to cancel a running order, helpdesk and platform "
                   "administrator read the reason and decide. Goods that were held are then free "
                   "again."),
                "/orders",
            ),
            _LOG,
            logs.SEARCH,
            logs.SAVE,
            logs.ASSIGN,
        ),
    ),
}  # fmt: skip
