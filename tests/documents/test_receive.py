"""Handing in a letter, from the bytes to the sealed row."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import override_settings

from gapura.documents import errors, gate, queries, services
from gapura.documents.limits import Limits
from gapura.documents.models import Content, Document, Page, Stored
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.encryption import Unsealable
from gapura.kernel.throttle import TooMany
from tests.documents import makers

pytestmark = pytest.mark.django_db

LETTER = makers.pdf(makers.letter())
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def person() -> Actor:
    """Someone who is signed in."""
    return Actor(person=uuid4(), username="ppk", acr=2)


def receive(content: bytes, name: str = "SK PPK.pdf", actor: Actor | None = None) -> UUID:
    """Hand in a letter."""
    return services.receive(actor=actor or person(), name=name, content=content)


def test_a_letter_comes_back_as_it_was_with_a_preview() -> None:
    actor = person()
    with clock.frozen(NOON):
        document_id = receive(LETTER, actor=actor)
    found = queries.get_document(document_id)
    assert (found.name, found.media_type, found.size) == (
        "SK PPK.pdf",
        "application/pdf",
        len(LETTER),
    )
    assert (found.uploaded_by, found.uploaded_at) == (actor.person, NOON)
    assert [(page.number, page.width) for page in found.pages] == [(1, 1100)]
    assert queries.original_bytes(document_id).content == LETTER
    shown = queries.preview(document_id, 1)
    assert (shown.media_type, shown.content[:4]) == ("image/webp", b"RIFF")


def test_a_photo_of_a_letter_is_taken() -> None:
    found = queries.get_document(receive(makers.jpg(), "IMG_1.JPEG"))
    assert (found.name, found.media_type) == ("IMG_1.jpg", "image/jpeg")


def test_a_stolen_table_shows_no_letter() -> None:
    document_id = receive(LETTER)
    sha256 = queries.get_document(document_id).sha256
    rows = {row.key: bytes(row.sealed) for row in Stored.objects.all()}
    assert rows.keys() == {sha256, f"{sha256}/1"}
    assert not any(b"PDF" in sealed[:100] or b"Surat" in sealed for sealed in rows.values())


def test_exchanged_rows_are_noticed() -> None:
    document_id = receive(LETTER)
    other = queries.get_document(receive(makers.jpg(), "a.jpg")).sha256
    stored = Stored.objects.get(pk=other)
    sha256 = queries.get_document(document_id).sha256
    Stored.objects.filter(pk=sha256).update(sealed=bytes(stored.sealed))
    with pytest.raises(Unsealable):
        queries.original_bytes(document_id)


REFUSED = {
    "0 bytes": (b"", "a.pdf", errors.EmptyFile),
    "1 byte": (b"%", "a.pdf", errors.WrongType),
    "over 2 MB": (b"%PDF-" + bytes(2 * 1024 * 1024), "a.pdf", errors.FileTooLarge),
    "EXE named pdf": (b"MZ\x90\0" + bytes(60), "SK.pdf", errors.WrongType),
    "SVG named jpg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.jpg", errors.WrongType),
    "HTML named jpg": (b"<!doctype html><script>", "a.jpg", errors.WrongType),
    "PNG named jpg": (b"\x89PNG\r\n\x1a\n", "a.jpg", errors.WrongType),
    "header not first": (b"MZ\n" + LETTER, "a.pdf", errors.WrongType),
    "PDF named exe": (LETTER, "SK.pdf.exe", errors.WrongEnding),
    "name turned round": (LETTER, "SK\u202efdp.exe", errors.WrongEnding),
    "PDF named jpg": (LETTER, "SK.jpg", errors.WrongEnding),
    "no ending": (LETTER, "SK", errors.WrongEnding),
    "zip behind": (LETTER + makers.zip_file(), "a.pdf", errors.TwoFormats),
    "HTML behind": (LETTER + b"<script>alert(1)</script>", "a.pdf", errors.TwoFormats),
    "zip behind a JPG": (makers.jpg() + makers.zip_file(), "a.jpg", errors.TwoFormats),
    "PDF in a JPG": (makers.jpg(exif=b"Exif\0\0%PDF-1.7"), "a.jpg", errors.TwoFormats),
    "tar": (
        LETTER[:9] + b"%" + b"a" * 247 + b"ustar\0" + LETTER[9:],
        "a.pdf",
        errors.TwoFormats,
    ),
    "script": (
        makers.pdf(makers.letter(b"/OpenAction<</S/JavaScript/JS(x)>>")),
        "a.pdf",
        errors.Active,
    ),
    "50,000 x 50,000": (makers.jpg_claiming(50_000, 50_000), "a.jpg", errors.TooManyPixels),
}


@pytest.mark.parametrize("attack", REFUSED)
def test_a_hostile_file_is_refused_in_words_and_leaves_nothing(attack: str) -> None:
    content, name, error = REFUSED[attack]
    with pytest.raises(error) as caught:
        receive(content, name)
    problem = caught.value
    assert isinstance(problem, errors.FileRefused)
    assert problem.what % problem.values
    assert problem.todo % problem.values
    tables = (Stored, Content, Page, Document)
    assert not any(table.objects.exists() for table in tables)


def test_a_zip_whose_comment_swallows_the_rest_is_refused() -> None:
    begin = makers.pdf(makers.letter(o9=makers.stream(b"", makers.zip_file()[:20] + b"\0\0")))
    at = begin.index(b"PK\x05\x06")
    rest = len(begin) - at - 22
    content = begin[: at + 20] + rest.to_bytes(2, "little") + begin[at + 22 :]
    with pytest.raises(errors.TwoFormats):
        receive(content)


def test_a_file_just_over_the_limit_is_not_said_to_be_as_large_as_the_limit() -> None:
    with pytest.raises(errors.FileTooLarge) as caught:
        receive(b"%PDF-" + bytes(2 * 1024 * 1024))
    assert caught.value.values == {"size": "2,1", "limit": "2"}


def test_a_doubled_submit_gives_one_document() -> None:
    actor = person()
    assert receive(LETTER, actor=actor) == receive(LETTER, "other name.pdf", actor=actor)
    assert Document.objects.count() == 1


def test_the_same_letter_of_two_people_is_examined_and_kept_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = receive(LETTER)
    monkeypatch.setattr(gate, "examine", lambda *_: pytest.fail("examined again"))
    second = receive(LETTER, "SK of KPA.pdf")
    assert first != second
    assert Content.objects.count() == 1
    assert queries.get_document(second).name == "SK of KPA.pdf"


def test_a_letter_that_passed_older_checks_is_examined_again() -> None:
    receive(LETTER)
    Content.objects.update(gate=gate.GATE - 1)
    receive(LETTER)
    assert Content.objects.get().gate == gate.GATE


def test_one_person_cannot_fill_the_disk() -> None:
    actor = person()
    with override_settings(UPLOAD_FILES_PER_DAY=1):
        with clock.frozen(NOON):
            receive(LETTER, actor=actor)
            with pytest.raises(errors.QuotaReached):
                receive(makers.jpg(), "a.jpg", actor)
            receive(makers.jpg(), "a.jpg")  # somebody else may
        with clock.frozen(NOON + timedelta(hours=24, seconds=1)):
            receive(makers.jpg(), "a.jpg", actor)


def test_one_person_cannot_hand_in_more_bytes_than_the_day_allows() -> None:
    with override_settings(UPLOAD_MEGABYTES_PER_DAY=0), pytest.raises(errors.QuotaReached):
        receive(LETTER)


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_cannot_pass_the_quota_together(monkeypatch: pytest.MonkeyPatch) -> None:
    # Both have been examined before either is kept.
    both, examine, actor = Barrier(2), gate.examine, person()

    def together(content: bytes, limits: Limits) -> list[gate.Preview]:
        previews = examine(content, limits)
        both.wait(timeout=10)
        return previews

    def attempt(case: tuple[bytes, str]) -> bool:
        try:
            receive(*case, actor)
        except errors.QuotaReached:
            return False
        finally:
            connection.close()
        return True

    monkeypatch.setattr(gate, "examine", together)
    cases = [(LETTER, "a.pdf"), (makers.jpg(), "a.jpg")]
    with override_settings(UPLOAD_FILES_PER_DAY=1), ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, cases)) == [False, True]
    assert Document.objects.count() == 1
    assert Stored.objects.count() == 2


def test_refused_files_count_against_the_person_too() -> None:
    actor = person()
    with clock.frozen(NOON):
        for _ in range(60):
            with pytest.raises(errors.WrongType):
                receive(b"MZ", actor=actor)
        with pytest.raises(TooMany):
            receive(LETTER, actor=actor)


def test_a_full_gate_says_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_WAIT_SECONDS", 0.01)
    while gate._slots.acquire(blocking=False):
        pass
    try:
        with pytest.raises(errors.GateBusy) as caught:
            receive(LETTER)
    finally:
        gate._slots.release()
    assert caught.value.seconds == 10


def test_nobody_hands_in_nothing() -> None:
    with pytest.raises(ValueError, match="by a person"):
        receive(LETTER, actor=Actor())


@pytest.mark.parametrize("number", [0, -1, 2, 10**9])
def test_a_page_that_is_not_there_is_missing(number: int) -> None:
    document_id = receive(LETTER)
    with pytest.raises(errors.NoSuchDocument):
        queries.preview(document_id, number)


def test_a_document_that_is_not_there_is_missing() -> None:
    for ask in (queries.get_document, queries.original_bytes):
        with pytest.raises(errors.NoSuchDocument):
            ask(uuid4())
