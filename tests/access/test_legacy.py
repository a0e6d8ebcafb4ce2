"""Linking an old account of SiRUP: every outcome, once and for all, and never a password kept."""

from uuid import UUID

import pytest
from django.db import connection

from gapura.access import services
from gapura.access.errors import LegacyAnother, LegacyTaken, LegacyTooNew, LegacyWrong
from gapura.access.models import LegacyLink
from gapura.access.queries import legacy_account
from gapura.accounts.models import Person
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.throttle import TooMany
from gapura.outside.errors import AuthorityDown
from tests.access import world
from tests.simulator import Authorities

PASSWORD = "kata-sandi-lama-7351"


def link(who: Person, request_id: UUID, username: str = "pa.lama", word: str = PASSWORD) -> None:
    services.link_legacy_account(
        actor=world.actor(who, 1), request_id=request_id, username=username, password=word
    )


@pytest.fixture
def request_id(applicant: Person) -> UUID:
    return world.draft(applicant, "pa")


def test_an_account_is_linked_once(
    authorities: Authorities, applicant: Person, request_id: UUID
) -> None:
    link(applicant, request_id)
    link(applicant, request_id)
    found = legacy_account(world.actor(applicant, 1))
    assert found is not None
    assert found.username == "pa.lama"
    assert LegacyLink.objects.count() == 1


@pytest.mark.parametrize(
    ("username", "word", "problem"),
    [
        ("pa.lama", "salah", LegacyWrong),
        ("pa.terpakai", PASSWORD, LegacyTaken),
        ("pa.baru", PASSWORD, LegacyTooNew),
        ("", PASSWORD, LegacyWrong),
        ("a\0b", PASSWORD, LegacyWrong),
    ],
)
def test_every_other_answer_is_explained(
    authorities: Authorities,
    applicant: Person,
    request_id: UUID,
    username: str,
    word: str,
    problem: type[Exception],
) -> None:
    with pytest.raises(problem):
        link(applicant, request_id, username, word)
    assert not LegacyLink.objects.exists()


def test_two_people_cannot_link_one_account(
    authorities: Authorities, applicant: Person, request_id: UUID
) -> None:
    link(applicant, request_id)
    other = world.person("other")
    with pytest.raises(LegacyTaken):
        link(other, world.draft(other, "kpa"))


def test_one_person_links_one_account(
    authorities: Authorities, applicant: Person, request_id: UUID
) -> None:
    link(applicant, request_id)
    with pytest.raises(LegacyAnother):
        link(applicant, request_id, "pa.lain")


def test_when_sirup_is_down_nothing_changes(
    authorities: Authorities, applicant: Person, request_id: UUID
) -> None:
    authorities.mode("sirup", "down")
    with pytest.raises(AuthorityDown):
        link(applicant, request_id)
    assert not LegacyLink.objects.exists()
    services.submit_request(actor=world.actor(applicant, 1), request_id=request_id)


def test_nobody_guesses_passwords_through_us(
    authorities: Authorities, applicant: Person, request_id: UUID
) -> None:
    for _ in range(5):
        with pytest.raises(LegacyWrong):
            link(applicant, request_id, word="salah")
    with pytest.raises(TooMany):
        link(applicant, request_id)
    other = world.person("other")
    with pytest.raises(TooMany):
        link(other, world.draft(other, "kpa"))


def test_only_budget_users_link(authorities: Authorities, applicant: Person) -> None:
    with pytest.raises(NoSuchMove):
        link(applicant, world.draft(applicant, "ppk"))


def test_the_password_is_nowhere_in_the_database(
    authorities: Authorities, applicant: Person, request_id: UUID
) -> None:
    link(applicant, request_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{PASSWORD}%"]
            )
            assert cursor.fetchone() == (0,), table
