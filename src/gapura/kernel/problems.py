"""What can go wrong, said in a way a page can show: what happened, why, what to do."""

from collections.abc import Mapping
from typing import Any


class Problem(Exception):
    """A refusal with a message id in English, its values, and the HTTP status a page answers with.

    Subclasses set `what` and `todo` (message ids with %(name)s places, marked with N_).
    """

    what = ""
    todo = ""
    status = 422
    code = ""

    def __init__(self, **values: Any) -> None:
        super().__init__(self.what % values if values else self.what)
        self.values = values


class FieldProblems(Problem):
    """Several fields are wrong; `fields` maps a field name to a Problem or to a message id."""

    def __init__(self, fields: Mapping[str, "Problem | str"]) -> None:
        super().__init__()
        self.fields = dict(fields)

    def __str__(self) -> str:
        return "; ".join(f"{name}: {problem}" for name, problem in self.fields.items())


class Missing(Problem):
    """Not there, or not there for this actor: the two must look the same."""

    status = 404


class Overtaken(Problem):
    """Someone else moved it first; nothing was changed."""

    status = 409


class Busy(Problem):
    """Too many tries or too much load; `seconds` until it is worth another try."""

    status = 429

    def __init__(self, seconds: int = 60, **values: Any) -> None:
        super().__init__(seconds=seconds, **values)
        self.seconds = seconds
