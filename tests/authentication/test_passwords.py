"""Which passwords are accepted, how they are kept, and what they cost."""

import os
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.authentication import hashing, services
from gapura.authentication.errors import (
    HashingBusy,
    PasswordCommon,
    PasswordGuessable,
    PasswordPersonal,
    PasswordReused,
    PasswordTooLong,
    PasswordTooShort,
    WeakPassword,
    WrongCredentials,
    WrongPassword,
)
from gapura.authentication.methods import password as passwords
from gapura.authentication.models import Password
from gapura.authentication.rules import PasswordContext
from gapura.authentication.strength import feedback
from gapura.config import settings as product
from gapura.kernel.permissions import Refused
from tests.authentication.world import (
    OTHER_PASSWORD,
    PASSWORD,
    SYSTEM,
    Browser,
    events,
    mails,
    person,
)

NOBODY = PasswordContext()
RARA = PasswordContext("Rara Anggraini", "rara.ang", "rara@kemenkeu.go.id", "Kementerian Keuangan")


def kinds(text: str, about: PasswordContext = NOBODY) -> list[type]:
    return [type(problem) for problem in feedback(text, about).problems]


@pytest.mark.parametrize(
    "text",
    [
        "pengadaan2026",
        "Pengadaan-2026",
        "P3ng4d44n!2026",
        "indonesia1945",
        "indonesiamerdeka",
        "Merdeka17081945",
        "bismillah123!",
        "katasandi2026",
        "sayangsayang1",
        "qwertyuiop12",
        "aaaaaaaaaaaa",
        "abcdefghijkl",
        "abcabcabcabc",
        "123456789012",
        "jakartajakarta",
        "31122026aaaa",
        "\uff30\uff25\uff2e\uff27\uff21\uff24\uff21\uff21\uff2e\uff12\uff10\uff12\uff16",
        "naadagnep2026",
        "password1234",
        "garuda garuda 1",
    ],
)
def test_what_a_guesser_tries_first_is_refused(text: str) -> None:
    assert kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        PASSWORD,
        OTHER_PASSWORD,
        "correct horse battery staple",
        "mXq7#vTz9&Lw",
        "  jendela miring di tepi sawah  ",
        "😀😁😂🤣😃😄😅😆😉😊😋😎",
        "недълъг гръм зад къщи",
        "x" * 3 + " batu apung melayang rendah" * 30,
    ],
)
def test_a_sentence_or_a_random_text_is_accepted(text: str) -> None:
    assert kinds(text) == []


def test_length_is_counted_in_code_points_and_said() -> None:
    assert PasswordTooShort in kinds("mXq7#vTz9&L")
    assert kinds("x" * 1025) == [PasswordTooLong]
    assert PasswordCommon in kinds("qwerty123456") or PasswordGuessable in kinds("qwerty123456")


@pytest.mark.parametrize(
    "text", ["RaraAnggraini1", "rara.anggraini!", "kemenkeu.go.id", "rara@kemenkeu.go.id"]
)
def test_ones_own_name_is_no_password(text: str) -> None:
    assert kinds(text, RARA) == [PasswordPersonal]


def test_ones_own_name_in_a_long_sentence_is_no_matter() -> None:
    assert kinds("rara menanam sebelas pohon jambu air", RARA) == []


def test_strength_grows() -> None:
    texts = ["pengadaan2026", "pengadaan jembatan", "kelinci ungu menggiling gandum"]
    grades = [feedback(text, NOBODY).strength for text in texts]
    assert grades == sorted(grades)
    assert (grades[0], grades[-1]) == (0, 4)


def test_feedback_is_fast_enough_for_typing() -> None:
    feedback(PASSWORD, RARA)
    began = time.perf_counter()
    feedback("ab1 " * 256, RARA)
    assert time.perf_counter() - began < 0.25


def test_a_megabyte_is_refused_before_any_work() -> None:
    began = time.perf_counter()
    assert hashing.verify(None, "x" * 1_000_000) is False
    assert kinds("x" * 1_000_000) == [PasswordTooLong]
    assert time.perf_counter() - began < 0.02


def test_nfkc_twins_are_one_password() -> None:
    kept = hashing.hash_password("ﬁlm Ångström \uff23afé")
    assert hashing.verify(kept, "film A\u030angstro\u0308m Cafe\u0301")


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("rahasia ", "rahasia"),
        (" rahasia", "rahasia"),
        ("a\0b", "a\0c"),
        ("a\0b", "a"),
        ("x" * 1023 + "a", "x" * 1023 + "b"),
        ("Rahasia", "rahasia"),
    ],
)
def test_verified_as_typed_nothing_is_cut_or_stripped(typed: str, other: str) -> None:
    kept = hashing.hash_password(typed)
    assert hashing.verify(kept, typed)
    assert not hashing.verify(kept, other)


def test_a_lone_surrogate_does_not_break_the_check() -> None:
    assert hashing.verify(None, "\ud800 rahasia") is False


def test_hash_queue_sheds_instead_of_growing() -> None:
    thread, gate = hashing.HashingThread(places=2), threading.Event()
    waiting = [threading.Thread(target=thread.run, args=(gate.wait,)) for _ in range(3)]
    waiting[0].start()
    time.sleep(0.1)  # the first is being worked on, the next two fill the queue
    for one in waiting[1:]:
        one.start()
    time.sleep(0.1)
    with pytest.raises(HashingBusy) as refused:
        thread.run(gate.wait)
    assert refused.value.status == 429
    assert refused.value.seconds > 0
    gate.set()
    for one in waiting:
        one.join(5)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives threads a priority")
def test_hashing_gives_way_to_pages() -> None:
    assert hashing._thread.run(lambda: os.getpriority(os.PRIO_PROCESS, 0)) == hashing.NICENESS


def test_an_exception_in_the_hashing_thread_reaches_its_caller_and_not_the_next() -> None:
    with pytest.raises(ZeroDivisionError):
        hashing._thread.run(lambda: 1 // 0)
    assert hashing._thread.run(lambda: 7) == 7


@pytest.mark.django_db
def test_an_unknown_name_costs_as_many_hashes_as_a_known_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known, costs, inner = person(), list[str](), hashing._fits

    def counted(kept: str, text: str) -> bool:
        costs.append(kept.split("$")[3])
        return inner(kept, text)

    monkeypatch.setattr(hashing, "_fits", counted)
    for login in (known.username, "nobody.here", "nobody@example.com", "x" * 5000, "a\0b"):
        with pytest.raises(WrongCredentials):
            Browser().begin(login, "not the password at all")
    assert len(costs) == 5
    assert len(set(costs)) == 1


@pytest.mark.django_db
def test_an_unknown_name_costs_as_many_statements_as_a_known_one() -> None:
    known, counts = person(), []
    for login in (known.username, "nobody.here"):
        here = Browser(ip=f"192.0.2.{len(login)}")
        with CaptureQueriesContext(connection) as wrong, pytest.raises(WrongCredentials):
            here.begin(login, "wrong")
        with CaptureQueriesContext(connection) as reset:
            services.start_reset(actor=here.actor, login=login)
        counts.append((len(wrong), len(reset)))
    assert counts[0] == counts[1]


@pytest.fixture
def real_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hash costs in the product; the other tests hash with next to no work."""
    cost = product.ARGON2
    real = PasswordHasher(cost["time_cost"], cost["memory_cost"], cost["parallelism"])
    monkeypatch.setattr(hashing, "_hasher", real)


def test_a_hash_costs_what_owasp_asks_for() -> None:
    program = (
        "import django; django.setup();"
        "from gapura.authentication import hashing;"
        "print(hashing._DUMMY, hashing.hash_password('kelinci'))"
    )
    env = os.environ | {"PYTHONPATH": str(Path(product.__file__).parents[2])}
    told = subprocess.check_output([sys.executable, "-c", program], env=env, text=True)
    assert [hashed.split("$")[3] for hashed in told.split()] == ["m=19456,t=2,p=1"] * 2


@pytest.mark.django_db
def test_old_figures_are_renewed_at_sign_in(real_figures: None) -> None:
    someone = person()
    cheap = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
    weak = cheap.hash(PASSWORD.encode())
    Password.objects.filter(person=someone).update(hash=weak)
    Browser().begin(someone.username)
    kept = Password.objects.get(person=someone).hash
    assert "m=19456,t=2,p=1" in kept
    assert passwords.check(someone.id, PASSWORD).fits


@pytest.mark.django_db
def test_the_first_password_is_set_once() -> None:
    someone = person()
    Password.objects.all().delete()
    prepared = services.prepare_password(PASSWORD, NOBODY)
    services.set_password(actor=SYSTEM, person=someone.id, prepared=prepared)
    with pytest.raises(Refused):
        services.set_password(actor=SYSTEM, person=someone.id, prepared=prepared)
    assert len(events("authentication.password.set", someone)) == 1


@pytest.mark.django_db
def test_prepare_says_every_problem() -> None:
    with pytest.raises(WeakPassword) as refused:
        services.prepare_password("rara", RARA)
    assert {type(p) for p in refused.value.problems} == {PasswordTooShort, PasswordPersonal}


@pytest.mark.django_db
def test_a_change_ends_other_sessions_and_tells_the_owner() -> None:
    someone = person()
    here, there = Browser().sign_in(someone), Browser(ip="198.51.100.4").sign_in(someone)
    old = here.token
    with pytest.raises(WrongPassword):
        services.change_password(actor=here.actor, current="wrong", new=OTHER_PASSWORD)
    here.keep(services.change_password(actor=here.actor, current=PASSWORD, new=OTHER_PASSWORD))
    assert here.actor.signed_in
    assert not there.actor.signed_in
    assert not Browser(token=old).actor.signed_in
    assert mails(someone)[-1] == "password_changed"
    assert events("authentication.password.changed", someone)[0] == {"sessions_ended": 1}


@pytest.mark.django_db
def test_the_last_five_passwords_do_not_come_back() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    chosen = [PASSWORD] + [f"{OTHER_PASSWORD} {word}" for word in ("satu", "dua", "tiga", "empat")]
    for current, new in pairwise(chosen):
        here.keep(services.change_password(actor=here.actor, current=current, new=new))
    with pytest.raises(WeakPassword) as refused:
        services.change_password(actor=here.actor, current=chosen[-1], new=PASSWORD)
    assert [type(p) for p in refused.value.problems] == [PasswordReused]
    assert len(Password.objects.get(person=someone).previous) == 4
