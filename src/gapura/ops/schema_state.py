"""Django's picture of the tables while it migrates, drawn without the tables around each change."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ProjectState

FINDS = "_find_reload_model"  # there is no public door to it


def _itself(state: ProjectState, app: str, model: str, delay: bool = False) -> set[tuple[str, str]]:
    # Django draws all anew before a migration that reads or writes rows if this is set.
    state.is_delayed = True
    return {(app, model)}


@contextmanager
def drawn_alone() -> Iterator[None]:
    """A change of a table makes that table's class again, and not those of all tables near it.

    Most tables lead to persons, so each of some six hundred changes would make nearly all classes:
    four fifths of the time of a first start. Statements for the database come out the same
    (`tests/ops/test_migrate.py`), since of its neighbors a table's statements need only what a
    change never touches: names of tables and the types of keys. Python in migrations sees classes
    that fit each other: they are drawn anew for it.
    """
    before = getattr(ProjectState, FINDS)
    setattr(ProjectState, FINDS, _itself)
    try:
        yield
    finally:
        setattr(ProjectState, FINDS, before)
