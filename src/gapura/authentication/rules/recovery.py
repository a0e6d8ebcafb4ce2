"""The way back for somebody who lost everything: what is checked, the slip, the limits."""

from collections.abc import Mapping
from types import MappingProxyType

from gapura.kernel.texts import N_
from gapura.kernel.throttle import Limit

# Who looks at the person, and what has to hold before anybody vouches. All points, always.
VOUCHERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "vouched": frozenset({"verifikator", "admin_instansi"}),
        "operator": frozenset({"helpdesk"}),
        "mailbox": frozenset(),
    }
)
SECONDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "vouched": frozenset({"verifikator", "admin_instansi", "kepala_unit"}),
        "operator": frozenset({"admin_platform"}),
        "mailbox": frozenset(),
    }
)
VOUCH_CHECKLIST: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "vouched": {
            "card": N_("I have seen the identity card"),
            "face": N_("The photo on the card shows this person"),
            "letter": N_("The person works in this agency, as a letter or the staff list shows"),
        },
        "operator": {
            "card": N_("I have seen the identity card"),
            "face": N_("The photo on the card shows this person"),
            "called": N_("I called back at a number that the agency or the account knew before"),
        },
    }
)
# 31 signs without I, L, O, 0 and 1, which look alike on paper: ten of them carry 49 bits.
SLIP_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
SLIP_LENGTH = 10
SLIP_TRIES = 5
STORY_MOST = 600
REASON_LEAST, REASON_MOST = 10, 300
# Asking tells verifiers and the owner, so it must not become a way to pester either.
# By name and address, or by known device: strangers elsewhere use up nothing of the owner's.
ASKED_NAME = Limit("recovery.name", 3, 86400)
ASKED_ADDRESS = Limit("recovery.address", 10, 3600)
# What strangers without the mailbox open, whatever the number of their addresses: one is open at a
# time, and who stops the third one has peace for the day.
OPENED_PERSON = Limit("recovery.opened", 3, 86400)
REGISTRY_PERSON = Limit("recovery.registry", 5, 3600)
RESET_MESSAGES = Limit("reset_phone.person", 3, 600)
RESET_MESSAGES_DAY = Limit("reset_phone.person_day", 10, 86400)
STOPS_ADDRESS = Limit("recovery.stop_address", 60, 3600)


def slip_as_typed(typed: str) -> str:
    """People type spaces, dashes and small letters; anything else makes the code a wrong one."""
    return "".join(sign for sign in typed[:64].upper() if not sign.isspace() and sign != "-")


def grouped_slip(code: str) -> str:
    """`ABCDE-FGHJK`, as it is written on the slip."""
    return f"{code[:5]}-{code[5:]}"
