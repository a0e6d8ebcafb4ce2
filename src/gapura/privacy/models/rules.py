"""Periods of the law as dated rows."""

from gapura.kernel.dated import DatedRule


class PrivacyRule(DatedRule):
    """Hours and years of UU 27/2022 and of the laws on archives: `access.hours`, `copy.days`."""
