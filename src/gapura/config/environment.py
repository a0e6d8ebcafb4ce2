"""The environment as typed values: one prefix, secrets from files, unknown names are errors."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "GAPURA_"
# Whom we ask: each has an address and a token of its own.
AUTHORITIES = {
    "registry": "Civil registry",
    "oss": "Business licensing (OSS)",
    "tax": "Tax office",
    "blacklist": "National blacklist",
    "messages": "SMS and WhatsApp gateway",
    "holidays": "Holiday calendar",
    "sirup": "Old procurement accounts (SiRUP)",
}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class BadEnvironment(Exception):
    """Every wrong or missing setting, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: how it is read, what it is when absent, and what it is for.

    `secret` ones are also read from the file named in NAME_FILE. `default` None means required
    in production.
    """

    name: str
    read: Callable[[str], Any]
    default: Any
    about: str
    secret: bool = False


def yes_no(text: str) -> bool:
    """`1 true yes` or `0 false no`."""
    answers = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    return answers[text.strip().lower()]


def words(text: str) -> tuple[str, ...]:
    """A list separated by commas or white space."""
    return tuple(text.replace(",", " ").split())


def one_of(*choices: str) -> Callable[[str], str]:
    """One of the given words."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"one of {', '.join(choices)}")
        return text

    return read


def service(text: str) -> str:
    """The base address of another authority's service; without TLS only on this machine."""
    if not text:
        return ""
    parts = urlsplit(text)
    local = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or local):
        raise ValueError("give an https:// address")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("give an address without name, password, query or fragment")
    return text.rstrip("/")


def a_file(text: str) -> Path | str:
    """The path of a file that is there; an empty text for none."""
    if text and not Path(text).is_file():
        raise ValueError("there is no such file")
    return Path(text) if text else ""


def readable_file(text: str) -> str:
    """The path of a file that is there and can be read, as an absolute one; empty for none."""
    if not text:
        return ""
    path = Path(text).resolve()
    if not (path.is_file() and os.access(path, os.R_OK)):
        raise ValueError("give the path of a file that can be read")
    return str(path)


def between(least: int, most: int) -> Callable[[str], int]:
    """A whole number within bounds."""

    def read(text: str) -> int:
        if not least <= int(text) <= most:
            raise ValueError(f"from {least} to {most}")
        return int(text)

    return read


SETTINGS = (
    Setting("ENVIRONMENT", one_of("production", "demo", "test"), "production", "What this is."),
    Setting("PUBLIC_URL", str, "http://localhost:8000", "Base of every link and the issuer."),
    Setting("HOST", str, "127.0.0.1", "Address the server listens on."),
    Setting("PORT", int, 8000, "Port the server listens on."),
    Setting("DATA_DIR", Path, Path("var/demo"), "Where the demo keeps its database and keys."),
    Setting("DATABASE_URL", str, None, "postgresql://user:password@host:port/name", secret=True),
    Setting("SECRET_KEY", str, None, "Signs form tokens; 50 random characters.", secret=True),
    Setting(
        "DATA_KEYS",
        words,
        None,
        "Key ring for sealed columns: 1:base64 2:base64; the first seals.",
        True,
    ),
    Setting(
        "LOOKUP_KEY", str, None, "Base64 key of the lookup columns; never changes.", secret=True
    ),
    Setting("LOG_POLICY", readable_file, "", "File with the keys of the log and its witnesses."),
    Setting("SIGNER_SOCKET", str, "", "Socket of `gapura signer`; the worker asks there."),
    Setting("LOG_KEY", str, "", "Base64 Ed25519 seed by which tests sign the log.", secret=True),
    Setting("METRICS_TOKEN", str, "", "Bearer token of /metrics; empty turns it off.", secret=True),
    Setting("SMTP_HOST", str, "127.0.0.1", "Mail server."),
    Setting("SMTP_PORT", int, 25, "Port of the mail server."),
    Setting("SMTP_USER", str, "", "Name at the mail server."),
    Setting("SMTP_PASSWORD", str, "", "Password at the mail server.", secret=True),
    Setting("SMTP_TLS", one_of("none", "starttls", "tls"), "none", "Security of the mail line."),
    Setting("MAIL_FROM", str, "gapura@localhost", "Sender of mails."),
    Setting("MAIL_WINDOW_URL", str, "", "Address of the demo's mail catcher, shown in the banner."),
    Setting(
        "TRUSTED_PROXIES",
        int,
        0,
        "How many proxies stand in front; X-Forwarded-For is read from the right.",
    ),
    Setting("PLACES_FILE", a_file, "", "CSV of networks and places; empty: none."),
    Setting("PAGE_THREADS", int, 2, "Threads that render pages in one worker."),
    Setting("UPLOAD_FILES_PER_DAY", int, 40, "Files one person may hand in within 24 hours."),
    Setting(
        "UPLOAD_MEGABYTES_PER_DAY", int, 40, "Megabytes one person may hand in within 24 hours."
    ),
    Setting("WORKERS", int, 1, "Server processes."),
    Setting("PASSWORD_BLOCKLIST", readable_file, "", "List of refused passwords; empty: ours."),
    Setting("BREACHED_PASSWORDS", readable_file, "", "Sorted SHA-1 export of breached passwords."),
    # Never below what OWASP asks for; more is dearer for whoever steals the table, and for us.
    Setting("ARGON2_MEMORY_KIB", between(19456, 1048576), 19456, "Memory of one password hash."),
    Setting("ARGON2_PASSES", between(2, 20), 2, "Passes of one password hash."),
    Setting("ARGON2_LANES", between(1, 4), 1, "Lanes of one password hash."),
    Setting("CHROME", str, "", "Chromium for the tests."),
    Setting("SIMULATOR_URL", str, "", "Address of the demo's simulator, shown in the banner."),
    Setting("OUTSIDE_TIMEOUT_SECONDS", between(1, 30), 4, "How long one question may take."),
    Setting(
        "OUTSIDE_PAUSE_SECONDS", between(1, 600), 30, "How long a failing authority is left alone."
    ),
    *(
        Setting(f"OUTSIDE_{code.upper()}_URL", service, "", f"{name}: base address; empty: none.")
        for code, name in AUTHORITIES.items()
    ),
    *(
        Setting(f"OUTSIDE_{code.upper()}_TOKEN", str, "", f"{name}: bearer token.", secret=True)
        for code, name in AUTHORITIES.items()
    ),
)


# What must not be left at its default where real people sign in.
IN_PRODUCTION: tuple[tuple[str, Callable[[str], bool], str], ...] = (
    (
        "PUBLIC_URL",
        lambda url: url.startswith("https://"),
        "must be the https:// address people type: links in mails and cookies rest on it.",
    ),
    (
        "MAIL_FROM",
        lambda address: not address.endswith("@localhost"),
        "must be an address of yours: mails from localhost are thrown away by others.",
    ),
    *(
        (
            f"OUTSIDE_{code.upper()}_URL",
            lambda url: not url or url.startswith("https://"),
            "must be an https:// address: personal numbers are sent there.",
        )
        for code in AUTHORITIES
    ),
    ("SIMULATOR_URL", lambda url: not url, "is for the demo only: it plays the authorities."),
)


def _log_problems(values: Mapping[str, Any]) -> list[str]:
    """The key that signs lies with the signer; what only checks needs the public one."""
    if values["LOG_KEY"] and values["ENVIRONMENT"] != "test":
        what = "is no setting of the server any more: `gapura signer` holds the key, and"
        return [f"{PREFIX}LOG_KEY {what} {PREFIX}LOG_POLICY is for all else (docs/operations.md)."]
    if values["LOG_POLICY"] == "" and not values["LOG_KEY"]:
        return [f"{PREFIX}LOG_POLICY is not set. `gapura signer --show-key` prints its first line."]
    return []


def _text(setting: Setting, env: Mapping[str, str]) -> str | None:
    name = PREFIX + setting.name
    if setting.secret and (path := env.get(name + "_FILE")):
        return Path(path).read_text(encoding="utf-8").strip()
    return env.get(name)


def _read(setting: Setting, env: Mapping[str, str], problems: list[str]) -> Any:
    try:
        text = _text(setting, env)
        if text is None and setting.default is None:
            problems.append(f"{PREFIX}{setting.name} is not set. {setting.about}")
        return setting.default if text is None else setting.read(text)
    except (ValueError, KeyError, OSError) as error:
        problems.append(f"{PREFIX}{setting.name} cannot be read ({error}). {setting.about}")
        return None


def read_environment(env: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Every setting by its short name.

    :raises BadEnvironment: with all problems at once, unknown GAPURA_ names among them.
    """
    problems: list[str] = []
    known = {PREFIX + s.name for s in SETTINGS}
    known |= {PREFIX + s.name + "_FILE" for s in SETTINGS if s.secret}
    problems += [
        f"{n} is not a setting of gapura." for n in env if n.startswith(PREFIX) and n not in known
    ]
    values = {s.name: _read(s, env, problems) for s in SETTINGS}
    problems += _log_problems(values)
    if values["ENVIRONMENT"] == "production":
        problems += [f"{PREFIX}{n} {why}" for n, fits, why in IN_PRODUCTION if not fits(values[n])]
    if problems:
        raise BadEnvironment(problems)
    return values
