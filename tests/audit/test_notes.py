"""Signed notes: the published example of golang.org/x/mod/sumdb/note, and forgeries."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gapura.audit.tree.notes import (
    BadNote,
    Tree,
    open_note,
    read_checkpoint,
    sign,
    verifier_key,
    write_checkpoint,
)

PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PUBLISHED = (
    f"{PUBLISHED_TEXT}\n\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
TREE = Tree("gapura.example", 11, bytes(range(32)))


def published_key() -> Ed25519PublicKey:
    material = base64.b64decode(PUBLISHED_KEY.split("+", 2)[2])
    return Ed25519PublicKey.from_public_bytes(material[1:])


def test_the_published_note_opens() -> None:
    assert open_note(PUBLISHED, published_key()) == PUBLISHED_TEXT


def test_the_published_verifier_key_is_written_the_same() -> None:
    assert verifier_key("PeterNeumann", published_key().public_bytes_raw()) == PUBLISHED_KEY


def test_a_checkpoint_reads_back() -> None:
    note = write_checkpoint(TREE, KEY)
    assert note.startswith("gapura.example\n11\n")
    assert read_checkpoint(note, KEY.public_key()) == TREE


def test_a_note_with_other_signatures_too_opens() -> None:
    note = write_checkpoint(TREE, KEY) + PUBLISHED.splitlines()[-1] + "\n"
    assert read_checkpoint(note, KEY.public_key()) == TREE


@pytest.mark.parametrize("forge", [("\n11\n", "\n12\n"), ("gapura", "gapuro"), ("\u2014 ", "- ")])
def test_a_changed_checkpoint_is_refused(forge: tuple[str, str]) -> None:
    with pytest.raises(BadNote):
        read_checkpoint(write_checkpoint(TREE, KEY).replace(*forge, 1), KEY.public_key())


def test_another_logs_key_is_refused() -> None:
    other = Ed25519PrivateKey.from_private_bytes(b"1" * 32)
    with pytest.raises(BadNote):
        read_checkpoint(write_checkpoint(TREE, other), KEY.public_key())


@pytest.mark.parametrize(
    "text", ["x\n", "x\n01\nAAAA\n", "x\n-1\nAAAA\n", "x\n1\nAAAA\n", "\n1\n\n"]
)
def test_a_signed_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        read_checkpoint(sign(text, "x", KEY), KEY.public_key())


@pytest.mark.parametrize("text", ["", "\n\n", "a\n\n\u2014 x !!!\n", "a\n\n\u2014 x AAAA\n"])
def test_rubbish_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        open_note(text, KEY.public_key())
