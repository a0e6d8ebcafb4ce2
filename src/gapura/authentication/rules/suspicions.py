"""Signs of a stranger in an account: from how many on the security desk looks, and why so many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Threshold:
    """`least` entries of the log within the time `within` make a suspicion of `kind`."""

    kind: str
    least: int
    within: timedelta
    source: str


THRESHOLDS: Mapping[str, Threshold] = MappingProxyType(
    {
        "travel": Threshold(
            "travel", 1, timedelta(hours=24),
            "Two sign-ins, one after the other, further apart than an airliner flies in between: "
            "over 500 km and 1,000 km/h. After a day one gets anywhere.",
        ),
        "guessed": Threshold(
            "failures", 6, timedelta(hours=1),
            "Refused, refused, then let in. Six is below the ten wrong tries that cost nothing, so "
            "a guess that came right before anybody had to wait is seen too; people who forgot a "
            "password seldom try more than five.",
        ),
        "besieged": Threshold(
            "failures", 30, timedelta(hours=24),
            "The waits leave about 35 tries a day for one account (NIST SP 800-63B-4 3.2.2): who "
            "uses most of them up is a program.",
        ),
        "factors": Threshold(
            "factors", 2, timedelta(hours=24),
            "Within a day of a sign-in on a new device: whoever takes an account over changes the "
            "ways in at once, and more than one. One change is what a new telephone needs.",
        ),
        "disavowed": Threshold(
            "disavowed", 1, timedelta(hours=24),
            "The owner said it: each one is looked at.",
        ),
        "cloned": Threshold(
            "cloned_key", 1, timedelta(hours=24),
            "WebAuthn Level 3 6.1.1: a counter that goes back means that there is a copy.",
        ),
    }
)  # fmt: skip
# How far back the job looks for new sign-ins: it may stand still for as long and misses nothing.
LOOK_BACK = timedelta(hours=2)
# Of one suspicion so many entries are kept, the newest; of one run so many people for each sign.
EVIDENCE_MOST = 20
FOUND_MOST = 200
