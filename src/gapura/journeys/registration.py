"""Registration: a new account with its first password, in the session that waits for the code."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from gapura.accounts import services as accounts
from gapura.accounts.errors import UsernameTaken
from gapura.accounts.queries import Details, check_details
from gapura.authentication import services as authentication
from gapura.authentication.errors import WeakPassword
from gapura.authentication.queries import PasswordContext, password_feedback
from gapura.authentication.services import PreparedPassword, SignIn
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.problems import FieldProblems, Missing, Problem
from gapura.kernel.texts import N_
from gapura.organizations.errors import AgencyClosed
from gapura.organizations.queries import AgencyView, agency


class NumbersDiffer(Problem):
    """Nothing is wrong, but `warnings` should be looked at before going on."""

    what = N_("Your numbers do not quite fit each other.")
    todo = N_("Compare them with your cards. If they are right, confirm that and go on.")

    def __init__(self, warnings: tuple[Problem, ...]) -> None:
        super().__init__()
        self.warnings = warnings


def registration_problems(
    *, actor: Actor, details: Details, password: str
) -> Mapping[str, Problem]:
    """Everything that is wrong, by field, without changing anything; `password` is a field too."""
    found = {name: each[0] for name, each in check_details(details, actor).problems.items()}
    home = _agency_of(details, found)
    feedback = password_feedback(password, _context(details, home))
    if feedback.problems:
        found["password"] = WeakPassword(feedback.problems)
    return found


def register_person(
    *, actor: Actor, details: Details, password: str, compared: bool = False
) -> SignIn:
    """Create the account and its password, and send the code that confirms the address.

    Confirming it in the same session counts as password and e-mail code: it signs in. An address
    that has an account already gets the same answer, and its owner a mail. Not inside a
    transaction.

    :raises FieldProblems: with every problem by field.
    :raises NumbersDiffer: the numbers contradict each other, unless the person has `compared` them.
    :raises TooMany: the address was used for too many registrations, or mails, in a short time.
    :raises HashingBusy: when too many passwords wait to be hashed.
    """
    details = details.tidied()
    problems = registration_problems(actor=actor, details=details, password=password)
    if problems:
        raise FieldProblems(problems)
    warnings = check_details(details, actor).warnings
    if warnings and not compared:
        raise NumbersDiffer(tuple(warnings))
    about = _context(details, _agency_of(details, {}))
    prepared = authentication.prepare_password(password, about)
    try:
        return _create(actor, details, prepared)
    except FieldProblems as error:
        # Sent twice at the same moment: the second takes the place of the first.
        if not _is_own_double(actor, details, error):
            raise
    return _create(actor, details, prepared)


def _create(actor: Actor, details: Details, prepared: PreparedPassword) -> SignIn:
    with transaction.atomic():
        person: UUID = accounts.register(actor=actor, details=details).person_id
        authentication.set_password(actor=actor, person=person, prepared=prepared)
        return authentication.start_confirmation(actor=actor, person=person)


def _is_own_double(actor: Actor, details: Details, error: FieldProblems) -> bool:
    taken = isinstance(error.fields.get("username"), UsernameTaken)
    return taken and not check_details(details, actor).problems


def _agency_of(details: Details, found: dict[str, Problem]) -> AgencyView | None:
    """The home agency; what is wrong with it goes into `found`."""
    if not details.agency or "agency" in found:
        return None
    try:
        view = agency(details.agency)
    except Missing as problem:
        found["agency"] = problem
        return None
    if view.closed_on and view.closed_on <= clock.today():
        found["agency"] = AgencyClosed(name=view.name)
    return view


def _context(details: Details, home: AgencyView | None) -> PasswordContext:
    name = home.name if home else ""
    return PasswordContext(details.name, details.username, details.email, name)
