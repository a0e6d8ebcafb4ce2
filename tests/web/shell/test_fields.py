"""What people type, and what they are told when it cannot be taken."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.functional import Promise
from django.utils.translation import override

from gapura.kernel.problems import FieldProblems, Problem
from gapura.kernel.texts import N_
from gapura.web.shell.forms import (
    CheckField,
    ChoiceField,
    CodeField,
    DayField,
    DigitsField,
    Form,
    PasswordField,
    TextField,
    UploadField,
)


class Sample(Form):
    name = TextField(label="Name", shortest=2, longest=20, missing="Enter your name.")
    reason = TextField(label="Reason", lines=True, longest=40)
    nik = DigitsField(label="NIK", lengths=(16,))
    code = CodeField()
    password = PasswordField()
    born = DayField(label="Birthday", last=lambda: date(2026, 11, 22))
    kind = ChoiceField(label="Kind", choices=(("a", "A"),))
    letter = UploadField(label="Letter", most_bytes=10)
    agree = CheckField(label="All is true")


def answer(name: str, value: Any) -> tuple[Any, str]:
    """The cleaned value of one field and its first error, in English."""
    data: Mapping[str, Any] = value if isinstance(value, dict) else {name: value}
    with override("en"):
        form = Sample(data, {})
        error = str(form.errors[name][0]) if name in form.errors else ""
        return form.cleaned_data.get(name), error


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("name", "  Dewi Lestari \r\n", "Dewi Lestari"),
        ("name", "Ame\u0301lie", "Amélie"),
        ("reason", "one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("nik", "3201 0141-0190.0001", "3201014101900001"),
        ("code", " 123 456 ", "123456"),
        ("password", "  two spaces  ", "  two spaces  "),
        ("password", "\ufb01sh", "fish"),
    ],
)
def test_typing_is_forgiven(name: str, typed: str, kept: str) -> None:
    assert answer(name, typed) == (kept, "")


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("name", "", "Enter your name."),
        ("name", "   ", "Enter your name."),
        ("name", "D", "Name needs at least 2 characters. You typed 1."),
        ("name", "x" * 10_000, "Name can have at most 20 characters. You typed 10000."),
        ("name", "De\x00wi", "characters that cannot be seen"),
        ("name", "De\u200bwi", "characters that cannot be seen"),
        ("name", "De\nwi", "characters that cannot be seen"),
        ("name", "Dewi\u202eitseL", "marks that turn the direction"),
        ("nik", "32A1014101900001", "NIK can only have digits."),
        ("nik", "٣٢٠١٠١٤١٠١٩٠٠٠٠١", "digits of another script"),
        ("nik", "320101410190000", "NIK has 16 digits. You typed 15."),
        ("code", "", "Enter the code. It has 6 digits."),
        ("code", "12345", "Code has 6 digits. You typed 5."),
        ("password", "", "Enter your password."),
        ("password", "x" * 1025, "Password can have at most 1024 characters. You typed 1025."),
        ("kind", "<script>", "Choose one of the options under Kind."),
        ("agree", "", "Tick the box to confirm: All is true"),
        ("letter", "", "Choose a file to upload."),
    ],
)
def test_what_cannot_be_taken_is_explained(name: str, typed: str, said: str) -> None:
    value, error = answer(name, typed)
    assert value is None
    assert said in error


def day(*typed: str) -> dict[str, str]:
    return dict(zip(("born-day", "born-month", "born-year"), typed, strict=True))


def test_a_day_becomes_a_date() -> None:
    assert answer("born", day("1", " 02", "1990")) == (date(1990, 2, 1), "")


@pytest.mark.parametrize(
    ("typed", "said", "box"),
    [
        (("", "", ""), "Enter Birthday: day, month and year.", "day"),
        (("", "2", "1990"), "Birthday needs a day.", "day"),
        (("1", "", "1990"), "Birthday needs a month.", "month"),
        (("1", "2", ""), "Birthday needs a year.", "year"),
        (("31", "2", "1990"), "not a day in the calendar: 31/2/1990", "day"),
        (("29", "2", "2023"), "not a day in the calendar", "day"),
        (("32", "1", "1990"), "from 1 to 31", "day"),
        (("1", "13", "1990"), "from 1 to 12", "month"),
        (("1", "Mei", "1990"), "from 1 to 12", "month"),
        (("1", "2", "90"), "4 digits", "year"),
        (("\u0661", "2", "1990"), "from 1 to 31", "day"),
        (("9" * 10_000, "2", "1990"), "from 1 to 31", "day"),
        (("23", "11", "2026"), "cannot be after 22 November 2026", "year"),
    ],
)
def test_impossible_days_are_explained_at_their_box(
    typed: tuple[str, ...], said: str, box: str
) -> None:
    value, error = answer("born", day(*typed))
    assert value is None
    assert said in error
    with override("en"):
        assert ("born", f"f-born-{box}") in [
            (target.split("-")[1], target)
            for _, target in Sample(day(*typed), {}).summary
            if target
        ]


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "is empty"), (b"x" * 11, "larger than"), (b"x" * 10, "")]
)
def test_files_are_bounded(content: bytes, said: str) -> None:
    with override("en"):
        form = Sample({}, {"letter": SimpleUploadedFile("sk.pdf", content)})
        error = str(form.errors.get("letter", [""])[0])
    assert said in error
    assert bool(error) is bool(said)


def test_messages_wait_for_the_language_of_the_reader() -> None:
    for name, field in Sample.base_fields.items():
        if name != "name":  # declared here with a plain text
            assert isinstance(field.error_messages["required"], Promise), name
    assert "%(" not in "".join(text for text, _ in Sample({}, {}).summary)


def test_a_service_refusal_lands_at_its_field_and_the_rest_on_the_form() -> None:
    class Taken(Problem):
        what = N_("The name %(name)s is taken.")
        todo = N_("Choose another one.")

    form = Sample({"name": "dewi"}, {})
    with override("en"):
        form.take(FieldProblems({"name": Taken(name="dewi"), "elsewhere": "Not now."}))
        assert form["name"].error == "The name dewi is taken. Choose another one."
        assert form.summary[0] == ("Not now.", "")
        form.take(Taken(name="<b>"))
        assert form.summary[1][0].startswith("The name <b> is taken.")


def test_a_password_is_never_shown_again() -> None:
    from tests.web.shell.site import env

    source = '{% import "shell/fields.html" as f %}{{ f.field(form["password"]) }}'
    assert "hunter2" not in env().from_string(source).render(form=Sample({"password": "hunter2"}))
