"""Somebody's browser, signed in through the services, without the pages of the sign-in."""

import re

from django.http import HttpResponse

from gapura.accounts.models import Person
from gapura.authentication.queries import Method
from gapura.authentication.services import choose_method
from tests.authentication import world
from tests.web.browser import SESSION, Browser


def entered(found: Person, secret: str = "", language: str = "en") -> Browser:
    """With the app when there is a secret, else by a code that was mailed."""
    here = Browser(language)
    begun = world.Browser()
    asked = begun.begin(found.username)
    if not secret and asked.method is not Method.EMAIL_CODE:
        begun.keep(choose_method(actor=begun.actor, method=Method.EMAIL_CODE))
    begun.finish(world.app_code(secret) if secret else world.mailed_code(found))
    here.cookies[SESSION] = begun.token
    return here


def codes_on(response: HttpResponse) -> list[str]:
    """The backup codes that a page shows."""
    return re.findall(r'<li class="gp-code">([A-Z2-9-]{9})</li>', response.content.decode())
