"""The list of refused passwords: what is on it, how it is made, kept, found and replaced."""

import hashlib
import os
import tracemalloc
from pathlib import Path

import pytest
from django.conf import settings

from gapura.authentication.blocklist import is_listed, list_size
from gapura.authentication.normal import base_form, normal_forms
from gapura.authentication.wordlist import WIDTH, BadList, BreachedList, WordList, write_list
from gapura.authentication.wordlist_sources import SHIPPED, build, common_file


@pytest.mark.parametrize(
    "text",
    [
        "pengadaan",
        "Pengadaan2026",
        "P3ng4d44n!2026",
        "p e n g a d a a n",
        "PENGADAAN-PENGADAAN",
        "2026pengadaan!!",
        "naadagnep12",
        "17Agustus1945",
        "agustus 2026",
        "Agu$tus-31-08-2026",
        "Rah@s1a123456",
        "kelinci17081945",
        "kelinci19450817",
        "kelinci170845",
        "r4h4s1aku2026",
        "SPSE-lkpp-2025",
        "inaproc.ekatalog",
        "kabupatenbogor1",
        "Kementerian Keuangan 2026",
        "dimassaputra99",
        "merahputih11111111",
        "qwerty123456",
        "password1234",
        "trustno1",
        "реngаdааn2026",  # noqa: RUF001 - the attack: letters of another alphabet
        "ｐｅｎｇａｄａａｎ２０２６",  # noqa: RUF001
        "péngàdään2026",
    ],
)
def test_a_common_word_stays_one_whatever_is_hung_on_it(text: str) -> None:
    assert is_listed(text)


@pytest.mark.parametrize(
    "text",
    [
        "kelinci ungu menggiling gandum",
        "mXq7#vTz9&Lw",
        "kelinci83920174x5",
        "😀😁😂🤣😃😄😅😆😉😊😋😎",
        "недълъг гръм зад къщи",
        "correct horse battery staple",
        "",
        "7",
        "a\0b",
        "\ud800 lone",
    ],
)
def test_a_sentence_or_a_random_text_is_not_on_it(text: str) -> None:
    assert not is_listed(text)


def test_forms_are_few_however_long_the_text_is() -> None:
    assert len(normal_forms("ab1! " * 200_000)) < 20
    assert base_form("Rêjeki_Nomplok") == "rejekinomplok"


def test_every_common_password_of_the_framework_is_on_it() -> None:
    import gzip

    with gzip.open(common_file(), "rt", encoding="utf-8") as lines:
        common = [line.strip() for line in lines]
    assert len(common) > 19_000
    assert [word for word in common if len(word) > 3 and not is_listed(word)] == []


def test_the_shipped_file_is_small_and_costs_no_memory() -> None:
    assert SHIPPED.stat().st_size < 400_000
    assert list_size() * WIDTH + 16 == SHIPPED.stat().st_size
    assert list_size() > 30_000
    tracemalloc.start()
    words = WordList(SHIPPED)
    found = [form in words for form in ("pengadaan", "nopenopenope")]
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [True, False]
    assert memory < 50_000


def test_strangers_are_hardly_ever_taken_for_listed_ones() -> None:
    words = WordList(SHIPPED)
    assert sum(f"stranger-{number}" in words for number in range(20_000)) == 0


def test_a_list_made_twice_is_the_same_file(tmp_path: Path) -> None:
    one, two = tmp_path / "one.bin", tmp_path / "two.bin"
    build(one)
    build(two)
    assert one.read_bytes() == two.read_bytes() == SHIPPED.read_bytes()


def test_an_operators_words_are_added_and_used_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, target = tmp_path / "ours.txt", tmp_path / "list.bin"
    words.write_text("# ours\nZyxwvut\nQuokka-Wombat\n", encoding="utf-8")
    shipped = list_size()
    monkeypatch.setattr(settings, "PASSWORD_BLOCKLIST", str(target), raising=False)
    write_list(["only"], target)
    assert is_listed("only")
    assert not is_listed("zyxwvut2026")
    assert build(target, [words]) == shipped + 3  # the second one also with its hyphen
    assert is_listed("zyxwvut2026")
    assert is_listed("quokkawombat1")


@pytest.mark.parametrize(
    "content",
    [b"", b"short", b"NOTALIST" + bytes(20), b"GAPURAWL\x01\x05\0\0\0\0\0\x02" + bytes(5)],
    ids=["empty", "short", "another", "cut"],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.bin"
    path.write_bytes(content)
    with pytest.raises(BadList):
        WordList(path)


def _breached(path: Path, *passwords: str, ending: str = "\r\n") -> Path:
    lines = sorted(
        hashlib.sha1(each.encode(), usedforsecurity=False).hexdigest().upper() for each in passwords
    )
    text = ending.join(f"{line}:{count}" for count, line in enumerate(lines, 1))
    path.write_text(text + ending, encoding="ascii", newline="")
    return path


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_every_line_of_an_export_of_breached_passwords_is_found(
    tmp_path: Path, ending: str
) -> None:
    leaked = [f"leaked {number}" for number in range(500)]
    found = BreachedList(_breached(tmp_path / "pwned.txt", *leaked, ending=ending))
    assert all(each in found for each in leaked)
    assert not any(f"{each}!" in found for each in leaked)


def test_a_breached_password_is_refused_as_it_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "kelinci Ungu menggiling gandum"
    path = _breached(tmp_path / "pwned.txt", secret, "x")
    assert not is_listed(secret)
    monkeypatch.setattr(settings, "BREACHED_PASSWORDS", str(path), raising=False)
    assert is_listed(secret)
    assert not is_listed("kelinci biru menggiling gandum")


def test_an_export_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pwned.txt"
    path.write_text("this is a list of words, and no list of hashes at all\n", encoding="ascii")
    with pytest.raises(BadList):
        BreachedList(path)


def test_a_list_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "list.bin"
    write_list(["satu", "dua", "satu"], target)
    assert len(WordList(target)) == 2
    assert [each.name for each in tmp_path.iterdir()] == ["list.bin"]
    assert os.access(target, os.R_OK)
