"""/help/contact: write to the administrator, also for people who cannot sign in."""

import re
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.queries import own_profile
from gapura.helpdesk.queries import LEAST, MOST, TOPICS
from gapura.helpdesk.services import open_case
from gapura.kernel.problems import FieldProblems
from gapura.organizations.queries import AgencyView, agencies_by_code, find_agencies
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, EmailField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_MOST_AGENCIES = 8
_NUMBER = re.compile(r"KAS-\d{4}-\d{6,9}", re.ASCII)


class ContactForm(Form):
    """Who asks, about what, and the question. Everything typed stays when something is wrong."""

    name = TextField(
        label=lazy("Your name"), longest=100, autocomplete="name", missing=lazy("Enter your name.")
    )
    email = EmailField(
        label=lazy("Your e-mail address"),
        hint=lazy("We answer to this address."),
        missing=lazy("Enter the e-mail address that we should answer to."),
    )
    topic = ChoiceField(
        label=lazy("What is it about?"),
        choices=lambda: [(code, tr(text)) for code, text in TOPICS.items()],
        missing=lazy("Choose what it is about."),
    )
    query = TextField(
        label=lazy("Your agency (optional)"),
        hint=lazy("Then its administrator can help you too. For example “Kemenkes” or “Bogor”."),
        longest=100,
        required=False,
        autocomplete="off",
    )
    agency = ChoiceField(label=lazy("Which one is it?"), required=False)
    text = TextField(
        label=lazy("Your question"),
        hint=lazy("What did you want to do, what happened, and when? Do not write passwords, codes "
                  "or your NIK."),
        shortest=LEAST,
        longest=MOST,
        lines=True,
        rows=8,
        missing=lazy("Write your question."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["agency"]
        found = _offered(self._given("query"), self._given("agency"))
        field.choices = [(each.code, each.name) for each in found]

    def _given(self, name: str) -> str:
        source = self.data if self.is_bound else self.initial
        return str(source.get(name, ""))[:100].replace("\0", "")


def _offered(text: str, chosen: str) -> list[AgencyView]:
    """What the text finds, and what was chosen while the text was another one."""
    found = list(find_agencies(text, _MOST_AGENCIES))
    if chosen and all(each.code != chosen for each in found):
        found += agencies_by_code({chosen}).values()
    return found


def contact(request: Request) -> HttpResponse:
    """The form; with `find` only the agencies are searched; then the page with the number."""
    if request.method == "GET":
        return _page(request, ContactForm(initial=_known(request)))
    if "find" in request.POST:
        return _page(request, ContactForm(initial=request.POST.dict()))
    form = ContactForm(request.POST)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in _SENT}
        try:
            number = open_case(actor=request.actor, **values)
        except FieldProblems as problems:
            form.take(problems)
        else:
            return go_to("/help/contact/sent", number=number)
    return _page(request, form, 422)


_SENT = ("name", "email", "topic", "text", "agency")


def agencies(request: Request) -> HttpResponse:
    """The agencies for a search text, while it is being typed."""
    form = ContactForm(initial={"query": request.GET.get("query", "")})
    return render(request, "help/agencies.html", {"results": form})


def sent(request: Request) -> HttpResponse:
    """The number to keep; without one, back to the form."""
    number = request.GET.get("number", "")
    if not _NUMBER.fullmatch(number):
        return go_to("/help/contact")
    return render(request, "help/sent.html", {"number": number})


def _known(request: Request) -> dict[str, str]:
    """What the form can be filled with: the topic of the link, and one's own data."""
    topic = request.GET.get("topic", "")
    known = {"topic": topic if topic in TOPICS else ""}
    if not request.actor.signed_in:
        return known
    own = own_profile(request.actor)
    agency = request.actor.agency or own.agency
    names = {code: view.name for code, view in agencies_by_code({agency}).items()}
    query = names.get(agency, "")
    return {**known, "name": own.name, "email": own.email, "agency": agency, "query": query}


def _page(request: Request, form: ContactForm, status: int = 200) -> HttpResponse:
    return render(request, "help/contact.html", {"form": form}, status)
