"""What is copied from an appointment letter, wherever somebody copies one."""

from django.utils.translation import gettext_lazy as lazy

from gapura.kernel import clock
from gapura.web.shell.forms import CheckField, DayField, Form, TextField, UploadField


class LetterFields(Form):
    """Number, date, signer, first day and scan; forms add what they ask besides."""

    number = TextField(
        label=lazy("Number of the letter"),
        hint=lazy("As it stands at the head of the letter, for example 821/045/BKD/2026."),
        missing=lazy("Enter the number of the letter. It stands at its head."),
        longest=100,
        autocomplete="off",
    )
    signed_on = DayField(
        label=lazy("Date of the letter"),
        hint=lazy("The day it was signed, for example 5 1 2026."),
        last=clock.today,
    )
    signer_name = TextField(
        label=lazy("Who signed it"),
        missing=lazy("Enter who signed the letter. The name stands under the signature."),
        longest=100,
        autocomplete="off",
    )
    signer_position = TextField(
        label=lazy("Position of the signer"),
        hint=lazy("For example Kepala Dinas Kesehatan."),
        missing=lazy("Enter the position of the signer, for example Kepala Dinas Kesehatan."),
        longest=150,
        autocomplete="off",
    )
    valid_from = DayField(label=lazy("First day of the appointment"))
    beyond_year = CheckField(
        label=lazy("The letter itself names a last day after the budget year."),
        hint=lazy("Roles paid from a regional budget usually end on 31 December."),
        required=False,
    )
    document = UploadField(
        label=lazy("Scan of the letter"),
        accept=".pdf,.jpg,.jpeg",
        hint=lazy("PDF or JPG, at most 2 MB. All pages in one file."),
        missing=lazy("Add a scan of the letter as PDF or JPG."),
    )
