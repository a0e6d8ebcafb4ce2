"""D15: every code and link sent twice at the same moment; one of each pair wins, never both.

Ten pairs at once in the ordinary run, a hundred with `./test --slow`.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction

from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.models import Recovery
from gapura.authentication.rules import Flow, Method, Step
from gapura.authentication.services.mailbox_wait import begin_wait
from gapura.authentication.services.recovery_desk import slip_hash
from gapura.authentication.services.sessions import open_flow
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.problems import Problem
from gapura.organizations.models import Agency
from tests.access.world import verifier
from tests.authentication.authenticator import Authenticator
from tests.authentication.keys import add, asked
from tests.authentication.recovering import newest, stop_link
from tests.authentication.world import (
    SYSTEM,
    Browser,
    app_code,
    at_once,
    mailed_code,
    person,
    with_app,
)

AT_ONCE = 10
Act = Callable[[], object]
Pair = tuple[Act, Act]
_SLIP = "ABCDEFGHJK"


def _finish(here: Actor, code: str) -> Act:
    return lambda: services.finish_sign_in(actor=here, code=code)


def _twice(act: Act) -> Pair:
    return act, act


def _elsewhere(here: Browser) -> Browser:
    """Each pair has an address of its own there: the losers of all would have to wait otherwise."""
    return Browser(ip=here.ip.replace("10.", "100.", 1))


def _sign_in_code(here: Browser) -> Pair:
    someone = person()
    here.begin(someone.username)
    return _twice(_finish(here.actor, mailed_code(someone)))


def _activation(here: Browser) -> Pair:
    someone = person("registered")
    here.begin(someone.username)
    return _twice(_finish(here.actor, mailed_code(someone, "confirm_email")))


def _app_code_from_two_browsers(here: Browser) -> Pair:
    someone = person()
    code, elsewhere = app_code(with_app(someone)), _elsewhere(here)
    for one in (here, elsewhere):
        one.begin(someone.username)
    return _finish(here.actor, code), _finish(elsewhere.actor, code)


def _backup_code_from_two_browsers(here: Browser) -> Pair:
    someone, elsewhere = person(), _elsewhere(here)
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    code = services.issue_totp(actor=SYSTEM, person=someone.id, secret=secret)[0]
    for one in (here, elsewhere):
        one.begin(someone.username)
        one.keep(services.choose_method(actor=one.actor, method=Method.RECOVERY_CODE))
    return _finish(here.actor, code), _finish(elsewhere.actor, code)


def _reset_code(here: Browser) -> Pair:
    someone = person(state="contact_verified")
    here.keep(services.start_reset(actor=here.actor, login=someone.username))
    actor, code = here.actor, mailed_code(someone, "reset")
    return _twice(lambda: services.check_reset(actor=actor, code=code))


def _code_to_ask_for_a_way_back(here: Browser) -> Pair:
    someone = person()
    here.keep(services.start_recovery(actor=here.actor, login=someone.username))
    actor, code = here.actor, mailed_code(someone, "recover")

    def ask() -> object:
        services.ask_recovery(actor=actor, code=code)
        return True

    return _twice(ask)


def _new_address(here: Browser) -> Pair:
    someone = person()
    here.sign_in(someone)
    services.begin_email_change(actor=here.actor, email=f"baru.{someone.username}@contoh.go.id")
    actor, code = here.actor, mailed_code(someone, "change_email")
    return _twice(lambda: services.finish_email_change(actor=actor, code=code))


def _passkey_answer(here: Browser) -> Pair:
    key = Authenticator()
    add(Browser(ip=here.ip).sign_in(person()), key)
    answer = key.use(asked(here))
    actor = here.actor
    return _twice(lambda: services.sign_in_with_passkey(actor=actor, answer=answer))


def _not_me_link(here: Browser) -> Pair:
    token = services.link_for(person().id, "totp").rpartition("/")[2]

    def disavow() -> object:
        services.disavow(actor=here.actor, token=token)
        return True

    return _twice(disavow)


def _held(someone: Person, here: Browser) -> Recovery:
    """A way back that only the mailbox was proven for; the owner has a link that stops it."""
    with transaction.atomic():
        begin_wait(here.actor, someone)
    return newest(someone)


def _stop_link(here: Browser) -> Pair:
    token = stop_link(_held(person(), here))

    def stop() -> object:
        services.stop_by_link(actor=Actor(ip=here.ip), token=token)
        return True

    return _twice(stop)


def _slip(here: Browser) -> Pair:
    """Two people stood for it, the wait is over, and the mailbox was proven in this browser."""
    someone, now = person(), clock.now()
    row = _held(someone, here)
    Agency.objects.get_or_create(code="T1", defaults={"name": "Agency T1", "kind": "ministry"})
    row.vouched_by, row.seconded_by, row.agency = verifier(), verifier(), "T1"
    row.kind, row.ready_at, row.slip_hash = "vouched", now, slip_hash(row.id, _SLIP)
    row.save()
    with transaction.atomic():
        here.token, _ = open_flow(here.actor, someone.id, Flow(Step.RECOVER_SLIP, now))
    actor = here.actor
    return _twice(lambda: services.check_slip(actor=actor, code=_SLIP))


KINDS: dict[str, Callable[[Browser], Pair]] = {
    "code by e-mail": _sign_in_code,
    "activation": _activation,
    "app": _app_code_from_two_browsers,
    "backup code": _backup_code_from_two_browsers,
    "reset code": _reset_code,
    "code for a way back": _code_to_ask_for_a_way_back,
    "new address": _new_address,
    "passkey": _passkey_answer,
    "not-me link": _not_me_link,
    "stop link": _stop_link,
    "slip": _slip,
}


def _browsers(first: int, many: int) -> Iterator[Browser]:
    return (Browser(ip=f"10.7.{number // 250}.{number % 250 + 1}") for number in range(first, many))


def _replayed(make: Callable[[Browser], Pair], first: int) -> list[int]:
    """How many of each pair won, for ten pairs that are all sent at once."""
    pairs = [make(here) for here in _browsers(first, first + AT_ONCE)]
    ends = at_once(2 * AT_ONCE, lambda n: pairs[n // 2][n % 2]())
    strange = [e for e in ends if isinstance(e, Exception) and not isinstance(e, Problem)]
    assert strange == []
    won = [not isinstance(end, Exception) for end in ends]
    return [won[n] + won[n + 1] for n in range(0, len(won), 2)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", KINDS)
def test_d15_of_two_replays_at_once_one_wins(kind: str) -> None:
    """Attack: send what was watched, photographed or forwarded at the same moment as its owner."""
    assert _replayed(KINDS[kind], 0) == [1] * AT_ONCE


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", KINDS)
def test_d15_a_hundred_pairs_of_replays(kind: str) -> None:
    """The same, ten times over."""
    for first in range(0, 100, AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM kernel_throttle")
        assert _replayed(KINDS[kind], first) == [1] * AT_ONCE


@pytest.mark.django_db
def test_d15_what_was_used_is_refused_later_too() -> None:
    """Attack: the same once more after the owner, one at a time."""
    for number, make in enumerate(KINDS.values()):
        first, second = make(Browser(ip=f"10.8.0.{number + 1}"))
        first()
        with pytest.raises(Problem):
            second()


@pytest.mark.django_db
def test_d15_codes_and_links_end_with_their_time() -> None:
    """Attack: a code or link that was found much later."""
    for number, make in enumerate(KINDS.values()):
        late, _ = make(Browser(ip=f"10.9.0.{number + 1}"))
        with clock.frozen(clock.now() + timedelta(days=12)), pytest.raises(Problem):
            late()
