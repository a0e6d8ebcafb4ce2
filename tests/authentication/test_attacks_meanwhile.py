"""Attacks on what was begun and not finished yet."""

import pytest

from gapura.authentication import hashing, services
from gapura.authentication.errors import NothingToConfirm, WrongCredentials
from gapura.authentication.methods import password as passwords
from gapura.authentication.models import Session
from gapura.authentication.queries import pending_totp
from tests.authentication.world import OTHER_PASSWORD, Browser, app_code, later, person, with_app


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


@pytest.mark.django_db
def test_a_key_that_somebody_else_began_is_never_confirmed() -> None:
    """Attack: begin another app in a stolen session, keep its key, and wait for the owner."""
    someone = person()
    thief = Browser().sign_in(someone)
    began = services.enroll_totp(actor=thief.actor)
    with later(minutes=5):
        owner = Browser().sign_in(someone)
        with pytest.raises(NothingToConfirm):
            pending_totp(owner.actor)
        with pytest.raises(NothingToConfirm):
            services.confirm_totp(actor=owner.actor, code=app_code(began.key.replace(" ", "")))
        assert pending_totp(thief.actor) == began
