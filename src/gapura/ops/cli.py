"""The gapura command: the table of its subcommands; troubles become a sentence and an exit code."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, cast

from gapura.config.environment import BadEnvironment
from gapura.ops.leash import hold_on
from gapura.ops.surroundings import adopt_demo
from gapura.ops.trouble import Trouble, complain

EXIT_CODES = """exit codes:
  0  done, or the answer is yes
  1  it failed, or the answer is no; a sentence on stderr says why
  2  wrong arguments or settings
  130  interrupted

Settings are environment variables that begin with GAPURA_. Without any, commands use the demo
that ./run started (its folder is GAPURA_DATA_DIR, else var/demo)."""


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument as argparse takes it."""

    name: str
    about: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Command:
    """One subcommand; `target` is `module:function`, imported only when it runs."""

    words: tuple[str, ...]
    about: str
    target: str
    args: tuple[Arg, ...] = ()
    django: bool = True


def _flag(name: str, about: str) -> Arg:
    return Arg(name, about, {"action": "store_true"})


def _number(name: str, about: str, default: int | None = None) -> Arg:
    return Arg(name, about, {"type": int, "default": default})


JSON = _flag("--json", "print data as JSON")
LEASH = Arg("--leash", argparse.SUPPRESS, {"type": int, "default": None})
_ROLES = {"choices": ("all", "web", "doors"), "default": "all"}
_MODES = {"choices": ("ok", "451", "hang", "drop"), "default": "ok"}

COMMANDS = (
    Command(
        ("serve",),
        "start the web server",
        "gapura.ops.serve:serve",
        (Arg("--role", "pages and doors (all, web) or only the machines' doors", _ROLES), LEASH),
    ),
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
    Command(("audit", "verify"), "check the whole log against its tree and its checkpoints",
            "gapura.ops.audit:verify", (JSON,)),
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

_GROUPS = {"audit": "the activity log", "tokens": "tokens of programs for the machines' doors"}


def parser() -> argparse.ArgumentParser:
    """The whole command line; imports nothing of the product."""
    plain: dict[str, Any] = {"formatter_class": argparse.RawDescriptionHelpFormatter}
    top = argparse.ArgumentParser(
        prog="gapura", description="One account for procurement: its server and its tools.",
        epilog=EXIT_CODES, **plain,
    )  # fmt: skip
    levels: dict[tuple[str, ...], Any] = {(): top.add_subparsers(metavar="COMMAND", required=True)}
    for command in COMMANDS:
        *groups, name = command.words
        if tuple(groups) not in levels:
            group = levels[()].add_parser(
                groups[0], help=_GROUPS[groups[0]], epilog=EXIT_CODES, **plain
            )
            levels[tuple(groups)] = group.add_subparsers(metavar="COMMAND", required=True)
        one = levels[tuple(groups)].add_parser(
            name, help=command.about, description=command.about, epilog=EXIT_CODES, **plain
        )
        for arg in command.args:
            one.add_argument(arg.name, help=arg.about, **arg.options)
        one.set_defaults(command=command)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; answers its exit code."""
    options = parser().parse_args(arguments)
    command: Command = options.command
    try:
        hold_on(getattr(options, "leash", None))
        if command.django:
            _set_up_django()
        return _function(command.target)(options)
    except BadEnvironment as bad:
        for problem in bad.problems:
            complain(problem)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        sentence = explain(error)
        if sentence is None:
            raise
        complain(sentence)
        return 1


def _set_up_django() -> None:
    adopt_demo()
    os.environ["DJANGO_SETTINGS_MODULE"] = "gapura.config.settings"
    cast(Any, import_module("django")).setup()


def _function(target: str) -> Callable[[argparse.Namespace], int]:
    module, _, name = target.partition(":")
    return cast(Callable[[argparse.Namespace], int], getattr(import_module(module), name))


def explain(error: Exception) -> str | None:
    """A sentence for a trouble that people can mend; None for a mistake of ours."""
    if isinstance(error, Trouble):
        return str(error)
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if name in {"django.db.utils.OperationalError", "psycopg.OperationalError"}:
        return (
            f"The database does not answer ({str(error).strip()}). "
            "Start it (./run starts the demo's), or check GAPURA_DATABASE_URL."
        )
    if name == "gapura.ops.engines.EngineError":
        return str(error)
    if hasattr(error, "what") and hasattr(error, "todo"):
        values = getattr(error, "values", {})
        return " ".join(part % values if values else part for part in (error.what, error.todo))
    return None


if __name__ == "__main__":
    sys.exit(main())
