"""A letter of the register, as the request of one of its officers takes it over."""

from uuid import UUID

from gapura.kernel.actor import Actor
from gapura.organizations.errors import NoSuchLetter
from gapura.organizations.models import AppointmentLetter
from gapura.organizations.queries.letters import registered_letters
from gapura.organizations.queries.places import LetterView, letter_view


def chosen_letter(actor: Actor, letter_id: UUID, agency: str, unit: str, role: str) -> LetterView:
    """What a checked letter says that a request for this role and place may rest on.

    Its file is for those who may see letters: it names others, too.

    :raises NoSuchLetter: unknown, not checked, over, or of another place or role.
    """
    found = registered_letters(actor, agency, unit)
    if all(each.id != letter_id or role not in each.roles for each in found):
        raise NoSuchLetter()
    return letter_view(AppointmentLetter.objects.select_related("agency", "unit").get(pk=letter_id))
