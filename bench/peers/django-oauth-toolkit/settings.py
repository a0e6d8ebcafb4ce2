"""django-oauth-toolkit as the bench serves it: what its endpoints need and nothing that slows."""

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
    "oauth2_provider",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
OAUTH2_PROVIDER = {
    "OIDC_ENABLED": True,
    "OIDC_ISS_ENDPOINT": f"http://localhost:{os.environ['PEER_PORT']}/o",
    "OIDC_RSA_PRIVATE_KEY": os.environ["PEER_KEY"],
    "SCOPES": {"openid": "Who somebody is", "api": "The interface"},
    "DEFAULT_SCOPES": ["api"],
    # As ours with a confidential client: the same refresh token, again and again.
    "ROTATE_REFRESH_TOKEN": False,
}
