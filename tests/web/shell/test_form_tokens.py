"""Form tokens are Django's own, and every letter in them comes as often as every other."""

from collections import Counter
from importlib import import_module
from typing import Any

from gapura.web.shell.form_tokens import masked, random_letters

# Untyped: the stubs do not tell of what is its own.
csrf: Any = import_module("django.middleware.csrf")


def test_django_reads_them_back() -> None:
    for _ in range(200):
        secret = random_letters()
        token = masked(secret)
        assert len(secret) == csrf.CSRF_SECRET_LENGTH
        assert len(token) == csrf.CSRF_TOKEN_LENGTH
        assert csrf._unmask_cipher_token(token) == secret
        assert csrf._does_token_match(token, secret)
        assert not csrf._does_token_match(token, random_letters())


def test_no_two_masks_are_alike() -> None:
    secret = random_letters()
    assert len({masked(secret) for _ in range(200)}) == 200


def test_every_letter_comes_about_as_often() -> None:
    found = Counter("".join(random_letters() for _ in range(2000)))
    assert set(found) == set(csrf.CSRF_ALLOWED_CHARS)
    # 64,000 letters: 1,032 of each, give or take six standard deviations.
    assert all(abs(times - 1032) < 200 for times in found.values()), found


def test_django_makes_its_own_with_them() -> None:
    assert csrf._get_new_csrf_string is random_letters
    assert csrf._mask_cipher_secret is masked
