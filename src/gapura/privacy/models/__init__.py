"""Tables of the room: dated rules, erasures, breaches."""

from gapura.privacy.models.rules import PrivacyRule

__all__ = ["PrivacyRule"]
