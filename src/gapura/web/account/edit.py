"""/account/edit: telephone and unit, which people change without asking anybody."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.queries import Profile, own_profile
from gapura.accounts.services import update_profile
from gapura.kernel.problems import Problem
from gapura.web.account.answers import put
from gapura.web.shell import flash
from gapura.web.shell.forms import CheckField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther


class EditForm(Form):
    """The telephone number is not shown again, so an empty field leaves it as it is."""

    phone = TextField(
        label=lazy("New telephone number"),
        longest=40,
        required=False,
        autocomplete="tel",
        type="tel",
        width="20",
    )
    remove_phone = CheckField(label=lazy("Remove my telephone number"), required=False)
    unit_text = TextField(
        label=lazy("Your unit in your own words"),
        hint=lazy("For example: Procurement section, third floor. Colleagues find you by it."),
        longest=150,
        required=False,
        spelling=True,
        autocomplete="organization-title",
    )


def edit(request: Request) -> HttpResponse:
    """The form; what was changed is said on the profile page with its value before."""
    profile = own_profile(request.actor)
    if request.method == "GET":
        return _page(request, profile, EditForm(initial={"unit_text": profile.unit_text}))
    form = EditForm(request.POST)
    if not form.is_valid():
        return _page(request, profile, form, 422)
    given = form.cleaned_data
    typed = given["phone"] or None
    phone = "" if given["remove_phone"] and typed is None else typed
    try:
        update_profile(actor=request.actor, phone=phone, unit_text=given["unit_text"])
    except Problem as problem:
        put(form, problem)
        return _page(request, profile, form, 422)
    for text in _changes(profile, own_profile(request.actor)):
        flash.say(request, "success", text)
    return SeeOther("/account")


def _changes(before: Profile, after: Profile) -> list[str]:
    """One sentence for each field that is another one now, masked where it is masked."""
    pairs = (
        (_("Telephone"), before.phone, after.phone),
        (_("Unit"), before.unit_text, after.unit_text),
    )
    said = _("%(field)s is now %(after)s. Before: %(before)s.")
    nothing = _("empty")
    return [
        said % {"field": field, "after": new or nothing, "before": old or nothing}
        for field, old, new in pairs
        if old != new
    ]


def _page(request: Request, profile: Profile, form: EditForm, status: int = 200) -> HttpResponse:
    if profile.phone:
        now = {"phone": profile.phone}
        hint = _("Now: %(phone)s. Leave this empty to keep it. Type it like 0812 3456 7890.") % now
    else:
        del form.fields["remove_phone"]
        hint = _("You have given none. Type it like 0812 3456 7890.")
    form.fields["phone"].help_text = hint
    return render(request, "account/edit.html", {"form": form, "profile": profile}, status)
