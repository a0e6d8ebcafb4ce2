"""By which way this room erases each thing it holds of a person."""

from gapura.kernel.erasures import declare, deletes
from gapura.reports.models import Subscription

declare("reports", {"subscription": deletes(Subscription)})
