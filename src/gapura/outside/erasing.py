"""By which way this room erases each thing it holds of a person."""

from gapura.kernel.erasures import declare, deletes
from gapura.outside.models import Check

declare("outside", {"check": deletes(Check, "subject_id", subject_kind="person")})
