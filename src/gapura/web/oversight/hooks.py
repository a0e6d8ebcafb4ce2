"""/oversight/webhooks: addresses that are told of alerts, and their messages."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.kernel.problems import FieldProblems
from gapura.reports.errors import TooManyWebhooks
from gapura.reports.queries import webhook_for, webhooks_for
from gapura.reports.services import close_webhook, register_webhook, replay_delivery
from gapura.web.oversight.alert_forms import WebhookForm
from gapura.web.oversight.alert_words import words
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

HERE = "/oversight/webhooks"


def show(request: Request) -> HttpResponse:
    """All of them, and the form for another one."""
    return _page(request)


def register(request: Request) -> HttpResponse:
    """Register one; its secret is shown on this page only."""
    form = WebhookForm(request.POST)
    if form.is_valid():
        try:
            made, secret = register_webhook(actor=request.actor, **form.chosen())
        except (FieldProblems, TooManyWebhooks) as problem:
            form.take(problem)
        else:
            values = {"made": made, "secret": secret, **words(request)}
            response = render(request, "oversight/webhook_made.html", values)
            response.headers["Cache-Control"] = "no-store"
            return response
    return _page(request, form)


def show_one(request: Request, webhook_id: UUID) -> HttpResponse:
    """One with its newest messages."""
    values = {"view": webhook_for(request.actor, webhook_id), **words(request)}
    return render(request, "oversight/webhook.html", values)


def close(request: Request, webhook_id: UUID) -> HttpResponse:
    """Tell it nothing more."""
    close_webhook(actor=request.actor, webhook=webhook_id)
    flash.say(request, "success", _("The webhook is closed. It is told nothing more."))
    return go_to(f"{HERE}/{webhook_id}")


def replay(request: Request, delivery_id: UUID) -> HttpResponse:
    """Send one message again."""
    webhook = replay_delivery(actor=request.actor, delivery=delivery_id)
    flash.say(request, "success", _("The message is sent again, with the same id."))
    return go_to(f"{HERE}/{webhook}")


def _page(request: Request, wrong: WebhookForm | None = None) -> HttpResponse:
    values = {
        "hooks": webhooks_for(request.actor),
        "forms": {"register": wrong or WebhookForm()},
        "form": wrong,
        **words(request),
    }
    return render(request, "oversight/webhooks.html", values, 422 if wrong else 200)
