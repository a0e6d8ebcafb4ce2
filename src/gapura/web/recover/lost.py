"""/recover/lost: everything is lost. Ask for a way back, with the mailbox or without it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.authentication.errors import FlowOver
from gapura.authentication.queries import STORY_MOST, Method, Step
from gapura.authentication.services import ask_recovery, ask_without_mailbox, start_recovery
from gapura.kernel.problems import Busy, FieldProblems, Problem
from gapura.web.recover.standing import standing, start_again
from gapura.web.shell.codes import WAYS
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, forget_session, keep_session

HERE = "/recover/lost"
CODE = f"{HERE}/code"
ASKED = "/recover/asked"


class LostForm(Form):
    """Whose account it is, whether the mailbox still works, and what happened if it does not."""

    login = TextField(
        label=lazy("Username or e-mail address"),
        missing=lazy("Enter your username or your e-mail address."),
        longest=254,
        autocomplete="username",
        inputmode="email",
    )
    mailbox = ChoiceField(
        label=lazy("Do you still read mail at the address of the account?"),
        missing=lazy("Say whether you still read mail at the address of the account."),
        choices=lambda: [
            ("yes", _("Yes, send me a code")),
            ("no", _("No, that mailbox is lost, too")),
        ],
    )
    story = TextField(
        label=lazy("What happened?"),
        hint=lazy("Only if the mailbox is lost, too. Say where we find you; write no password."),
        longest=STORY_MOST,
        required=False,
        lines=True,
        rows=4,
        spelling=True,
        autocomplete="off",
    )


def lost(request: Request) -> HttpResponse:
    """The answer is the same whether there is such an account or not."""
    form = LostForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form, 422 if form.is_bound else 200)
    given = form.cleaned_data
    if given["mailbox"] == "yes":
        begun = start_recovery(actor=request.actor, login=given["login"])
        response = SeeOther(CODE)
        keep_session(request, response, begun.token)
        return response
    try:
        ask_without_mailbox(actor=request.actor, login=given["login"], story=given["story"])
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, form, 422)
    return SeeOther(ASKED)


def code(request: Request) -> HttpResponse:
    """The code proves the mailbox; with it the asking is done."""
    if standing(request, Step.RECOVER_ASK) is None:
        return start_again(request, HERE)
    way = WAYS[Method.EMAIL_CODE]
    form = way.form(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _code_page(request, form, 422 if form.is_bound else 200)
    try:
        ask_recovery(actor=request.actor, code=form.cleaned_data["code"])
    except Busy:
        raise
    except FlowOver:
        return start_again(request, HERE)
    except Problem as problem:
        form.refuse("code", problem)
        return _code_page(request, form, 422)
    response = SeeOther(ASKED)
    forget_session(response)
    return response


def _page(request: Request, form: LostForm, status: int) -> HttpResponse:
    return render(request, "recover/lost.html", {"form": form}, status)


def _code_page(request: Request, form: Form, status: int) -> HttpResponse:
    context = {
        "form": form,
        "way": WAYS[Method.EMAIL_CODE],
        "others": [],
        "address": "",
        "send_url": "/recover/code/send",
        "method_url": "/recover/code/method",
        "start": HERE,
    }
    return render(request, "recover/recover_code.html", context, status)
