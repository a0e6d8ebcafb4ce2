"""Usernames: public, chosen, never a number or an e-mail address."""

import re

from gapura.accounts import errors
from gapura.kernel.problems import Problem

SHORTEST, LONGEST = 2, 32
_SIGNS = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?", re.ASCII)
_BETWEEN = re.compile(r"[._-]")
# Names that would pass for the service, its staff, a mailbox of the operator or a role.
_RESERVED_WORDS = """
    abuse account accounts admin administrator admininstansi adminplatform adminperusahaan akun
    all anonim anonymous api apip at auditor bantuan bendahara billing bot call callcenter
    contact cs customer customerservice daemon demo developer dukungan ekatalog email everyone
    expiring faq gapura god guest guests halo help helpdesk hostmaster hubungi humas id
    identities inaproc info informasi instansi internal kasubag keamanan kebijakan kepalaunit
    kpa kurator layanan lkpp login logout lpse mail mailer mailerdaemon manager me moderator
    myaccount nobody noreply notifikasi null official oidc operator owner pa panitia payment
    pejabat pemerintah pengadaan petugas pokja postmaster pp ppk ppspm presiden privacy privasi
    register reviews root saml sa scim security server service sertifikat sirup sistem smtp spse
    sso staf staff status su sudo superadmin superuser support sysadmin syslog system team
    teknis test tester tim undefined user username users verifikasi verifikator verification
    verifier verify webmaster www
"""
_RESERVED = frozenset(_RESERVED_WORDS.split())


def canonical_username(text: str) -> str:
    """Trimmed, ASCII letters in lower case; other letters stay, so that the check names them."""
    text = text.strip()
    return text.lower() if text.isascii() else text


def is_reserved(username: str) -> bool:
    """Passes for the service or a role, with or without signs and digits around it."""
    plain = _BETWEEN.sub("", username)
    return plain in _RESERVED or plain.rstrip("0123456789") in _RESERVED


def username_problem(username: str) -> Problem | None:
    """What is wrong with its form; whether it is reserved or taken is asked apart."""
    if not SHORTEST <= len(username) <= LONGEST:
        return errors.UsernameLength()
    if not _SIGNS.fullmatch(username):
        return errors.UsernameSigns()
    if _BETWEEN.sub("", username).isdigit():
        return errors.UsernameIsNumber()
    return None
