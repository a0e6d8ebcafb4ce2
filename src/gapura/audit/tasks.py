"""This room's background work."""

from uuid import UUID

from gapura.audit.services import drop_old_exports, forget_overdue, make_ahead, make_export
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.jobs import job


@job(name="audit.make_export", retries=3)
def make_export_file(export: str) -> None:
    """Write a file of entries that somebody asked for."""
    make_export(actor=system_actor("export"), export_id=UUID(export))


@job(name="audit.drop_exports", every="41 * * * *")
def drop_exports(timestamp: int) -> None:
    """Each hour: files of entries are kept for a week, then only what they were."""
    drop_old_exports(actor=system_actor("export"), now=clock.now())


@job(name="audit.make_months", every="17 17 * * *")
def make_months(timestamp: int) -> None:
    """Each day: the tables of the months to come, long before somebody needs them."""
    make_ahead(clock.now().date())


@job(name="audit.forget_overdue", every="47 18 * * *")
def forget_personal_parts(timestamp: int) -> None:
    """Each night in Jakarta: personal values in the log whose period of retention is over."""
    forget_overdue(actor=system_actor("retention"))
