"""OpenID Connect Core section 8.1: what a client knows a person by."""

import re
from itertools import product

import pytest

from gapura.sso.protocol.issuing import subject_of
from gapura.sso.protocol.records import Client
from tests.sso.rfc.provider import OTHER_PERSON, PERSON, a_client, a_subject

KEY = b"k" * 32
# HMAC-SHA256 of "spse.example|" and the id of the person, worked out by other means.
VECTOR = "vPpLSC7_peqhRT-ZIMIRp44xooHB4jgyV6pAmUTIVJc"


def test_8_1_two_sectors_know_one_person_by_two_subjects() -> None:
    one, two = a_client(sector="a.example"), a_client("other", sector="b.example")
    assert subject_of(one, PERSON, KEY) != subject_of(two, PERSON, KEY)


def test_8_1_clients_of_one_sector_know_one_person_by_one_subject() -> None:
    one, two = a_client(sector="a.example"), a_client("other", sector="a.example")
    assert subject_of(one, PERSON, KEY) == subject_of(two, PERSON, KEY)


def test_8_1_two_people_never_share_a_subject() -> None:
    assert subject_of(a_client(), PERSON, KEY) != subject_of(a_client(), OTHER_PERSON, KEY)


def test_8_1_a_subject_stays_the_same() -> None:
    # A vector: whoever changes the rule orphans every account at every client.
    client = a_client(sector="spse.example")
    assert subject_of(client, PERSON, KEY) == VECTOR


def test_8_1_without_the_key_a_subject_cannot_be_worked_out() -> None:
    assert subject_of(a_client(), PERSON, KEY) != subject_of(a_client(), PERSON, b"x" * 32)


def test_8_public_subjects_are_one_for_all_and_unlike_any_pairwise_one() -> None:
    one, two = a_client(pairwise=False), a_client("other", pairwise=False, sector="x")
    assert subject_of(one, PERSON, KEY) == subject_of(two, PERSON, KEY)
    assert subject_of(one, PERSON, KEY) != subject_of(a_client(), PERSON, KEY)


def test_8_1_a_pairwise_client_without_a_sector_shares_its_subjects_with_nobody() -> None:
    nameless, public = a_client(sector=""), a_client(pairwise=False, sector="")
    other = a_client("other", sector="")
    subjects = {subject_of(client, PERSON, KEY) for client in (nameless, public, other)}
    assert len(subjects) == 3


@pytest.mark.parametrize("client", [a_client(), a_client(pairwise=False), a_client(sector="")])
def test_8_a_subject_is_never_a_name_an_address_or_a_number_of_the_person(client: Client) -> None:
    subject, person = subject_of(client, PERSON, KEY), a_subject()
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", subject)
    for telling in (person.username, person.email, person.phone, str(PERSON), PERSON.hex):
        assert telling not in subject
    assert not re.search(r"\d{16}", subject)


def test_2_a_subject_has_at_most_255_ascii_signs() -> None:
    for sector, person in product(("a" * 500, "é.example"), (PERSON, OTHER_PERSON)):
        subject = subject_of(a_client(sector=sector), person, KEY)
        assert subject.isascii()
        assert len(subject) <= 255
