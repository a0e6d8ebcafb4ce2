"""Which tales are told how often among the people of the sample data, and when they end."""

from dataclasses import dataclass

from gapura.ops.seeding.identities import DIFFERING, shows_document
from gapura.ops.seeding.tales import (
    Tale,
    account_is_suspended,
    administers,
    comes_to_the_end,
    drafts,
    hesitates,
    holds_two_roles,
    is_checked,
    is_rejected,
    is_sent_back,
    is_suspended,
    leaves,
    lets_lapse,
    looks_around,
    loses_the_letter,
    moves_away,
    must_prove_again,
    registers,
    waits,
    waits_above,
    withdraws,
    works,
    works_after_correction,
    works_after_escalation,
)


@dataclass(frozen=True, slots=True)
class Line:
    """How often a tale is told among 300 people, and when it ends.

    `ends` are hours before now of the tale's last act, one telling each; without them tales end
    between `newest` days ago and the beginning (or `oldest` days ago). `home`: at the agency
    of the demo's own verifiers; `citizens`: every second one holds no office.
    `serials` stand at the end of their NIKs, where the played registry's answer matters.
    """

    tale: Tale
    share: int
    ends: tuple[float, ...] = ()
    newest: float = 14
    oldest: float = 349
    home: bool = False
    citizens: bool = False
    serials: tuple[int, ...] = ()


LINES = (
    Line(registers, 0, (1, 3, 7, 12, 16, 19), citizens=True),
    Line(looks_around, 26, newest=0.5, citizens=True),
    Line(drafts, 14, newest=0.5, oldest=40),
    Line(waits, 0, (71.6, 71.2, 70, 67, 61, 49, 40, 31, 25, 18, 9, 5, 2), home=True),
    Line(waits, 0, (65, 47, 22, 6)),
    Line(is_checked, 0, (0.2, 3, 20), home=True),
    Line(waits_above, 0, (1, 2.5, 4)),
    # Their second three days are over as well: late at the top.
    Line(waits_above, 0, (98, 106)),
    Line(is_sent_back, 10, newest=0.5, oldest=30),
    Line(is_rejected, 16, newest=1),
    Line(withdraws, 7, newest=1),
    Line(hesitates, 14, newest=0.5, oldest=26),
    Line(lets_lapse, 6, newest=33),
    Line(administers, 4),
    Line(works_after_correction, 12),
    Line(works_after_escalation, 8),
    Line(holds_two_roles, 10),
    Line(moves_away, 9, newest=75),
    Line(is_suspended, 6, newest=75),
    Line(loses_the_letter, 5, newest=75),
    Line(comes_to_the_end, 9, newest=75),
    Line(account_is_suspended, 6, newest=75),
    Line(must_prove_again, 6, newest=75),
    Line(leaves, 6, newest=75),
    Line(shows_document, 0, (58, 30, 4), home=True, citizens=True, serials=DIFFERING),
)
# Who comes to a role this way keeps it: orders can rest on it.
STEADY = frozenset({works, works_after_correction, works_after_escalation})
