"""Guides for companies: the administrator, and the staff who look after products and orders."""

from gapura.kernel.texts import N_
from gapura.web.help.guides.steps import SIGN, SWITCH, Guide, GuideStep

_UPLOAD = GuideStep(
    N_("Upload a product"),
    N_("Pick its category in three levels; only categories that fit your lines of business (KBLI) "
       "can be chosen. Fill in the properties that the category asks for, the price for one unit "
       "without tax, and the stock. You can leave it as a draft and go on later."),
    "/catalog/upload",
    "upload",
)  # fmt: skip
_PICTURES = GuideStep(
    N_("Add pictures and labels"),
    N_("At least one picture in JPG. Place and camera data are taken out of it. Claim "
       "TKDN, SNI and other labels with number and certificate: a label shows only after the "
       "curator has verified it."),
)  # fmt: skip
_REVIEW = GuideStep(
    N_("Submit it and wait for the curator"),
    N_("Until it is approved only your company sees the product. If it is sent back, the reason is "
       "written there: mend it and submit it again."),
    "/catalog/mine",
)  # fmt: skip
_UPDATE = GuideStep(
    N_("Keep products up to date"),
    N_("Price and stock count at once, and every change is kept. A new name, description, picture "
       "or property is reviewed first; until then the old version stays in the catalog. What you "
       "no longer have, withdraw."),
    "/catalog/mine",
)  # fmt: skip
_OFFERS = GuideStep(
    N_("Answer offers and orders in time"),
    N_("Buyers propose prices, and orders come with a signed order letter. You have 3 working "
       "days; the page names the hour. Without an answer the order ends by itself."),
    "/orders",
    "board",
)  # fmt: skip
_ACCEPT = GuideStep(
    N_("Accept an order by signing"),
    N_("Look at goods, place and day of delivery in the order letter, then sign it. If you cannot "
       "deliver, decline with a reason."),
)  # fmt: skip
_SHIP = GuideStep(
    N_("Send the goods and confirm the handover"),
    N_("Enter courier and number when the goods leave. When the buyer has checked them and signed "
       "the handover record (BAST), confirm it with your code. Then the treasurer pays."),
    picture="ship",
)  # fmt: skip

SELLING = {
    "company-administrators": Guide(
        N_("Company administrator"),
        N_("Register your company, admit its people, and sell."),
        ("admin_perusahaan",),
        (
            GuideStep(
                N_("Register the company"),
                N_("Enter the business number (NIB). We ask OSS, the tax office and the blacklist, "
                   "and show you what they say. Then add the papers that are asked for. If the "
                   "company is registered already, ask its administrator to join."),
                "/company/new",
                "company-new",
            ),
            GuideStep(
                N_("Invite your staff"),
                N_("Each of them gets a link by e-mail that works once and for 7 days. Decide on "
                   "those who ask to join. Whoever leaves the company: remove them at once."),
                "/company",
            ),
            GuideStep(
                N_("Watch the company's standing"),
                N_("It is checked every night. A company that is on the blacklist or whose license "
                   "was revoked gets no new orders; orders that run go on."),
                "/company",
            ),
            _UPLOAD,
            _PICTURES,
            _REVIEW,
            _UPDATE,
            _OFFERS,
            _ACCEPT,
            SIGN,
            _SHIP,
        ),
    ),
    "company-staff": Guide(
        N_("Company staff"),
        N_("Look after your company's products and orders."),
        ("staf_perusahaan",),
        (
            GuideStep(
                N_("Come in by invitation"),
                N_("Your company's administrator invites you. Open the link with the same e-mail "
                   "address that the invitation went to."),
            ),
            SWITCH,
            _UPLOAD,
            _PICTURES,
            _REVIEW,
            _UPDATE,
            _OFFERS,
            _ACCEPT,
            SIGN,
            _SHIP,
        ),
    ),
}  # fmt: skip
