"""Whether two accounts look like one human: plain names, the likeness of two, and the score."""

from collections.abc import Collection, Mapping
from difflib import SequenceMatcher

from gapura.accounts.choices import EVIDENCE

# Titles before a name; those behind it stand after the first comma.
_TITLES = frozenset(
    {"dr", "drs", "dra", "ir", "prof", "h", "hj", "kh", "ust", "st", "se", "sh", "bpk", "ibu"}
)
_ALIKE = 0.85
# A name is at most 100 characters; comparing is quadratic.
_COMPARED = 60


def plain_name(name: str) -> str:
    """The words of a name without titles, in one order: `Dr. Budi Santoso, M.M.` is that of
    `santoso budi`.
    """
    bare = name.partition(",")[0].casefold().replace(".", " ")
    words = ["".join(sign for sign in word if sign.isalpha()) for word in bare.split()]
    return " ".join(sorted(word for word in words if word and word not in _TITLES))


def likeness(name: str, nik: str) -> str:
    """Name and date of birth (with the sex, as the NIK writes both) as one text."""
    return f"{plain_name(name)}|{nik[6:12]}"


def alike(one: str, other: str) -> bool:
    """Two names differ by a letter or two, or by a title."""
    first, second = plain_name(one)[:_COMPARED], plain_name(other)[:_COMPARED]
    if not first or not second:
        return False
    return first == second or SequenceMatcher(None, first, second).ratio() >= _ALIKE


def judge(
    shared: Collection[str], one: str, other: str, scores: Mapping[str, int]
) -> tuple[int, list[str]]:
    """Score and evidence of a pair that shares what `shared` names; the names are compared here.

    Whoever shares name and birth date has no similar name besides.
    """
    found = set(shared)
    if "same_name_birth" not in found and alike(one, other):
        found.add("similar_name")
    evidence = [code for code in EVIDENCE if code in found]
    return sum(scores[code] for code in evidence), evidence
