"""When an access was last confirmed in a review, in words, wherever an access is shown."""

from django.utils.translation import gettext as _

from gapura.access.queries import Recertified
from gapura.kernel import clock
from gapura.web.shell.display import day


def confirmed_in_words(found: Recertified | None) -> list[str]:
    """When an access was last confirmed in a review, and until when it waits to be, if it does."""
    if found is None:
        return []
    said = []
    if found.at:
        told = {"day": day(clock.legal_day(found.at)), "name": found.by}
        said.append(_("Confirmed in the access review on %(day)s by %(name)s.") % told)
    if found.due_on:
        told = {"day": day(found.due_on)}
        said.append(_("To be confirmed in the access review by %(day)s.") % told)
    return said
