"""What may happen once happens once, whoever asks at the same moment; and all or nothing."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection, transaction

from gapura.kernel import clock
from gapura.sso import store
from gapura.sso.models import Authorization, Code, Once, Refresh
from gapura.sso.protocol.decisions import Ended, Handle, RevokedJti, Used, Write
from gapura.sso.protocol.decisions import Once as Proof
from gapura.sso.protocol.decisions import Replaced as Rotated
from tests.authentication.world import at_once
from tests.sso.world import (
    Signs,
    authorization,
    client,
    new_code,
    new_pushed,
    new_refresh,
    read,
)

pytestmark = pytest.mark.django_db
fresh = Signs()


def _proof(text: bytes = b"one", kind: str = "dpop") -> Proof:
    return Proof(kind, text.ljust(32, b"."), clock.now() + timedelta(minutes=1))


def _batch(*groups: Sequence[Write]) -> list[Write | None]:
    """Many decisions in one transaction, as the doors do it."""
    steps = store.applying(groups, clock.now())
    with connection.cursor() as cursor:
        try:
            statements = next(steps)
            while True:
                rows = []
                for sql, params in statements:
                    cursor.execute(sql, params)
                    rows.append(cursor.fetchall() if cursor.description else [])
                statements = steps.send(rows)
        except StopIteration as end:
            found: list[Write | None] = end.value
            return found


def test_a_proof_is_taken_once() -> None:
    """RFC 9449 11.1: the same jti again is a replay."""
    assert store.apply([_proof()]) is None
    assert isinstance(store.apply([_proof()]), Proof)
    assert store.apply([_proof(kind="assertion")]) is None, "another kind of proof"


def test_a_code_is_used_once_and_what_came_with_the_second_use_is_not_written() -> None:
    given = authorization()
    handle, code = new_code(given, fresh)
    assert store.apply([code]) is None
    used = Used("code", handle, clock.now())
    assert store.apply([used, new_refresh(given, fresh)[1]]) is None
    assert store.apply([_proof(), used, new_refresh(given, fresh)[1]]) == used
    assert Refresh.objects.count() == 1
    assert Once.objects.count() == 0, "the proof may be shown again with the answer to this"


def test_of_two_in_one_batch_the_first_wins_and_the_others_are_not_held_up() -> None:
    given = authorization()
    handle, code = new_code(given, fresh)
    store.apply([code])
    used = Used("code", handle, clock.now())
    mine, theirs = new_refresh(given, fresh), new_refresh(given, fresh)
    other = new_refresh(authorization(), fresh)
    lost = _batch([used, mine[1]], [used, theirs[1]], [other[1]], [_proof()], [_proof()])
    assert [type(one) for one in lost] == [type(None), Used, type(None), type(None), Proof]
    kept = {bytes(row.digest) for row in Refresh.objects.all()}
    assert kept == {mine[0].digest, other[0].digest}


def test_whoever_comes_second_to_the_proof_leaves_the_code_unused() -> None:
    """Else a replayed proof would burn the code of the one that it was stolen from."""
    handle, code = new_code(authorization(), fresh)
    store.apply([code, _proof()])
    assert isinstance(store.apply([Used("code", handle, clock.now()), _proof()]), Proof)
    found = read(code=handle).code
    assert found is not None
    assert found.used_at is None


def test_a_refresh_token_is_rotated_once_and_its_successor_is_found() -> None:
    given = authorization()
    (old, first), (new, second) = new_refresh(given, fresh), new_refresh(given, fresh)
    store.apply([first])
    rotated = Rotated(old, new, clock.now())
    assert store.apply([rotated, second]) is None
    assert store.apply([rotated]) == rotated
    facts = read(refresh=old)
    assert facts.refresh is not None
    assert facts.refresh.replaced_at is not None
    assert facts.successor is not None
    assert facts.successor.digest == new.digest == facts.refresh.successor


def test_an_ended_authorization_keeps_its_first_reason() -> None:
    given = authorization()
    store.apply([Ended(given.id, "code_replayed", clock.now())])
    store.apply([Ended(given.id, "revoked", clock.now())])
    given.refresh_from_db()
    assert given.end_reason == "code_replayed"


def test_a_revoked_token_is_seen_by_its_jti() -> None:
    until = clock.now() + timedelta(minutes=5)
    token = {"exp": int(until.timestamp())}
    given = authorization()
    needs = {"authorization": given.id, "jti": "a-token", "token": token}
    assert not read(**needs).revoked
    for _ in range(2):
        assert store.apply([RevokedJti("a-token", until)]) is None
    assert read(**needs).revoked
    assert not read(**{**needs, "jti": "another"}).revoked


def test_a_pushed_request_is_read_back_and_used_once() -> None:
    app = client()
    handle, pushed = new_pushed(app, fresh, scope="openid", state="s")
    store.apply([pushed])
    found = read(pushed=handle, client=app.client_id)
    assert found.pushed is not None
    assert dict(found.pushed.parameters) == {"scope": "openid", "state": "s"}
    assert found.pushed.client == app.id
    used = Used("pushed", handle, clock.now())
    assert store.apply([used]) is None
    assert store.apply([used]) == used


def test_a_forged_bucket_finds_nothing() -> None:
    """The day in a code's text is no secret; the digest is over all of it."""
    handle, code = new_code(authorization(), fresh)
    store.apply([code])
    assert read(code=handle).code is not None
    assert read(code=Handle(handle.bucket - timedelta(days=1), handle.digest)).code is None
    assert read(code=Handle(handle.bucket, b"?" * 32)).code is None


@pytest.mark.django_db(transaction=True)
def test_eight_that_show_one_code_at_the_same_moment_get_one_token() -> None:
    given = authorization()
    handle, code = new_code(given, fresh)
    store.apply([code])
    refreshes = [new_refresh(given, fresh)[1] for _ in range(8)]
    used = Used("code", handle, clock.now())
    answers = at_once(8, lambda n: store.apply([used, refreshes[n]]))
    assert answers.count(None) == 1
    assert Refresh.objects.count() == 1
    assert Code.objects.get().used_at is not None


@pytest.mark.django_db(transaction=True)
def test_eight_that_show_one_proof_at_the_same_moment_get_one_answer() -> None:
    proof = _proof()
    answers = at_once(8, lambda n: store.apply([proof]))
    assert answers.count(None) == 1


@pytest.mark.django_db(transaction=True)
def test_two_batches_with_the_same_proofs_in_another_order_do_not_block_each_other() -> None:
    proofs = [_proof(bytes([65 + n])) for n in range(20)]
    orders = [proofs, proofs[::-1]] * 3

    def write(n: int) -> int:
        with transaction.atomic():
            return _batch(*([one] for one in orders[n])).count(None)

    answers = at_once(6, write)
    assert sum(int(str(one)) for one in answers) == 20


def test_who_rests_on_nothing_that_is_there_gets_nothing() -> None:
    given = authorization()
    handle, code = new_code(given, fresh)
    store.apply([code])
    Authorization.objects.all().delete()
    assert read(code=handle).code is None
