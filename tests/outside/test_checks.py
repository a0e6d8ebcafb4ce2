"""Each authority's answer becomes facts, and a record that names nobody's numbers."""

from datetime import date
from typing import Any

import pytest

from gapura.kernel.problems import Problem
from gapura.outside import queries, services
from gapura.outside.errors import BadQuestion
from gapura.outside.models import Check
from gapura.outside.services import About
from tests.simulator import Authorities

pytestmark = pytest.mark.django_db

NIK, NIB, NPWP = "3173010101900001", "1234561000123", "0123456192000123"
BORN = date(1990, 1, 1)
PERSON, COMPANY = About("person", "p-1"), About("company", "C000001")


def identity(ending: str = "0001") -> services.IdentityAnswer:
    return services.check_identity(
        subject=PERSON, nik=NIK[:-4] + ending, name="Budi", birth_date=BORN
    )


def business(ending: str = "0123", nib: str = NIB) -> services.BusinessAnswer:
    return services.check_business(subject=COMPANY, nib=nib[:-4] + ending, owner_nik=NIK)


@pytest.mark.parametrize(
    ("ending", "found", "fields"),
    [
        ("0001", True, {"name": True, "birth_date": True}),
        ("9999", True, {"name": False, "birth_date": True}),
        ("9998", True, {"name": True, "birth_date": False}),
        ("9997", True, {"name": False, "birth_date": False}),
        ("0000", False, {}),
    ],
)
def test_the_registry_says_only_what_matches(
    authorities: Authorities, ending: str, found: bool, fields: dict[str, bool]
) -> None:
    answer = identity(ending)
    assert (answer.found, answer.fields) == (found, fields)
    assert answer.matches == (found and all(fields.values()))


def test_an_active_business_has_all_its_facts(authorities: Authorities) -> None:
    answer = business()
    assert (answer.status, answer.owner_matches, answer.form) == ("active", True, "pt")
    assert answer.name.startswith("PT ")
    assert answer.scale == "micro"
    assert len(answer.kblis) > 5
    assert len(answer.npwp) == 16
    assert answer.npwp.endswith(NIB[-4:])


@pytest.mark.parametrize(("ending", "status"), [("0000", "not_found"), ("9999", "revoked")])
def test_a_business_that_is_not_active_has_no_facts(
    authorities: Authorities, ending: str, status: str
) -> None:
    answer = business(ending)
    assert (answer.status, answer.name, answer.kblis) == (status, "", ())
    assert not answer.owner_matches


def test_the_owner_of_a_business_may_be_another(authorities: Authorities) -> None:
    answer = business("7777")
    assert (answer.status, answer.owner_matches) == ("active", False)


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("0123", ("active", True, True)),
        ("6666", ("inactive", True, False)),
        ("6665", ("not_found", False, False)),
        ("6664", ("active", False, True)),
        ("5555", ("active", True, False)),
    ],
)
def test_a_tax_number_is_checked_with_its_name(
    authorities: Authorities, ending: str, expected: tuple[str, bool, bool]
) -> None:
    npwp = business(ending).npwp
    answer = services.check_tax_number(subject=COMPANY, npwp=npwp, name="PT Sinar")
    assert (answer.status, answer.name_matches, answer.taxable) == expected


def test_a_listed_company_is_listed_with_its_decision(authorities: Authorities) -> None:
    answer = services.check_blacklist(subject=COMPANY, nib=NIB[:-4] + "8888", npwp=NPWP)
    assert answer.listed
    assert answer.since is not None
    assert answer.until is not None
    assert answer.since < answer.until
    assert answer.decision


def test_others_are_not_listed(authorities: Authorities) -> None:
    answer = services.check_blacklist(subject=COMPANY, nib=NIB, npwp=NPWP)
    assert (answer.listed, answer.since, answer.until, answer.decision) == (False, None, None, "")


def test_a_message_arrives_once_however_often_it_is_sent(authorities: Authorities) -> None:
    phone = "+628123450001"
    message = {"phone": phone, "channel": "sms", "text": "Kode: 123456\nRahasia.", "key": "k" * 20}
    first, second = services.send_message(**message), services.send_message(**message)
    assert first.reference == second.reference
    (sent,) = authorities.sent(phone)
    assert (sent["channel"], sent["text"]) == ("sms", "Kode: 123456\nRahasia.")


def test_a_check_is_recorded_without_what_was_asked_or_answered(authorities: Authorities) -> None:
    proof = business().proof
    row = Check.objects.get()
    assert (row.authority, row.kind, row.outcome) == ("oss", "business", "answered")
    assert (row.subject_kind, row.subject_id) == ("company", "C000001")
    assert (row.result_hash, row.reference) == (proof.result_hash, proof.reference)
    assert len(row.result_hash) == 64
    written = " ".join(str(value) for value in Check.objects.values_list().get())
    for secret in (NIB, NIK, "PT "):
        assert secret not in written


def test_the_hash_tells_answers_apart_and_questions_too(authorities: Authorities) -> None:
    hashes = {identity(ending).proof.result_hash for ending in ("0001", "0002", "9999")}
    assert len(hashes) == 3


@pytest.mark.parametrize(
    ("username", "password", "status"),
    [
        ("budi.lama", "rahasia", "confirmed"),
        ("budi.lama", "salah", "wrong_credentials"),
        ("budi.terpakai", "rahasia", "already_linked"),
    ],
)
def test_an_old_account_is_confirmed_by_its_password(
    authorities: Authorities, username: str, password: str, status: str
) -> None:
    answer = services.check_legacy_account(subject=PERSON, username=username, password=password)
    assert answer.status == status
    assert bool(answer.account) == bool(answer.registered_on) == (status == "confirmed")


def test_nothing_of_a_password_is_kept_not_even_in_the_hash(authorities: Authorities) -> None:
    """Two right passwords for one account leave the same trace: the password is no part of it."""
    ask = services.check_legacy_account
    hashes = {
        ask(subject=PERSON, username="budi.lama", password=word).proof.result_hash
        for word in ("rahasia-satu", "rahasia-dua")
    }
    assert len(hashes) == 2  # the references differ
    for row in Check.objects.values_list():
        assert "rahasia" not in " ".join(str(value) for value in row)


BAD: dict[str, tuple[Any, dict[str, Any]]] = {
    "letters in a NIK": (services.check_identity, {"nik": "31730101019000AB"}),
    "other digits in a NIK": (services.check_identity, {"nik": "٣" * 16}),
    "no name": (services.check_identity, {"name": "  "}),
    "an endless name": (services.check_identity, {"name": "x" * 201}),
    "a line break in a name": (services.check_identity, {"name": "Budi\nSari"}),
    "a company's name with a null": (services.check_tax_number, {"name": "PT\x00A"}),
    "a short NIB": (services.check_business, {"nib": "1"}),
    "a NIB that is a path": (services.check_business, {"nib": "../../../etc/a"}),
    "an old NPWP": (services.check_tax_number, {"npwp": "012345678901234"}),
    "a line break in a number": (services.check_blacklist, {"nib": NIB + "\n"}),
    "a phone with letters": (services.send_message, {"phone": "+62abc"}),
    "a phone without country": (services.send_message, {"phone": "08123450001"}),
    "an unknown channel": (services.send_message, {"channel": "fax"}),
    "no text": (services.send_message, {"text": ""}),
    "too much text": (services.send_message, {"text": "x" * 601}),
    "no old username": (services.check_legacy_account, {"username": ""}),
    "an endless old password": (services.check_legacy_account, {"password": "x" * 201}),
    "a key with a header in it": (services.send_message, {"key": "abcdefgh\r\nX: 1"}),
}
GOOD: dict[Any, dict[str, Any]] = {
    services.check_identity: {"subject": PERSON, "nik": NIK, "name": "Budi", "birth_date": BORN},
    services.check_business: {"subject": COMPANY, "nib": NIB, "owner_nik": NIK},
    services.check_tax_number: {"subject": COMPANY, "npwp": NPWP, "name": "PT Sinar"},
    services.check_blacklist: {"subject": COMPANY, "nib": NIB, "npwp": NPWP},
    services.send_message: {
        "phone": "+628123450001",
        "channel": "sms",
        "text": "Halo",
        "key": "abcdefgh",
    },
    services.check_legacy_account: {
        "subject": PERSON,
        "username": "budi.lama",
        "password": "rahasia-lama",
    },
}


@pytest.mark.parametrize("case", BAD)
def test_what_no_authority_could_know_is_not_asked(authorities: Authorities, case: str) -> None:
    function, wrong = BAD[case]
    before = authorities.counts()
    with pytest.raises(BadQuestion) as refused:
        function(**{**GOOD[function], **wrong})
    assert isinstance(refused.value, Problem)
    assert authorities.counts() == before
    assert not Check.objects.exists()


def test_an_authority_that_answered_is_up(authorities: Authorities) -> None:
    states = {one.authority: one.state for one in queries.standings()}
    assert set(states.values()) == {"unknown"}
    identity()
    states = {one.authority: one.state for one in queries.standings()}
    assert states["registry"] == "up"
    assert states["oss"] == "unknown"
    assert queries.is_up("registry")
