"""How often somebody may be wrong, and who counts as one."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network

from gapura.kernel.addresses import address_key as address_key
from gapura.kernel.throttle import Limit


@dataclass(frozen=True, slots=True)
class Guard:
    """`free` failures cost nothing; from then on each one doubles the wait, `first` to `most`.

    All times are in seconds; one failure is forgiven every `drip`. Only failures are counted.
    `source` says why these figures.
    """

    name: str
    free: int
    first: int
    most: int
    drip: int
    source: str


GUARDS: Mapping[str, Guard] = {
    guard.name: guard
    for guard in (
        Guard(
            "name", 10, 300, 3600, 3600,
            "PyPI: 10 in 5 minutes for a name. NIST SP 800-63B-4 3.2.2: at most 100 in a row; the "
            "doubling leaves about 35 a day. One that was typed, whether it has an account or not.",
        ),
        Guard(
            "person", 10, 300, 3600, 3600,
            "As for a name: username and address of one account together.",
        ),
        Guard(
            "here", 10, 300, 3600, 3600,
            "A name tried from one network (/24, /48), where its owner may have signed in before.",
        ),
        Guard(
            "address", 30, 300, 3600, 60,
            "PyPI: 10 in 5 minutes from an address. Thrice that, since a whole office may share "
            "one (IPv6: a /64); one a minute is forgiven.",
        ),
        Guard(
            "device", 10, 300, 3600, 3600,
            "OWASP, Slow Down Online Guessing Attacks with Device Cookies: a known device has a "
            "limit of its own, and those of strangers do not touch it.",
        ),
        Guard(
            "code", 10, 300, 3600, 3600,
            "login.gov: 10 wrong codes, then 10 minutes. With 35 tries a day at six digits a guess "
            "succeeds less than once in 10,000 days of trying.",
        ),
    )
}  # fmt: skip
# The breaker: failures on the whole site, known devices apart. PyPI: 1,000 in 5 minutes; thrice
# that, for a country that signs in at eight o'clock.
SIGN_IN_EVERYWHERE = Limit("sign_in.everywhere", 3000, 300)
# NIST SP 800-63B-4 3.2.2, whatever the waits add up to.
CODES_DAY = Limit("code.person_day", 50, 86400)
# Each browser that somebody has signed in with counts its wrong codes by itself, so that strangers
# and thieves do not keep the owner from signing. But whoever holds password and mailbox makes one
# browser after the other known, so those of the last week have one bound together: of a million
# codes three fit an app at any moment, so 150 tries a day succeed 150 * 3 / 1,000,000 = 0.05 % of
# days. A browser gets out of that bound by being known for a week, each with its notice to the
# owner and its link that locks the account, and then has CODES_DAY: 50 * 3 / 1,000,000 = 0.015 %.
CODES_YOUNG = Limit("code.young_browsers", 150, 86400)
# Codes by e-mail. A known device counts against itself, so that nobody else keeps its owner from a
# code; so does, apart from others, whoever gave the right password at one address.
MAILS_HERE = Limit("code_mail.here", 5, 600)
# Strangers count by the name they typed and where they are. It is said, so it is the same for names
# without an account.
MAILS_NAME = Limit("code_mail.name", 5, 3600)
# Whoever asks for name after name: an office that shares one address may do it for all its people.
MAILS_ADDRESS = Limit("code_mail.address", 60, 3600)
# login.gov: 20 mails an hour. So many reach a mailbox for one step, however many strangers ask, and
# from however many addresses: one alone (two names, five each) gets half of it. It is never said,
# as that would tell who has an account. It does not touch known devices: whoever fills a mailbox
# keeps strangers out, not the owner.
MAILS_PERSON = Limit("code_mail.person", 20, 3600)


def network(ip: str | None) -> str:
    """The neighborhood of an address: /24 for IPv4, /48 for IPv6; an empty text for none."""
    if not ip:
        return ""
    return str(ip_network(f"{ip}/{48 if ':' in ip else 24}", strict=False))
