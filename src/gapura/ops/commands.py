"""The subcommands of the gapura command as a table; imports nothing of the product."""

from gapura.ops.arguments import JSON, LEASH, Arg, Command
from gapura.ops.arguments import flag as _flag
from gapura.ops.arguments import number as _number
from gapura.ops.commands_clients import CLIENTS
from gapura.ops.commands_keys import KEYS
from gapura.ops.commands_log import EXPORT, SIGNER, VERIFY, WITNESS

__all__ = ["COMMANDS", "GROUPS", "Arg", "Command"]

_ROLES = {"choices": ("all", "web", "doors"), "default": "all"}
_MODES = {"choices": ("ok", "451", "hang", "drop"), "default": "ok"}

COMMANDS = (
    Command(
        ("serve",),
        "start the web server",
        "gapura.ops.serve:serve",
        (Arg("--role", "pages and doors (all, web) or only the machines' doors", _ROLES), LEASH),
    ),
    SIGNER,
    WITNESS,
    Command(("worker",), "run jobs, the log's sealer and periodic work", "gapura.ops.worker:worker",
            (LEASH,)),
    Command(
        ("migrate",),
        "bring the database to this version, load reference data, collect static files",
        "gapura.ops.migrate:migrate",
        (_flag("--check", "only say whether something is to be done (exit code 1 when so)"), JSON),
    ),
    Command(("demo",), "start everything with sample data; ./run does this", "gapura.ops.demo:demo",
            (_flag("--no-seed", "only the personas, no bulk data"),), django=False),
    Command(
        ("seed",),
        "make the sample data (demo and tests only)",
        "gapura.ops.seed:seed",
        (
            _flag("--progress", "print how far it is"),
            _number("--accounts", "how many bulk accounts (default 300)", 300),
            LEASH,
        ),
    ),
    Command(("personas",), "list the demo's people with passwords and app codes",
            "gapura.ops.personas:personas", (JSON,)),
    Command(
        ("create-admin",),
        "make the first platform administrator",
        "gapura.ops.admins:create_admin",
        (
            Arg("--username", "2 to 32 of a-z 0-9 . _ -", {"required": True}),
            Arg("--name", "full name", {"required": True}),
            Arg("--email", "address that receives the codes", {"required": True}),
            Arg("--kind", "type of person (default pns)",
                {"choices": ("pns", "pppk", "tni_polri"), "default": "pns"}),
            Arg("--agency", "code of the home agency (default L01)", {"default": "L01"}),
            Arg("--nik", "asked for when left out"),
            Arg("--nip", "NIP, NI PPPK or NRP; asked for when left out"),
            _flag("--password-stdin", "read the password from standard input instead of asking"),
            Arg("--break-glass", "make one although there is one already; REASON is recorded",
                {"metavar": "REASON", "default": ""}),
            JSON,
        ),
    ),
    Command(
        ("audit", "archive"),
        "write a month of the log into checked files, and take it out of the database if asked",
        "gapura.ops.audit_archive:archive",
        (
            Arg("--month", "which month, in UTC: YYYY-MM", {"required": True}),
            Arg("--output", "a folder that is not there yet",
                {"required": True, "metavar": "PATH"}),
            _flag("--drop", "then remove the month from the database; leaves and tree stay"),
            JSON,
        ),
    ),
    Command(("audit", "restore"), "bring an archived month of the log back into the database",
            "gapura.ops.audit_archive:restore",
            (Arg("path", "the folder that archive wrote"), JSON)),
    Command(
        ("audit", "retention"),
        "show how long the log is kept and what is only in files, or set a rule",
        "gapura.ops.audit_archive:retention",
        (
            Arg("--set", "a rule and its months: KEY=MONTHS", {"default": ""}),
            Arg("--from", "first day on which it holds, YYYY-MM-DD (default today)",
                {"metavar": "DATE", "default": ""}),
            Arg("--basis", "the law or decision that it rests on", {"default": ""}),
            JSON,
        ),
    ),
    EXPORT,
    VERIFY,
    Command(
        ("tokens", "create"),
        "issue a token for a program and print it, this once",
        "gapura.ops.tokens:create_token",
        (
            Arg("--scope", "what it is for; may be given more than once",
                {"action": "append", "choices": ("decisions",), "required": True}),
            Arg("--name", "what people know it by (default: its scopes)", {"default": ""}),
            Arg("--from", "range of addresses it works from, such as 10.20.0.0/16; may be given "
                "more than once (default: anywhere)", {"action": "append", "metavar": "CIDR"}),
            _number("--days", "how long it works, up to 366 days (default 90)", 90),
            JSON,
        ),
    ),
    Command(("tokens", "list"), "list the tokens that were issued, without the tokens themselves",
            "gapura.ops.tokens:list_tokens", (JSON,)),
    Command(
        ("tokens", "revoke"),
        "end a token at once",
        "gapura.ops.tokens:revoke_token",
        (
            Arg("id", "its number, as `gapura tokens list` shows it"),
            Arg("--reason", "why; it stands in the activity log",
                {"default": "revoked on the server"}),
            JSON,
        ),
    ),
    *CLIENTS,
    *KEYS,
    Command(
        ("password-policy", "show"),
        "show the dated rules for passwords and how the passwords stand",
        "gapura.ops.password_policy:show",
        (JSON,),
    ),
    Command(
        ("password-policy", "set"),
        "put a profile in force from a day on: a reminds, b is BSSN strict and forces",
        "gapura.ops.password_policy:put_in_force",
        (
            Arg("--population", "for whom; default is everybody without a rule of their own",
                {"choices": ("default", "official", "supplier", "admin"), "required": True}),
            Arg("--profile", "a: reminder only; b: kinds of signs and forced change",
                {"choices": ("a", "b"), "required": True}),
            Arg("--from", "first day on which it holds, YYYY-MM-DD",
                {"required": True, "metavar": "DATE"}),
            JSON,
        ),
    ),
    Command(
        ("passwords", "compromised"),
        "demand new passwords of the people in a file and end their sessions",
        "gapura.ops.password_policy:compromised",
        (
            Arg("--file", "usernames or e-mail addresses, one a line; - is standard input",
                {"required": True}),
            JSON,
        ),
    ),
    Command(
        ("blocklist", "build"),
        "make a list of refused passwords from ours and from your own words",
        "gapura.ops.blocklist:build_list",
        (
            Arg("--words", "text file with words or passwords; may be given more than once",
                {"action": "append", "metavar": "FILE", "default": []}),
            Arg("--to", "where to write it; an older list there is replaced at once",
                {"required": True, "metavar": "FILE"}),
            JSON,
        ),
    ),
    Command(("blocklist", "show"), "say which list of refused passwords is in force",
            "gapura.ops.blocklist:show", (JSON,)),
    Command(
        ("health",),
        "ask the running server whether it is well",
        "gapura.ops.health:health",
        (Arg("--url", "address of the server (else from the settings)"), JSON),
        django=False,
    ),
    Command(("version",), "say which gapura this is", "gapura.ops.health:version", (JSON,),
            django=False),
    Command(
        ("mail-window",),
        "catch all mail and show it on a small page (demo and tests only)",
        "gapura.ops.mail_window:mail_window",
        (
            _number("--smtp-port", "port for mail (else GAPURA_SMTP_PORT)"),
            _number("--port", "port of the page (else from GAPURA_MAIL_WINDOW_URL)"),
            Arg("--mode", "how to treat mail, for tests", _MODES),
            LEASH,
        ),
        django=False,
    ),
    Command(
        ("simulator",),
        "play the authorities: registry, OSS, tax, blacklist, messages (demo and tests only)",
        "gapura.ops.simulator.command:simulator",
        (_number("--port", "port of it all (else from GAPURA_SIMULATOR_URL)"), LEASH),
        django=False,
    ),
)  # fmt: skip

GROUPS = {
    "audit": "the activity log",
    "tokens": "tokens of programs for the machines' doors",
    "clients": "connected applications, in which people sign in with this account",
    "keys": "the keys that sign tokens for connected applications",
    "password-policy": "the dated rules for passwords",
    "passwords": "passwords of people",
    "blocklist": "the list of refused passwords",
}
