"""How refusals of the services get into the forms of the account."""

from http import HTTPStatus

from gapura.kernel.problems import FieldProblems, Problem
from gapura.web.shell.forms import Form


def put(form: Form, problem: Problem, field: str = "") -> None:
    """Show a refusal where it can be mended: at its own fields, at `field`, or on the whole form.

    :raises Problem: the same one, when it has a page of its own (403, 404, 409, 429).
    """
    if problem.status != HTTPStatus.UNPROCESSABLE_ENTITY:
        raise problem
    if field and not isinstance(problem, FieldProblems):
        form.refuse(field, problem)
    else:
        form.take(problem)
