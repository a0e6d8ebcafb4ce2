"""How signing and cosigning go, in one statement: for readiness and metrics."""

from typing import NamedTuple

# A minute between checkpoints and two for a signer that is started anew.
SIGNING_MAY_LAG = 180

# The age of the oldest leaf that no checkpoint covers is that of its entry; the rest is counted.
SIGNALS = """
    WITH newest AS (
        SELECT number, size FROM audit_checkpoint ORDER BY number DESC LIMIT 1),
    waiting AS (
        SELECT l.event_id FROM audit_leaf l
        WHERE l.index = coalesce((SELECT size FROM newest), 0))
    SELECT coalesce((SELECT extract(epoch FROM clock_timestamp() - e.recorded_at)
                     FROM audit_event e JOIN waiting w ON w.event_id = e.id), 0)::float8,
           coalesce((SELECT trouble FROM audit_party WHERE name = 'signer'), ''),
           (SELECT count(*) FROM audit_party WHERE name <> 'signer' AND trouble <> ''),
           (SELECT count(*) FROM audit_party WHERE trouble IN ('refused', 'split')),
           (SELECT count(*) FROM audit_cosignature WHERE number = (SELECT number FROM newest))
"""


class Signals(NamedTuple):
    """Seconds since the oldest unsigned leaf was recorded, the signer's trouble, how many witnesses
    fail, how many parties were shown another history, cosignatures of the newest checkpoint."""

    seconds: float = 0.0
    signer: str = ""
    failing: int = 0
    split: int = 0
    cosigned: int = 0

    @property
    def word(self) -> str:
        """What readiness says of it: `ok`, `waiting`, or `refused`, which is an alarm."""
        if self.split:
            return "refused"
        return "waiting" if self.seconds > SIGNING_MAY_LAG else "ok"
