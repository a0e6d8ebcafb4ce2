"""What the shipped list of refused passwords is made from: common ones, our words, agencies."""

import csv
import gzip
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from gapura.authentication.normal import SHORTEST, base_form
from gapura.authentication.wordlist import write_list

ROOM = Path(__file__).parent
REFERENCE = ROOM / "reference"
CONTEXT, INDONESIAN = REFERENCE / "context_words.txt", REFERENCE / "indonesian_words.txt"
AGENCIES = ROOM.parent / "organizations" / "reference" / "agencies.csv"
SHIPPED = REFERENCE / "built" / "blocklist.bin"
# Written behind a word without a space: my, your, his; and the endings of nouns and verbs.
_ENDINGS = ("ku", "mu", "nya", "an", "kan", "aja", "banget")
_LONGEST_LINE = 1000


def common_file() -> Path:
    """The 19,640 leaked passwords that come with Django, read where it keeps them.

    :raises FileNotFoundError: when Django is not installed.
    """
    spec = find_spec("django")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("django")
    return Path(spec.origin).parent / "contrib" / "auth" / "common-passwords.txt.gz"


def sources() -> tuple[Path, ...]:
    """Every file that the shipped list is made from."""
    return common_file(), CONTEXT, INDONESIAN, AGENCIES


def words_of(path: Path) -> Iterator[str]:
    """The words of a text file: separated by white space, lines that begin with # left out."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield from line[:_LONGEST_LINE].split()


def build(target: Path, extra: Iterable[Path] = ()) -> int:
    """Make a list: the shipped words and those of `extra` files; answers how many entries.

    :raises BadList, OSError: when a file cannot be read or written.
    """
    return write_list((word for word in _words(extra) if len(word) >= SHORTEST), target)


def _words(extra: Iterable[Path]) -> Iterator[str]:
    for word in _common():
        yield word
        yield base_form(word)
    for path in (CONTEXT, INDONESIAN):
        for word in words_of(path):
            yield from (base_form(word), *(base_form(word + ending) for ending in _ENDINGS))
    for name in _agencies():
        yield base_form(name)
        yield from (base_form(word) for word in name.split() if len(word) > SHORTEST)
    for path in extra:
        for word in words_of(path):
            yield from (word.casefold(), base_form(word))


def _common() -> Iterator[str]:
    with gzip.open(common_file(), "rt", encoding="utf-8") as lines:
        yield from (line.strip().casefold() for line in lines)


def _agencies() -> Iterator[str]:
    """Names and short names of ministries, agencies, provinces, regencies and cities."""
    with AGENCIES.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield from (row["name"], row["short"])
