"""Guides for those who buy and pay: PA and KPA, PPK, PP, treasurers."""

from dataclasses import replace

from gapura.kernel.texts import N_
from gapura.web.help.guides.letters import ENTER, RENEW
from gapura.web.help.guides.steps import LETTER, READ, SIGN, SWITCH, Guide, GuideStep

_SEARCH = GuideStep(
    N_("Find and choose the goods"),
    N_("Search by name, then narrow by category, price and label. Open a product to compare its "
       "properties and the history of its price. Enter the quantity and choose: the product is "
       "then on your unit's list, which your colleagues see too."),
    "/catalog",
    "catalog",
)  # fmt: skip
_ORDER = GuideStep(
    N_("Make an order from the list"),
    N_("The list is grouped by supplier, because one order goes to one supplier. Press the button "
       "at the supplier, then enter the RUP code, the budget line (MAK), where and until when the "
       "goods are to be delivered."),
    "/catalog/chosen",
    "order-new",
)  # fmt: skip
_COMPARE = GuideStep(
    N_("Compare the price"),
    N_("Beside every line stand the lowest, the middle and the highest price of like products at "
       "that moment. If you want a lower price, propose one. The supplier answers, and every "
       "round is kept. A price above the listed one is not possible."),
)  # fmt: skip
_FOLLOW = GuideStep(
    N_("Follow the order"),
    N_("The order's page always names the next step, who does it and until when. Without an "
       "answer within 3 working days it ends by itself and the goods are free again."),
    "/orders",
    "order",
)  # fmt: skip

BUYING = {
    "pa-kpa": Guide(
        N_("Budget user and proxy (PA, KPA)"),
        N_("Answer for the budget and appoint officers."),
        ("pa", "kpa"),
        (
            replace(SWITCH, picture="role"),
            READ,
            ENTER,
            RENEW,
            LETTER,
        ),
    ),
    "ppk": Guide(
        N_("Commitment officer (PPK)"),
        N_("Review and sign orders, take the goods over, and buy above the ceiling of the PP."),
        ("ppk",),
        (
            SWITCH,
            GuideStep(
                N_("Review what the PP prepared"),
                N_("Orders that wait for you are marked on the page “Orders”. Look at need, budget "
                   "line and price, add special clauses if you need them, then approve. If "
                   "something is wrong, reject it with a reason. You cannot review what you "
                   "drafted as PP."),
                "/orders",
                "review",
            ),
            SIGN,
            GuideStep(
                N_("Sign the order letter (SP)"),
                N_("Approving gives the order its number and makes the order letter. Read it, then "
                   "sign it. From then on the supplier has 3 working days to answer."),
                picture="sign",
            ),
            GuideStep(
                N_("Buy above the ceiling yourself"),
                N_("A PP buys up to the ceiling in force for the region; an order above it says "
                   "so. Above that you choose the goods, make the order, and sign it."),
                "/catalog",
            ),
            GuideStep(
                N_("Check the goods when they arrive"),
                N_("Tick what you checked: that they work, that all are there, that they came in "
                   "time. If something is missing or differs, report that instead, and the "
                   "supplier sends again."),
                picture="receive",
            ),
            GuideStep(
                N_("Sign the handover record (BAST)"),
                N_("Type your unit's own number and sign. The supplier confirms it, and then the "
                   "treasurer can pay."),
                picture="handover",
            ),
            GuideStep(
                N_("Change or cancel a running order"),
                N_("For another day of delivery propose an addendum; the supplier agrees or not. "
                   "To cancel, ask for it with a reason; the administrator decides."),
            ),
            LETTER,
        ),
    ),
    "pokja": Guide(
        N_("Selection working group (Pokja)"),
        N_("Choose suppliers above the ceiling of the PP. The selection itself runs elsewhere; "
           "here you look at products, prices and the orders of your unit."),
        ("pokja",),
        (
            replace(SWITCH, picture="role"),
            READ,
            LETTER,
        ),
    ),
    "pp": Guide(
        N_("Procurement officer (PP)"),
        N_("Choose what your unit needs and prepare orders up to the ceiling."),
        ("pp",),
        (
            SWITCH,
            _SEARCH,
            _ORDER,
            _COMPARE,
            GuideStep(
                N_("Stay below the ceiling"),
                N_("You buy up to the ceiling in force for your region, with tax; an order above "
                   "it says so. A larger order is for the PPK. Do not split it."),
            ),
            GuideStep(
                N_("Send it to the PPK"),
                N_("From now on the goods are held for you. The PPK reviews and signs. If a price "
                   "changed in the meantime, the page shows the old and the new one, and you "
                   "decide."),
            ),
            _FOLLOW,
            GuideStep(
                N_("Check the goods when they arrive"),
                N_("Tick function, quantity and time, and write down what you noticed. The PPK "
                   "signs the handover record."),
                picture="receive",
            ),
            LETTER,
        ),
    ),
    "treasurer": Guide(
        N_("Treasurer and PPSPM"),
        N_("Pay what was handed over, with evidence."),
        ("bendahara", "ppspm"),
        (
            SWITCH,
            GuideStep(
                N_("Open the orders that wait for payment"),
                N_("An order appears here once both sides have confirmed the handover (BAST). "
                   "Before that there is nothing to pay."),
                "/orders",
                "payments",
            ),
            GuideStep(
                N_("Compare order letter and handover record"),
                N_("Both are on the order's page with their signatures. The amount to pay is the "
                   "order's total with tax; it cannot be typed differently."),
            ),
            GuideStep(
                N_("Mark the payment"),
                N_("Choose the way (UP, LS or KKP), enter day and number, and upload the evidence. "
                   "An order can be paid once only, also when two people press at the same "
                   "moment."),
                picture="pay",
            ),
            GuideStep(
                N_("When it is paid elsewhere"),
                N_("Some payments run outside this system. Note that on the order, and confirm it "
                   "with the evidence as soon as you have it."),
            ),
            READ,
            LETTER,
        ),
    ),
}  # fmt: skip
