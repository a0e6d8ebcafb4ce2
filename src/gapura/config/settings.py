"""Django's settings, made from the environment."""

from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from gapura.config.environment import AUTHORITIES, read_environment
from gapura.kernel.clock import JAKARTA

PACKAGE = Path(__file__).parent.parent
ENV = read_environment()
ENVIRONMENT: str = ENV["ENVIRONMENT"]
DEMO = ENVIRONMENT == "demo"
TESTING = ENVIRONMENT == "test"
DEBUG = False

PUBLIC_URL: str = ENV["PUBLIC_URL"].rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
SECRET_KEY = ENV["SECRET_KEY"]
DATA_KEYS: tuple[str, ...] = ENV["DATA_KEYS"]
LOOKUP_KEY: str = ENV["LOOKUP_KEY"]
LOG_KEY: str = ENV["LOG_KEY"]
LOG_POLICY: str = ENV["LOG_POLICY"]
SIGNER_SOCKET: str = ENV["SIGNER_SOCKET"]
METRICS_TOKEN: str = ENV["METRICS_TOKEN"]
TRUSTED_PROXIES: int = ENV["TRUSTED_PROXIES"]
DATA_DIR = ENV["DATA_DIR"]

_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = [_public.hostname or "localhost", "localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.forms",
    "procrastinate.contrib.django",
    "gapura.kernel",
    "gapura.documents",
    "gapura.outside",
    "gapura.audit",
    "gapura.notifications",
    "gapura.accounts",
    "gapura.organizations",
    "gapura.access",
    "gapura.authentication",
    "gapura.sso",
    "gapura.catalog",
    "gapura.helpdesk",
    "gapura.privacy",
    "gapura.purchasing",
    "gapura.evaluations",
    "gapura.reports",
    "gapura.journeys",
    "gapura.web",
    "gapura.ops",
]

MIDDLEWARE = [
    "gapura.web.shell.middleware.frame",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gapura.web.shell.middleware.identity",
    "django.middleware.csrf.CsrfViewMiddleware",
    "gapura.web.shell.middleware.problems",
]

ROOT_URLCONF = "gapura.config.urls"
WSGI_APPLICATION = None
APPEND_SLASH = False
USE_X_FORWARDED_HOST = False


def database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "gapura.kernel.engine",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": "-c jit=off -c timezone=UTC",
            "connect_timeout": 5,
            # Planning a hot statement anew takes five times as long as running it.
            "server_side_binding": True,
            "prepare_threshold": 5,
            **dict(parse_qsl(parts.query)),
        },
    }


DATABASES = {"default": database(ENV["DATABASE_URL"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = JAKARTA
USE_I18N = True
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "lang"
LOCALE_PATHS = [PACKAGE / "locale"]

# Without those of `ops`: its mail window runs without Django, under an environment of its own.
TEMPLATE_FOLDERS = [
    *(f for f in sorted(PACKAGE.glob("*/templates")) if f.parent.name != "ops"),
    *sorted(PACKAGE.glob("web/*/templates")),
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": TEMPLATE_FOLDERS,
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "gapura.web.shell.jinja.environment",
            "context_processors": ["gapura.web.shell.context.form_token"],
        },
    },
]

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web/shell/static"]
STATIC_ROOT = ENV["DATA_DIR"] / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "gapura.web.shell.statics.HashedStatics"},
}

COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE = f"{COOKIE_PREFIX}session"
DEVICE_COOKIE = f"{COOKIE_PREFIX}device"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "gapura.web.shell.errors.csrf_refused"

BODY_LIMIT = 3 * 1024 * 1024
# A hundred thousand officers in one file; see `web.bridge.LARGE`.
LARGE_BODY_LIMIT = 13 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMIT
FILE_UPLOAD_MAX_MEMORY_SIZE = LARGE_BODY_LIMIT
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 4

SMTP_HOST: str = ENV["SMTP_HOST"]
SMTP_PORT: int = ENV["SMTP_PORT"]
SMTP_USER: str = ENV["SMTP_USER"]
SMTP_PASSWORD: str = ENV["SMTP_PASSWORD"]
SMTP_TLS: str = ENV["SMTP_TLS"]
MAIL_FROM: str = ENV["MAIL_FROM"]
MAIL_WINDOW_URL: str = ENV["MAIL_WINDOW_URL"]
PLACES_FILE: Path | None = ENV["PLACES_FILE"] or None
PAGE_THREADS: int = ENV["PAGE_THREADS"]
UPLOAD_FILES_PER_DAY: int = ENV["UPLOAD_FILES_PER_DAY"]
UPLOAD_MEGABYTES_PER_DAY: int = ENV["UPLOAD_MEGABYTES_PER_DAY"]


class Endpoint(NamedTuple):
    """Where an authority is asked, and with which bearer token; without address it is not."""

    url: str
    token: str


OUTSIDE = {
    code: Endpoint(ENV[f"OUTSIDE_{code.upper()}_URL"], ENV[f"OUTSIDE_{code.upper()}_TOKEN"])
    for code in AUTHORITIES
}
OUTSIDE_TIMEOUT_SECONDS: float = ENV["OUTSIDE_TIMEOUT_SECONDS"]
OUTSIDE_PAUSE_SECONDS: int = ENV["OUTSIDE_PAUSE_SECONDS"]
SIMULATOR_URL: str = ENV["SIMULATOR_URL"]
# Everywhere else a webhook to this machine is one to our own inside.
WEBHOOKS_TO_LOOPBACK = DEMO

# OWASP and RFC 9106: 19 MiB, two passes, one lane. A hash with other figures is renewed at sign-in.
ARGON2 = {
    "memory_cost": int(ENV["ARGON2_MEMORY_KIB"]),
    "time_cost": int(ENV["ARGON2_PASSES"]),
    "parallelism": int(ENV["ARGON2_LANES"]),
}
PASSWORD_BLOCKLIST: str = ENV["PASSWORD_BLOCKLIST"]
BREACHED_PASSWORDS: str = ENV["BREACHED_PASSWORDS"]

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "gapura.kernel.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING" if TESTING else "INFO"},
    "loggers": {
        "django.request": {"level": "CRITICAL" if TESTING else "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
    },
}
