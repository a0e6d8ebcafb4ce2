"""Every UPDATE of the tests is looked at: one whose conditions need a join is refused.

Django moves such conditions into a subquery. An UPDATE that waited for another's looks at its own
conditions again, but not into the subquery, so of two that race for one row both would win.
"""

from django.db.models.sql.compiler import SQLUpdateCompiler


def refuse_joined_updates() -> None:
    """From now on a queryset's `update` with a join fails: lock first, or ask `x__in=subquery`."""
    set_up = SQLUpdateCompiler.pre_sql_setup

    def strict(self: SQLUpdateCompiler) -> None:
        self.query.get_initial_alias()
        if self.query.count_active_tables() > 1:
            raise AssertionError(f"an UPDATE with a join: {self.query.model}")
        set_up(self)

    SQLUpdateCompiler.pre_sql_setup = strict  # type: ignore[method-assign]
