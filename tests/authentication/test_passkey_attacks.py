"""Attacks on passkeys, each by name, and what it meets."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.db import transaction

from gapura.authentication import services
from gapura.authentication.errors import (
    DeedMismatch,
    FlowOver,
    PasskeyOver,
    PasskeyTaken,
    PasskeyUnfit,
    WrongPasskey,
)
from gapura.authentication.methods import ceremony
from gapura.authentication.models import DeedProof, Passkey, Session
from gapura.authentication.queries import Step
from gapura.authentication.rules import PASSKEY_FAILURES
from gapura.authentication.services import SignIn
from gapura.kernel.problems import FieldProblems
from gapura.kernel.throttle import TooMany
from tests.authentication.authenticator import BE, ES384, UP, UV, Authenticator, b64
from tests.authentication.keys import add, asked, at_the_second_step, owner, sign_in
from tests.authentication.world import Browser, at_once, events, later, mails, person

pytestmark = pytest.mark.django_db

LETTER = sha256(b"%PDF the order letter").hexdigest()
OTHER = sha256(b"%PDF another letter").hexdigest()
SIGN, ACCEPT = "purchasing.order.sign", "purchasing.order.accept"

Spoil = Callable[[Authenticator], None]


def _set(**values: Any) -> Spoil:
    def spoil(key: Authenticator) -> None:
        for name, value in values.items():
            setattr(key, name, value)

    return spoil


# What whoever holds the right key, but not the right page or person, would send.
SPOILED: dict[str, Spoil] = {
    "a page on another host asks": _set(origin="http://localhost.example:8000"),
    "a page on another port asks": _set(origin="http://localhost:1"),
    "the right host without encryption's name": _set(origin="https://localhost:8000"),
    "a key of another site": _set(site="localhost.example"),
    "nobody touched the device": _set(flags=UV),
    "nobody was verified by the device": _set(flags=UP),
    "a page in a frame of another site": _set(client={"crossOrigin": True}),
    "a page in a frame, said in words": _set(client={"crossOrigin": "true"}),
    "the top page is named": _set(client={"topOrigin": "https://evil.example"}),
    "what made a key is no answer": _set(client={"type": "webauthn.create"}),
}


@pytest.mark.parametrize("attack", SPOILED)
def test_a_spoiled_answer_signs_nobody_in(attack: str) -> None:
    _, key = owner()
    SPOILED[attack](key)
    here = Browser()
    with pytest.raises(WrongPasskey):
        sign_in(here, key)
    assert here.actor.person is None
    assert not Session.objects.filter(methods="passkey").exists()


@pytest.mark.parametrize("attack", SPOILED)
def test_a_spoiled_answer_is_no_second_factor(attack: str) -> None:
    who, key = owner()
    here, options = at_the_second_step(who)
    SPOILED[attack](key)
    with pytest.raises(WrongPasskey):
        here.finish(key.use(options))
    assert events("authentication.session.sign_in_failed", who)[-1]["reason"] == "WrongPasskey"


@pytest.mark.parametrize("attack", [a for a in SPOILED if "no answer" not in a])
def test_a_spoiled_answer_adds_no_passkey(attack: str) -> None:
    here, key = Browser().sign_in(person()), Authenticator()
    SPOILED[attack](key)
    with pytest.raises(PasskeyUnfit):
        add(here, key)
    assert not Passkey.objects.exists()


@pytest.mark.parametrize(
    "spoil", [_set(alg=ES384), _set(id=b""), _set(id=bytes(1024))], ids=["alg", "no id", "long id"]
)
def test_a_key_of_an_unknown_kind_is_not_kept(spoil: Spoil) -> None:
    here, key = Browser().sign_in(person()), Authenticator(alg=ES384)
    spoil(key)
    with pytest.raises(PasskeyUnfit):
        add(here, key)


def test_a_key_that_is_none_of_its_algorithm_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    here, key = Browser().sign_in(person()), Authenticator()
    off_curve = key.cose | {-3: bytes(31) + b"\1"}
    monkeypatch.setattr(Authenticator, "cose", property(lambda self: off_curve))
    with pytest.raises(PasskeyUnfit):
        add(here, key)


def test_a_made_up_challenge_is_none() -> None:
    _, key = owner()
    here = Browser()
    asked(here)
    with pytest.raises(PasskeyOver):
        answer = key.use({"challenge": b64(bytes(32))})
        services.sign_in_with_passkey(actor=here.actor, answer=answer)


def test_a_challenge_of_another_browser_is_none() -> None:
    _, key = owner()
    victim, thief = Browser(), Browser()
    answer = key.use(asked(victim))
    asked(thief)
    with pytest.raises(PasskeyOver):
        services.sign_in_with_passkey(actor=thief.actor, answer=answer)


def test_without_a_session_there_is_nothing_to_answer() -> None:
    _, key = owner()
    answer = key.use(asked(Browser()))
    with pytest.raises(PasskeyOver):
        services.sign_in_with_passkey(actor=Browser().actor, answer=answer)


def test_a_challenge_lives_five_minutes() -> None:
    _, key = owner()
    here = Browser()
    answer = key.use(asked(here))
    with later(minutes=5), pytest.raises(PasskeyOver):
        services.sign_in_with_passkey(actor=here.actor, answer=answer)


def test_a_challenge_for_one_purpose_serves_no_other() -> None:
    who, key = owner()
    here, _ = at_the_second_step(who)
    with pytest.raises(PasskeyOver):
        here.finish(key.use(asked(here)))
    options = services.ask_passkey_factor(actor=here.actor)
    with pytest.raises(PasskeyOver):
        services.sign_in_with_passkey(actor=here.actor, answer=key.use(options))


def test_a_wrong_answer_spends_its_challenge_too() -> None:
    _, key = owner()
    here = Browser()
    options = asked(here)
    key.flags = UP
    with pytest.raises(WrongPasskey):
        services.sign_in_with_passkey(actor=here.actor, answer=key.use(options))
    key.flags = UP | UV
    with pytest.raises(PasskeyOver):
        services.sign_in_with_passkey(actor=here.actor, answer=key.use(options))


def test_another_persons_key_is_no_second_factor() -> None:
    who, _ = owner()
    _, foreign = owner()
    here, options = at_the_second_step(who)
    with pytest.raises(WrongPasskey):
        here.finish(foreign.use(options))


def test_a_key_that_names_another_person_is_refused() -> None:
    victim, _ = owner()
    _, key = owner()
    key.handle = victim.id.bytes
    with pytest.raises(WrongPasskey):
        sign_in(Browser(), key)


def test_a_key_that_names_nobody_does_not_sign_in_alone() -> None:
    who, key = owner()
    key.handle = None
    with pytest.raises(WrongPasskey):
        sign_in(Browser(), key)
    here, options = at_the_second_step(who)
    assert here.finish(key.use(options)).acr == 3


def test_an_unknown_key_is_answered_like_a_wrong_one() -> None:
    _, known = owner()
    known.flags = UP
    stranger = Authenticator(handle=bytes(16))
    answers = []
    for key in (known, stranger):
        with pytest.raises(WrongPasskey) as refused:
            sign_in(Browser(), key)
        answers.append((type(refused.value), refused.value.args, refused.value.values))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_a_barred_account_is_turned_away_after_its_own_right_key_only(state: str) -> None:
    who, key = owner()
    type(who).objects.filter(pk=who.pk).update(state=state)
    here = Browser()
    assert sign_in(here, key).step is Step.TURNED_AWAY
    assert here.actor.person is None
    key.flags = UP
    with pytest.raises(WrongPasskey):
        sign_in(Browser(), key)


@pytest.mark.parametrize("came", [5, 6], ids=["back", "the same"])
def test_a_copied_key_is_blocked_and_its_owner_told(came: int) -> None:
    who, key = owner(counter=5)
    sign_in(Browser(), key)
    key.counter, key.step = came, 0
    with pytest.raises(WrongPasskey):
        sign_in(Browser(), key)
    row = Passkey.objects.get()
    assert row.cloned_at is not None
    assert "passkey_cloned" in mails(who)
    (facts,) = events("authentication.passkey.cloned", who)
    assert (facts["kept"], facts["came"]) == (6, came)
    # The true one cannot be told from the copy: neither works, and other ways stay open.
    key.counter, key.step = 100, 1
    with pytest.raises(WrongPasskey):
        sign_in(Browser(), key)
    assert Browser().begin(who.username).methods
    assert len(events("authentication.passkey.cloned", who)) == 1


def test_a_key_that_counts_nothing_works_again_and_again() -> None:
    _, key = owner(step=0)
    for _ in range(2):
        assert sign_in(Browser(), key).acr == 3


def test_a_key_that_becomes_one_for_many_devices_is_refused() -> None:
    _, key = owner()
    key.flags = UP | UV | BE
    with pytest.raises(WrongPasskey):
        sign_in(Browser(), key)


def test_a_key_belongs_to_one_person_only() -> None:
    _, key = owner()
    with pytest.raises(PasskeyTaken):
        add(Browser().sign_in(person()), key)


def test_an_answer_confirms_the_deed_it_was_asked_for_and_no_other() -> None:
    _, key = owner()
    here = Browser()
    sign_in(here, key)
    for digest, deed in ((OTHER, SIGN), (LETTER, ACCEPT)):
        options = services.ask_deed(actor=here.actor, digest=LETTER, deed=SIGN)
        with pytest.raises(FieldProblems) as refused:
            services.confirm_deed(
                actor=here.actor, passkey=key.use(options), digest=digest, deed=deed
            )
        assert isinstance(refused.value.fields["passkey"], PasskeyOver)
    assert not DeedProof.objects.exists()
    assert len(events("authentication.deed.refused")) == 2


def test_a_proof_by_passkey_fits_its_document_only() -> None:
    _, key = owner()
    here = Browser()
    sign_in(here, key)
    options = services.ask_deed(actor=here.actor, digest=LETTER, deed=SIGN)
    deed = services.confirm_deed(
        actor=here.actor, passkey=key.use(options), digest=LETTER, deed=SIGN
    )
    with transaction.atomic(), pytest.raises(DeedMismatch):
        services.use_deed(actor=here.actor, deed_id=deed.id, digest=OTHER)


GARBAGE = (
    "",
    "{",
    "[]",
    "null",
    "1e999",
    '"x"',
    "{}",
    "[" * 16_000,
    '{"a":' * 3_000,
    "x" * 20_000,
    json.dumps({"response": []}),
    json.dumps({"response": {"clientDataJSON": 5}}),
    json.dumps({"rawId": "!!", "response": {"clientDataJSON": "e30"}}),
    json.dumps({"rawId": "AA", "response": {"clientDataJSON": b64(b"\xff\xfe")}}),
    json.dumps({"rawId": "AA", "response": {"clientDataJSON": b64(b"[" * 4_000)}}),
    json.dumps({"rawId": "\ud800", "response": {"clientDataJSON": "\u0000"}}),
)


@pytest.mark.parametrize("text", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_a_wrong_passkey_and_never_a_fault(text: str) -> None:
    here = Browser()
    asked(here)
    with pytest.raises(WrongPasskey):
        services.sign_in_with_passkey(actor=here.actor, answer=text)


# CBOR, COSE and lists where a reader expects maps, numbers or bytes.
PARTS: tuple[Any, ...] = (
    None,
    5,
    "",
    "!",
    "AA",
    b64(b"\xff" * 40),
    b64(b"\x9f" * 3000),
    b64(bytes(37)),
    [],
    {},
)


@pytest.mark.parametrize("part", ["attestationObject", "transports", "clientDataJSON"])
@pytest.mark.parametrize("value", PARTS, ids=range(len(PARTS)))
def test_garbage_in_a_registration_is_refused_or_left_out(part: str, value: object) -> None:
    here, key = Browser().sign_in(person()), Authenticator()
    raw = json.loads(key.make(services.begin_passkey(actor=here.actor)))
    raw["response"][part] = value
    if part == "transports":
        services.add_passkey(actor=here.actor, answer=json.dumps(raw))
        return
    with pytest.raises(PasskeyUnfit):
        services.add_passkey(actor=here.actor, answer=json.dumps(raw))


@pytest.mark.parametrize("part", ["authenticatorData", "signature", "userHandle"])
@pytest.mark.parametrize("value", PARTS, ids=range(len(PARTS)))
def test_garbage_in_an_answer_is_a_wrong_passkey(part: str, value: object) -> None:
    _, key = owner()
    here = Browser()
    raw = json.loads(key.use(asked(here)))
    raw["response"][part] = value
    with pytest.raises(WrongPasskey):
        services.sign_in_with_passkey(actor=here.actor, answer=json.dumps(raw))


def test_a_name_that_comes_twice_is_refused() -> None:
    _, key = owner()
    here = Browser()
    answer = key.use(asked(here))
    doubled = answer.replace('"type"', '"type": "public-key", "type"', 1)
    with pytest.raises(ceremony.NotAccepted):
        ceremony.read(doubled, "webauthn.get")


def test_failures_from_one_address_are_bounded() -> None:
    here = Browser(ip="198.51.100.9")
    asked(here)
    for _ in range(PASSKEY_FAILURES.count):
        with pytest.raises(WrongPasskey):
            services.sign_in_with_passkey(actor=here.actor, answer="{}")
    with pytest.raises(TooMany):
        services.sign_in_with_passkey(actor=here.actor, answer="{}")


@pytest.mark.django_db(transaction=True)
def test_of_twenty_replays_at_once_one_signs_in() -> None:
    _, key = owner()
    here = Browser()
    answer = key.use(asked(here))
    actor = here.actor
    results = at_once(20, lambda _: services.sign_in_with_passkey(actor=actor, answer=answer))
    assert sum(isinstance(one, SignIn) for one in results) == 1
    assert {type(one) for one in results if not isinstance(one, SignIn)} == {PasskeyOver}
    assert Session.objects.filter(methods="passkey").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_twenty_replays_of_a_second_factor_one_enters() -> None:
    who, key = owner()
    here, options = at_the_second_step(who)
    answer, actor = key.use(options), here.actor
    results = at_once(20, lambda _: services.finish_sign_in(actor=actor, code=answer))
    assert sum(isinstance(one, SignIn) for one in results) == 1
    assert {type(one) for one in results} <= {SignIn, FlowOver, PasskeyOver}


@pytest.mark.django_db(transaction=True)
def test_of_twenty_replays_of_a_deed_one_is_a_proof() -> None:
    _, key = owner()
    here = Browser()
    sign_in(here, key)
    options = services.ask_deed(actor=here.actor, digest=LETTER, deed=SIGN)
    answer, actor = key.use(options), here.actor

    def confirm(_: int) -> object:
        return services.confirm_deed(actor=actor, passkey=answer, digest=LETTER, deed=SIGN)

    results = at_once(20, confirm)
    assert sum(isinstance(one, services.Deed) for one in results) == 1
    assert DeedProof.objects.count() == 1
