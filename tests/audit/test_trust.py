"""Policies as C2SP tlog-policy writes them: quorums, and every way of writing them wrong."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gapura.audit.tree.cosignatures import LOG_KEY, WITNESS_KEY, VerifierKey
from gapura.audit.tree.trust import BadPolicy, read_policy


def key(number: int, kind: int = WITNESS_KEY) -> VerifierKey:
    public = Ed25519PrivateKey.from_private_bytes(bytes([number] * 32)).public_key()
    return VerifierKey(f"k{number}.example", kind, public.public_bytes_raw())


LOG = key(0, LOG_KEY)
WITNESSES = "\n".join(
    f"witness {name} {key(number)}" for number, name in enumerate(("X1", "X2", "X3", "Y1", "Y2"), 1)
)
EXAMPLE = f"""# the specification's own example, smaller
log {LOG} https://log.example/

{WITNESSES}
\t group X-witnesses 2 X1 X2 X3
group Y-witnesses any Y1 Y2
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


@pytest.mark.parametrize(
    ("cosigned", "enough"),
    [
        ("X1 X2 Y1", True), ("X1 X3 Y2", True), ("X1 X2 X3 Y1 Y2", True),
        ("X1 Y1", False), ("X1 X2 X3", False), ("Y1 Y2", False), ("", False),
    ],
)  # fmt: skip
def test_a_quorum_in_two_levels_is_counted(cosigned: str, enough: bool) -> None:
    assert read_policy(EXAMPLE).satisfied(cosigned.split()) == enough


def test_what_is_published_reads_the_same_and_tells_no_addresses() -> None:
    policy = read_policy(EXAMPLE.replace(str(key(1)), f"{key(1)} http://10.0.0.7:8060"))
    published = policy.published()
    assert "10.0.0.7" not in published
    again = read_policy(published)
    assert (again.logs, again.groups, again.quorum) == (policy.logs, policy.groups, policy.quorum)


def test_without_witnesses_nobody_is_asked_for() -> None:
    assert read_policy(f"log {LOG}\nquorum none\n").satisfied([])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"log {LOG}", "no quorum"),
        ("quorum nobody", "not defined"),
        ("quorum none\nquorum none", "one line"),
        (f"log {LOG}\nlog {LOG}\nquorum none", "twice"),
        (f"log {key(1)}\nquorum none", "kind"),
        (f"witness a {LOG}\nquorum a", "kind"),
        (f"witness a {key(1)}\nwitness b {key(1)}\nquorum a", "twice"),
        (f"witness a {key(1)}\nwitness a {key(2)}\nquorum a", "taken"),
        (f"witness none {key(1)}\nquorum none", "taken"),
        (f"witness a {key(1)}\ngroup g 2 a\nquorum g", "cannot be"),
        (f"witness a {key(1)}\ngroup g 0 a\nquorum g", "cannot be"),
        (f"witness a {key(1)}\ngroup g 01 a\nquorum g", "neither"),
        (f"witness a {key(1)}\ngroup g any a a\nquorum g", "member"),
        (f"witness a {key(1)}\ngroup g any a\ngroup h any a\nquorum h", "member"),
        (f"group g any a\nwitness a {key(1)}\nquorum g", "not defined"),
        (f"witness a {key(1)}\ngroup g any\nquorum g", "write"),
        ("sunlight x\nquorum none", "no kind"),
        ("quorum none\r\n", "control"),
        ("\n" * 600 + "quorum none", "more than"),
    ],
)
def test_what_the_format_does_not_allow_is_refused(text: str, why: str) -> None:
    with pytest.raises(BadPolicy, match=why):
        read_policy(text)
