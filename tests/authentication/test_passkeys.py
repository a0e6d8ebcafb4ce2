"""Passkeys: added, used alone, as second factor, for a step-up and a deed, named and removed."""

from hashlib import sha256

import pytest
from django.conf import settings

from gapura.authentication import services
from gapura.authentication.errors import NoSuchPasskey, TooManyPasskeys
from gapura.authentication.models import Passkey, PasskeyChallenge
from gapura.authentication.queries import (
    Method,
    Step,
    factors,
    own_passkey,
    passkey_origin,
    passkeys_of,
)
from gapura.authentication.rules import PASSKEYS_MOST
from gapura.authentication.services.tidying import forget_old
from gapura.kernel.actor import system_actor
from gapura.kernel.permissions import Refused
from tests.authentication.authenticator import EDDSA, RS256, Authenticator, b64, unb64
from tests.authentication.keys import add, asked, at_the_second_step, owner, sign_in
from tests.authentication.world import (
    Browser,
    app_code,
    at_once,
    events,
    later,
    mailed_code,
    mails,
    person,
    with_app,
)
from tests.personas import ActorFor

pytestmark = pytest.mark.django_db

LETTER = sha256(b"%PDF the order letter").hexdigest()
SIGN = "purchasing.order.sign"


def test_the_first_one_strengthens_the_session_gives_backup_codes_and_is_told() -> None:
    who, here = person(), Browser()
    here.sign_in(who)
    codes = add(here, Authenticator(), "Blue key")
    assert (here.view.acr, len(codes)) == (3, 10)
    (seen,) = passkeys_of(here.actor)
    assert (seen.name, seen.is_blocked, seen.last_used_at) == ("Blue key", False, None)
    assert len(events("authentication.passkey.enrolled", who)) == 1
    assert "passkey_enrolled" in mails(who)


def test_what_the_browser_is_asked_for_names_no_person() -> None:
    who, here = person(), Browser()
    here.sign_in(who)
    options = services.begin_passkey(actor=here.actor)
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert (options["attestation"], options["rp"]["id"]) == ("none", "localhost")
    assert [each["alg"] for each in options["pubKeyCredParams"]] == [-8, -7, -257]
    assert unb64(options["user"]["id"]) == who.id.bytes
    assert len(unb64(options["challenge"])) == 32
    assert options["excludeCredentials"] == []


def test_the_same_device_is_told_what_it_has_already() -> None:
    here, key = Browser().sign_in(person()), Authenticator()
    add(here, key)
    (known,) = services.begin_passkey(actor=here.actor)["excludeCredentials"]
    assert known == {"type": "public-key", "id": b64(key.id), "transports": ["internal"]}


def test_ten_are_enough() -> None:
    here = Browser().sign_in(person())
    for number in range(PASSKEYS_MOST):
        add(here, Authenticator(alg=EDDSA), f"Key {number}")
    with pytest.raises(TooManyPasskeys):
        services.begin_passkey(actor=here.actor)
    assert len(passkeys_of(here.actor)) == PASSKEYS_MOST


def test_a_passkey_is_added_after_the_app_and_not_after_a_mail() -> None:
    who = person()
    secret = with_app(who)
    weak = Browser()
    weak.begin(who.username)
    weak.keep(services.choose_method(actor=weak.actor, method=Method.EMAIL_CODE))
    weak.finish(mailed_code(who))
    with pytest.raises(Refused) as refused:
        services.begin_passkey(actor=weak.actor)
    assert refused.value.verdict.only_needs_strength
    strong = Browser()
    strong.begin(who.username)
    strong.finish(app_code(secret))
    assert add(strong, Authenticator()) == ()
    with later(minutes=21), pytest.raises(Refused):
        services.begin_passkey(actor=strong.actor)


@pytest.mark.parametrize("alg", [EDDSA, -7, RS256])
def test_it_signs_in_alone_and_at_the_highest_level(alg: int) -> None:
    who, key = owner(alg=alg)
    here = Browser()
    done = sign_in(here, key)
    assert (done.step, done.acr) == (Step.DONE, 3)
    assert (here.actor.person, here.view.methods) == (who.id, ("passkey",))
    assert Passkey.objects.get().last_used_at is not None
    assert sign_in(Browser(), key).acr == 3


def test_the_session_gets_another_token_when_it_is_entered() -> None:
    _, key = owner()
    here = Browser()
    options = asked(here)
    lent = here.token
    services.sign_in_with_passkey(actor=here.actor, answer=key.use(options))
    assert Browser(token=lent).actor.person is None


def test_an_open_second_step_goes_on_while_the_form_asks_again() -> None:
    who = person()
    here = Browser()
    here.begin(who.username)
    token = here.token
    asked(here)
    assert here.token == token
    assert here.finish(mailed_code(who)).acr == 1


def test_after_the_password_it_comes_first_and_only_ones_own_are_named() -> None:
    who, key = owner()
    owner()
    here, options = at_the_second_step(who)
    assert [each["id"] for each in options["allowCredentials"]] == [b64(key.id)]
    assert here.finish(key.use(options)).acr == 3
    assert here.view.methods == ("password", "passkey")


def test_who_has_none_is_not_asked_for_one() -> None:
    begun = Browser().begin(person().username)
    assert Method.PASSKEY not in begun.methods
    assert Method.PHONE_CODE not in begun.methods


def test_it_proves_once_more_during_a_session() -> None:
    _, key = owner()
    here = Browser()
    sign_in(here, key)
    with later(minutes=25):
        here.keep(services.start_step_up(actor=here.actor))
        answer = key.use(services.ask_passkey_again(actor=here.actor))
        done = here.keep(services.finish_step_up(actor=here.actor, code=answer))
        assert (done.acr, here.actor.facts["proved_at"]) == (3, here.view.proved_at)
        assert services.begin_passkey(actor=here.actor)["challenge"]


def test_a_deed_is_confirmed_for_one_document_and_says_how() -> None:
    _, key = owner()
    here = Browser()
    sign_in(here, key)
    options = services.ask_deed(actor=here.actor, digest=LETTER, deed=SIGN)
    deed = services.confirm_deed(
        actor=here.actor, passkey=key.use(options), digest=LETTER, deed=SIGN
    )
    assert (deed.method, deed.digest, deed.deed) == ("passkey", LETTER, SIGN)
    assert events("authentication.deed.confirmed")[0]["method"] == "passkey"


def test_a_new_password_asks_for_it_after_the_mailbox() -> None:
    who, key = owner()
    here = Browser()
    here.keep(services.start_reset(actor=here.actor, login=who.username))
    done = here.keep(services.check_reset(actor=here.actor, code=mailed_code(who, "reset")))
    assert (done.step, done.method) == (Step.RESET_FACTOR, Method.PASSKEY)
    options = services.ask_passkey_factor(actor=here.actor)
    done = here.keep(services.check_reset(actor=here.actor, code=key.use(options)))
    assert done.step is Step.RESET_PASSWORD


def test_another_name_is_written_down_and_told() -> None:
    who, here = person(), Browser()
    here.sign_in(who)
    add(here, Authenticator())
    (mine,) = passkeys_of(here.actor)
    services.rename_passkey(actor=here.actor, passkey_id=mine.id, name="  Phone ")
    assert own_passkey(here.actor, mine.id).name == "Phone"
    assert len(events("authentication.passkey.renamed", who)) == 1
    assert "passkey_renamed" in mails(who)


def test_nobody_touches_anothers() -> None:
    here, other = Browser().sign_in(person()), Browser().sign_in(person())
    add(here, Authenticator())
    add(other, Authenticator())
    (mine,) = passkeys_of(here.actor)
    with pytest.raises(NoSuchPasskey):
        services.rename_passkey(actor=other.actor, passkey_id=mine.id, name="Mine")
    with pytest.raises(NoSuchPasskey):
        services.remove_passkey(actor=other.actor, passkey_id=mine.id)


def test_without_a_role_the_last_one_may_go_and_its_backup_codes_with_it() -> None:
    who, here = person(), Browser()
    here.sign_in(who)
    add(here, Authenticator())
    (mine,) = passkeys_of(here.actor)
    services.remove_passkey(actor=here.actor, passkey_id=mine.id)
    left = factors(who.id)
    assert (left.has_strong, left.recovery_codes_left) == (False, 0)
    assert len(events("authentication.passkey.removed", who)) == 1
    assert "passkey_removed" in mails(who)
    assert Method.PASSKEY not in Browser().begin(who.username).methods


def test_the_app_and_a_passkey_stand_in_for_each_other(actor_for: ActorFor) -> None:
    ppk = actor_for("ppk")
    with pytest.raises(Refused):
        services.remove_totp(actor=ppk)
    here = Browser(token="")
    options = services.begin_passkey(actor=ppk)
    done = services.add_passkey(actor=ppk, answer=Authenticator().make(options))
    here.keep(done.sign_in)
    services.remove_totp(actor=here.actor)
    (mine,) = passkeys_of(here.actor)
    with pytest.raises(Refused) as refused:
        services.remove_passkey(actor=here.actor, passkey_id=mine.id)
    assert "keeps_a_strong_factor" in {c.name for c in refused.value.verdict.missing}
    add(here, Authenticator())
    services.remove_passkey(actor=here.actor, passkey_id=mine.id)
    assert factors(here.actor.who).passkeys == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_removals_at_once_one_leaves_a_strong_factor(actor_for: ActorFor) -> None:
    ppk = actor_for("ppk")
    here = Browser()
    options = services.begin_passkey(actor=ppk)
    done = services.add_passkey(actor=ppk, answer=Authenticator().make(options))
    here.keep(done.sign_in)
    services.remove_totp(actor=here.actor)
    add(here, Authenticator())
    actor, ids = here.actor, [one.id for one in passkeys_of(here.actor)]

    def remove(index: int) -> None:
        services.remove_passkey(actor=actor, passkey_id=ids[index])

    answers = at_once(2, remove)
    assert [type(answer) for answer in answers if answer is not None] == [Refused]
    assert factors(actor.who).passkeys == 1


def test_challenges_are_forgotten() -> None:
    asked(Browser())
    with later(days=2):
        forget_old(actor=system_actor("tidying"))
    assert not PasskeyChallenge.objects.exists()


def test_the_site_is_what_the_operator_set() -> None:
    assert passkey_origin() == settings.PUBLIC_URL
