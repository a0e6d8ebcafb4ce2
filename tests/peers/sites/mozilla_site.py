"""A Django site with mozilla-django-oidc, set up as its manual says; run by the tests."""

import json
import os
from urllib.parse import urlencode

import django
from django.conf import settings
from django.core.management import call_command
from django.http import HttpRequest, JsonResponse
from django.urls import include, path

TOLD = json.loads(os.environ["SITE"])
ISSUER, HERE = TOLD["issuer"], f"http://localhost:{TOLD['port']}"


def leaving(request: HttpRequest) -> str:
    """Where signing out goes on: at the provider."""
    asked = {
        "id_token_hint": request.session["oidc_id_token"],
        "post_logout_redirect_uri": f"{HERE}/left",
    }
    return f"{TOLD['logout']}?{urlencode(asked)}"


settings.configure(
    DEBUG=True,
    ALLOWED_HOSTS=["localhost"],
    SECRET_KEY=os.urandom(32).hex(),
    ROOT_URLCONF=__name__,
    SESSION_COOKIE_NAME="mozilla",  # ports share cookies
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": TOLD["database"]}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "mozilla_django_oidc",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "mozilla_django_oidc.middleware.SessionRefresh",
    ],
    AUTHENTICATION_BACKENDS=["mozilla_django_oidc.auth.OIDCAuthenticationBackend"],
    OIDC_RP_CLIENT_ID=TOLD["client_id"],
    OIDC_RP_CLIENT_SECRET=TOLD["client_secret"],
    OIDC_RP_SIGN_ALGO=TOLD["alg"],
    OIDC_RP_SCOPES="openid email profile",
    OIDC_USE_PKCE=True,
    OIDC_TOKEN_USE_BASIC_AUTH=True,
    OIDC_STORE_ID_TOKEN=True,
    OIDC_RENEW_ID_TOKEN_EXPIRY_SECONDS=TOLD["renew"],
    OIDC_OP_AUTHORIZATION_ENDPOINT=TOLD["authorize"],
    OIDC_OP_TOKEN_ENDPOINT=TOLD["token"],
    OIDC_OP_USER_ENDPOINT=TOLD["userinfo"],
    OIDC_OP_JWKS_ENDPOINT=TOLD["jwks"],
    OIDC_OP_LOGOUT_URL_METHOD=f"{__name__}.leaving",
    ALLOW_LOGOUT_GET_METHOD=True,
    LOGIN_REDIRECT_URL="/",
    LOGOUT_REDIRECT_URL="/left",
    LOGIN_REDIRECT_URL_FAILURE="/failed",
)
django.setup()


def home(request: HttpRequest) -> JsonResponse:
    """Who is signed in here."""
    return JsonResponse({"email": request.user.email if request.user.is_authenticated else None})


def word(request: HttpRequest) -> JsonResponse:
    """The page itself is the answer."""
    return JsonResponse({"page": request.path})


urlpatterns = [
    path("", home),
    path("failed", word),
    path("left", word),
    path("oidc/", include("mozilla_django_oidc.urls")),
]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("runserver", f"127.0.0.1:{TOLD['port']}", "--noreload", "--nothreading")
