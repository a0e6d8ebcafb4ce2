"""django-allauth as a provider, as the bench serves it: nothing that slows it down."""

import os

from psycopg.conninfo import conninfo_to_dict

_told = conninfo_to_dict(os.environ["PEER_DATABASE_URL"])
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _told["dbname"],
        "USER": _told.get("user", ""),
        "PASSWORD": _told.get("password", ""),
        "HOST": _told.get("host", ""),
        "PORT": _told.get("port", ""),
        "CONN_MAX_AGE": None,
    }
}
SECRET_KEY = os.environ["PEER_SECRET"]
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "urls"
USE_TZ = True
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["hashers.Once"]
IDP_OIDC_PRIVATE_KEY = os.environ["PEER_KEY"]
# As ours with a confidential client: the same refresh token, again and again.
IDP_OIDC_ROTATE_REFRESH_TOKEN = False
IDP_OIDC_INTROSPECTION_ENABLED = True
# Its limits for each address and client stop a measurement at once; no limit is what is measured.
IDP_OIDC_RATE_LIMITS = False
