"""Addresses, usernames, names and telephone numbers, with what attackers type into them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapura.accounts import errors
from gapura.accounts.rules import (
    canonical_email,
    canonical_username,
    email_problem,
    is_reserved,
    name_problem,
    phone_number,
    phone_problem,
    tidy,
    username_problem,
)


@pytest.mark.parametrize(
    "email",
    [
        "siti@instansi.go.id",
        "Siti.Aminah+katalog@Instansi.GO.ID",
        "a@b.co",
        "o'brien@example.com",
        "siti@bücher.example",
        "siti@пример.example",
        "x" * 64 + "@example.com",
    ],
)
def test_a_plain_address_passes(email: str) -> None:
    assert email_problem(email) is None


@pytest.mark.parametrize(
    "email",
    [
        "",
        "siti",
        "@example.com",
        "siti@",
        "siti@localhost",
        "siti@example.com, budi@example.com",
        "siti@example.com;budi@example.com",
        '"siti aminah"@example.com',
        "siti@@example.com",
        "siti@example..com",
        ".siti@example.com",
        "siti.@example.com",
        "si..ti@example.com",
        "siti@-example.com",
        "siti@192.0.2.1",
        "siti@[192.0.2.1]",
        "siti <siti@example.com>",
        "siti@exam ple.com",
    ],
)
def test_what_is_no_single_address_is_refused(email: str) -> None:
    assert isinstance(email_problem(email), errors.EmailMalformed)


@pytest.mark.parametrize(
    "email",
    [
        "s\u0456ti@example.com",  # Cyrillic i
        "siti@g\u043e\u043egle.com",  # Cyrillic o
        "siti@ex\u0430mple.go.id",  # Cyrillic a
        "siti@example\u2024com.id",  # one dot leader
        "siti@\uff45xample.com",  # fullwidth e
        "\uff53iti@example.com",
        "siti@stra\u00dfe.example",  # its mail would go to strasse.example
    ],
)
def test_letters_that_only_look_latin_are_refused_by_name(email: str) -> None:
    assert isinstance(email_problem(email), errors.EmailLookalike)


@pytest.mark.parametrize("sign", ["\0", "\r\nBcc: x@y.id", "\u202e", "\u200b", "\u2066", "\t"])
def test_nothing_invisible_gets_into_an_address(sign: str) -> None:
    assert isinstance(email_problem(f"si{sign}ti@example.com"), errors.TextUnsafe)


def test_an_address_has_a_longest_length() -> None:
    assert isinstance(email_problem("x" * 65 + "@example.com"), errors.EmailTooLong)
    assert isinstance(email_problem("x" * 10_000), errors.EmailTooLong)


def test_spellings_of_one_domain_become_one() -> None:
    assert canonical_email(" Siti@BÜCHER.example ") == "Siti@xn--bcher-kva.example"
    assert canonical_email("Siti@XN--BCHER-KVA.EXAMPLE") == "Siti@xn--bcher-kva.example"


@given(st.text(max_size=300))
def test_no_text_breaks_the_address_check_and_a_canonical_address_is_stable(text: str) -> None:
    if email_problem(text.strip()) is None:
        once = canonical_email(text)
        assert canonical_email(once) == once
        assert once.isascii()


@pytest.mark.parametrize(
    "name", ["siti", "siti.aminah", "s1", "a_b-c.d", "x" * 32, "luar", "warga"]
)
def test_an_ordinary_username_passes(name: str) -> None:
    assert username_problem(name) is None
    assert not is_reserved(name)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a", errors.UsernameLength),
        ("x" * 33, errors.UsernameLength),
        ("x" * 10_000, errors.UsernameLength),
        ("siti aminah", errors.UsernameSigns),
        ("siti@example.com", errors.UsernameSigns),
        (".siti", errors.UsernameSigns),
        ("siti-", errors.UsernameSigns),
        ("s\u0456ti", errors.UsernameSigns),  # Cyrillic i
        ("siti\0x", errors.UsernameSigns),
        ("3273011708850001", errors.UsernameIsNumber),
        ("1985-0817-2010", errors.UsernameIsNumber),
    ],
)
def test_a_username_is_refused_for_its_own_reason(name: str, problem: type) -> None:
    assert isinstance(username_problem(canonical_username(name)), problem)


@pytest.mark.parametrize("name", ["admin", "a.d.m.i.n", "admin_instansi", "helpdesk1", "lkpp-2026"])
def test_nobody_can_pass_for_the_service(name: str) -> None:
    assert is_reserved(name)


def test_capitals_in_a_username_are_folded_but_only_ascii_ones() -> None:
    assert canonical_username(" Siti ") == "siti"
    assert isinstance(username_problem(canonical_username("\u212aadir")), errors.UsernameSigns)


@pytest.mark.parametrize(
    "name",
    [
        "Siti Aminah, S.E.",
        "O'Brien",
        "Nguyễn Văn An",
        "Ünsal-Özgür",
        "李小龙",
        "ᮃᮛᮤᮖ",
        "Md. Ali (Alm.)",
    ],
)
def test_names_of_any_script_pass(name: str) -> None:
    assert name_problem(tidy(name)) is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", errors.NameTooShort),
        ("S", errors.NameTooShort),
        ("..", errors.NameTooShort),
        ("Siti 2", errors.NameHasSigns),
        ("<b>Siti</b>", errors.NameHasSigns),
        ("Siti\u202eAminah", errors.TextUnsafe),
        ("Siti\u200bAminah", errors.TextUnsafe),
        ("Siti\0Aminah", errors.TextUnsafe),
        ("Siti\nAminah", errors.TextUnsafe),
        ("S" + "\u0301" * 20 + "iti", errors.TextUnsafe),
        ("x" * 101, errors.TextTooLong),
        ("x" * 10_000, errors.TextTooLong),
    ],
)
def test_a_name_is_refused_for_its_own_reason(name: str, problem: type) -> None:
    assert isinstance(name_problem(tidy(name)), problem)


@given(st.text(max_size=120))
def test_no_text_breaks_the_name_check(text: str) -> None:
    name_problem(tidy(text))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0812 3456 7890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("(021) 5789 1234", "+622157891234"),
        ("+65 6123 4567", "+6561234567"),
    ],
)
def test_a_telephone_number_is_stored_as_e164(typed: str, stored: str) -> None:
    assert phone_number(typed) == stored
    assert phone_problem(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "12345",
        "08",
        "0812345678901234",
        "٠٨١٢٣٤٥٦٧٨",
        "0812\0",
        "call me",
        "+0812345678",
        "1" * 10_000,
    ],
)
def test_what_is_no_telephone_number_is_refused(typed: str) -> None:
    assert isinstance(phone_problem(typed), errors.PhoneMalformed)


def test_a_telephone_number_may_be_left_out() -> None:
    assert phone_problem("") is None
