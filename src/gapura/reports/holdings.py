"""What this room holds of people: reports they asked to get by mail."""

from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_
from gapura.reports.models import Subscription

SUBSCRIPTIONS = Holding(
    "reports.subscription",
    N_("Reports you get by mail"),
    kind="settings",
    purpose="serve",
    basis="contract",
    keeps="account",
    read=Table(Subscription, ("agency", "since")),
)
