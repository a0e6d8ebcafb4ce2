"""E-mail addresses: one plain address, brought to one form, without look-alike letters."""

import re
import unicodedata

from gapura.accounts import errors
from gapura.accounts.rules.names import has_unseen
from gapura.kernel.problems import Problem

LONGEST, LONGEST_LOCAL = 254, 64
# RFC 5321 dot-string; quoted local parts, comments and address literals are refused.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*", re.ASCII)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


def canonical_email(text: str) -> str:
    """Trimmed, the domain in lower case and ASCII (IDNA); the local part as typed.

    Two spellings of one mailbox differ then only in upper and lower case of the local part.
    A text that is no address comes back trimmed only.
    """
    text = text.strip()
    local, at, domain = text.rpartition("@")
    ascii_domain = _ascii_domain(domain)
    return f"{local}@{ascii_domain}" if at and ascii_domain else text


def _ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii").lower() if len(domain) <= LONGEST else ""
    except UnicodeError:
        return ""


def email_problem(text: str) -> Problem | None:
    """What is wrong with one typed address (trimmed)."""
    if len(text) > LONGEST:
        return errors.EmailTooLong()
    if has_unseen(text):
        return errors.TextUnsafe()
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        return errors.EmailMalformed()
    if not local.isascii() or _mixes_scripts(domain):
        return errors.EmailLookalike()
    if len(local) > LONGEST_LOCAL or len(canonical_email(text)) > LONGEST:
        return errors.EmailTooLong()
    if not _LOCAL.fullmatch(local) or not _is_domain(_ascii_domain(domain)):
        return errors.EmailMalformed()
    return None


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    sound = all(_LABEL.fullmatch(label) for label in labels)
    return sound and len(labels) >= 2 and not labels[-1].isdigit()


def _mixes_scripts(domain: str) -> bool:
    """A label with letters of two scripts, or with a sign that IDNA would fold into another."""
    if unicodedata.normalize("NFKC", domain) != domain or _folds(domain):
        return True
    return any(len(_scripts(label)) > 1 for label in domain.split("."))


def _folds(domain: str) -> bool:
    """IDNA 2003 makes ss of a sharp s: the mail would go to the owner of another domain."""
    try:
        return domain.encode("idna").decode("idna").lower() != domain.lower()
    except UnicodeError:
        return False


def _scripts(label: str) -> set[str]:
    """The scripts of a label's letters, by the first word of their Unicode names."""
    letters = (c for c in label if c.isalpha())
    return {unicodedata.name(c, "UNKNOWN").split()[0] for c in letters}
