"""Another e-mail address: only after a fresh proof, only by a code sent to the new one."""

import pytest

from gapura.authentication import services
from gapura.authentication.errors import FlowOver, WrongCode
from gapura.kernel.permissions import Refused
from tests.authentication.world import Browser, later, mailed_code, mails, person

NEW = "Rara.Baru@contoh.go.id"


@pytest.mark.django_db
def test_the_code_sent_to_the_new_address_changes_it() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    old = here.token
    services.begin_email_change(actor=here.actor, email=NEW)
    assert here.actor.signed_in
    here.keep(
        services.finish_email_change(actor=here.actor, code=mailed_code(someone, "change_email"))
    )
    someone.refresh_from_db()
    assert someone.email.lower() == NEW.lower()
    assert here.actor.signed_in
    assert Browser(token=old).look()[1] is None


@pytest.mark.django_db
def test_a_code_for_one_new_address_does_not_confirm_another() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    services.begin_email_change(actor=here.actor, email=NEW)
    first = mailed_code(someone, "change_email")
    services.begin_email_change(actor=here.actor, email="lain@contoh.go.id")
    with pytest.raises(WrongCode):
        services.finish_email_change(actor=here.actor, code=first)


@pytest.mark.django_db
def test_a_stale_proof_is_not_enough() -> None:
    here = Browser().sign_in(person())
    with later(minutes=21), pytest.raises(Refused):
        services.begin_email_change(actor=here.actor, email=NEW)


@pytest.mark.django_db
def test_an_address_in_use_gets_no_code_and_looks_the_same() -> None:
    owner, someone = person(), person()
    here = Browser().sign_in(someone)
    taken = services.begin_email_change(actor=here.actor, email=owner.email)
    free = services.begin_email_change(actor=here.actor, email=NEW)
    assert taken == free
    assert mails(someone).count("change_email_code") == 1


@pytest.mark.django_db
def test_a_sign_in_code_does_not_change_the_address() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    services.begin_email_change(actor=here.actor, email=NEW)
    services.start_step_up(actor=here.actor)
    with pytest.raises(FlowOver):
        services.finish_email_change(actor=here.actor, code=mailed_code(someone))
