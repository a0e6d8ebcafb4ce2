"""Asks about companies: licence, tax and blacklist."""

import re

from gapura.outside.answers import About, BlacklistAnswer, BusinessAnswer, Proof, TaxAnswer
from gapura.outside.asking import Question, ask
from gapura.outside.authorities import BLACKLIST, OSS, TAX
from gapura.outside.errors import BadQuestion
from gapura.outside.reading import Answer, Nonsense
from gapura.outside.rules import FORMS, SCALES

NIB = re.compile(r"[0-9]{13}")
NPWP = re.compile(r"[0-9]{16}")
NIK = re.compile(r"[0-9]{16}")
KBLI = re.compile(r"[0-9]{5}")
REGENCY = re.compile(r"[0-9]{2}\.[0-9]{2}")


def check_business(*, subject: About, nib: str, owner_nik: str) -> BusinessAnswer:
    """What does OSS know of this business number, and is the person with that NIK its owner?

    :raises AuthorityDown: when there is no proper answer; nothing is known then.
    :raises BadQuestion: for a NIB that is not 13 digits or a NIK that is not 16.
    """
    _demand(NIB.fullmatch(nib) and NIK.fullmatch(owner_nik))
    body = {"nib": nib, "owner_nik": owner_nik}
    return ask(Question(OSS, "business", subject, "/v1/businesses/lookup", body), _business)


def _business(answer: Answer, proof: Proof) -> BusinessAnswer:
    status = answer.choice("status", "active", "not_found", "revoked")
    if status != "active":
        return BusinessAnswer(status, "", "", False, "", (), "", "", proof)
    return BusinessAnswer(
        status=status,
        name=answer.text("name", 160),
        form=answer.choice("form", *FORMS),
        owner_matches=answer.flag("owner_matches"),
        scale=answer.choice("scale", *SCALES),
        kblis=answer.texts("kblis", KBLI, 200),
        region=answer.matching("region", REGENCY),
        npwp=answer.matching("npwp", NPWP),
        proof=proof,
    )


def check_tax_number(*, subject: About, npwp: str, name: str) -> TaxAnswer:
    """Is this 16-digit NPWP active, under that name, and registered for VAT?

    :raises AuthorityDown: when there is no proper answer; nothing is known then.
    :raises BadQuestion: for an NPWP that is not 16 digits, or an empty or overlong name.
    """
    name = name.strip()
    _demand(NPWP.fullmatch(npwp) and 1 <= len(name) <= 200 and name.isprintable())
    body = {"npwp": npwp, "name": name}
    return ask(Question(TAX, "tax_number", subject, "/v1/taxpayers/lookup", body), _tax)


def _tax(answer: Answer, proof: Proof) -> TaxAnswer:
    status = answer.choice("status", "active", "not_found", "inactive")
    if status == "not_found":
        return TaxAnswer(status, False, False, proof)
    return TaxAnswer(status, answer.flag("name_matches"), answer.flag("taxable"), proof)


def check_blacklist(*, subject: About, nib: str, npwp: str) -> BlacklistAnswer:
    """Is this company on the national blacklist today?

    :raises AuthorityDown: when there is no proper answer; nothing is known then.
    :raises BadQuestion: for a NIB that is not 13 digits or an NPWP that is not 16.
    """
    _demand(NIB.fullmatch(nib) and NPWP.fullmatch(npwp))
    body = {"nib": nib, "npwp": npwp}
    return ask(Question(BLACKLIST, "blacklist", subject, "/v1/blacklist/lookup", body), _listed)


def _listed(answer: Answer, proof: Proof) -> BlacklistAnswer:
    if not answer.flag("listed"):
        return BlacklistAnswer(False, None, None, "", proof)
    since, until = answer.day("since"), answer.open_day("until")
    if until is not None and until < since:
        raise Nonsense("until before since")
    return BlacklistAnswer(True, since, until, answer.text("decision", 120), proof)


def _demand(fits: object) -> None:
    if not fits:
        raise BadQuestion()
