"""/account/edit: the unit in one's own words, which people change without asking anybody."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.queries import Profile, own_profile
from gapura.accounts.services import update_profile
from gapura.kernel.problems import Problem
from gapura.web.account.answers import put
from gapura.web.shell import flash
from gapura.web.shell.forms import Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther


class EditForm(Form):
    """Where colleagues find the person."""

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
    try:
        update_profile(actor=request.actor, unit_text=form.cleaned_data["unit_text"])
    except Problem as problem:
        put(form, problem)
        return _page(request, profile, form, 422)
    after = own_profile(request.actor)
    if after.unit_text != profile.unit_text:
        flash.say(request, "success", _change(profile, after))
    return SeeOther("/account")


def _change(before: Profile, after: Profile) -> str:
    said = _("%(field)s is now %(after)s. Before: %(before)s.")
    nothing = _("empty")
    values = {"after": after.unit_text or nothing, "before": before.unit_text or nothing}
    return said % {"field": _("Unit"), **values}


def _page(request: Request, profile: Profile, form: EditForm, status: int = 200) -> HttpResponse:
    return render(request, "account/edit.html", {"form": form, "profile": profile}, status)
