"""File names as attackers write them."""

import pytest

from gapura.documents.names import disposition, ending_of, safe_name

RLO = "\u202e"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("SK PPK 2026.pdf", "SK PPK 2026.pdf"),
        ("SK No. 12.PPK.2026.pdf", "SK No. 12.PPK.2026.pdf"),
        (f"surat{RLO}exe.pdf", "suratexe.pdf"),
        ("surat\r\nSet-Cookie: a=b.pdf", "suratSet-Cookie- a=b.pdf"),
        ("surat.exe.pdf", "surat.pdf"),
        ("surat.pdf.HTML.php.pdf", "surat.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\surat.pdf", "surat.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("zero\u200bwidth\ufeff.pdf", "zerowidth.pdf"),
        (".pdf", "document.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
        ("CON.pdf", "document-CON.pdf"),
        ('a"b;c*d%e.pdf', "a-b-c-d-e.pdf"),
        ("lone\ud800surrogate.pdf", "lonesurrogate.pdf"),
    ],
)
def test_a_name_is_made_safe_to_show(given: str, shown: str) -> None:
    assert safe_name(given, ".pdf") == shown


def test_a_name_of_ten_thousand_characters_is_cut_to_a_hundred() -> None:
    assert len(safe_name("a" * 10_000 + ".pdf", ".pdf")) == 100
    assert len(safe_name("e\u0301" * 10_000, ".pdf")) <= 100


@pytest.mark.parametrize(
    ("given", "ending"),
    [
        ("a.PDF", ".pdf"),
        (f"a{RLO}fdp.exe", ".exe"),
        ("a.pdf\0.exe", ".exe"),
        ("a.pdf.", ".pdf"),
        ("a", ""),
        ("a.pdf/b", ""),
    ],
)
def test_the_ending_is_read_after_hidden_characters_are_gone(given: str, ending: str) -> None:
    assert ending_of(given) == ending


def test_a_download_header_holds_one_line_and_the_exact_name() -> None:
    header = disposition('Surat "é"\r\nX: 1.pdf')
    assert header.startswith('attachment; filename="Surat _e___X: 1.pdf"; ')
    assert header.endswith("filename*=UTF-8''Surat%20%22%C3%A9%22%0D%0AX%3A%201.pdf")
    assert "\n" not in header
    assert "\r" not in header
