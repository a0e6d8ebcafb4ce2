"""Attacks in the moment in which a password waits to be compared."""

import pytest

from gapura.authentication import hashing
from gapura.authentication.errors import WrongCredentials
from gapura.authentication.methods import password as passwords
from gapura.authentication.models import Session
from tests.authentication.world import OTHER_PASSWORD, Browser, person, with_app


@pytest.mark.django_db
@pytest.mark.parametrize("strong", [True, False], ids=["with an app", "with a mailbox"])
def test_an_old_password_that_waits_while_a_new_one_is_set_opens_nothing(
    strong: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: a stolen password sent just before its owner changes it."""
    someone = person()
    if strong:
        with_app(someone)
    fresh, verify = hashing.hash_password(OTHER_PASSWORD), hashing.verify

    def changed_meanwhile(kept: str | None, text: str) -> bool:
        fits = verify(kept, text)
        passwords.replace(someone.id, fresh)
        return fits

    monkeypatch.setattr(hashing, "verify", changed_meanwhile)
    with pytest.raises(WrongCredentials):
        Browser().begin(someone.username)
    assert not Session.objects.filter(person=someone.id, ended_at__isnull=True).exists()
