"""The gapura command: its line is read, troubles become a sentence and an exit code."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, cast

from gapura.config.environment import BadEnvironment
from gapura.ops.commands import COMMANDS, GROUPS, Command
from gapura.ops.leash import hold_on
from gapura.ops.surroundings import adopt_demo
from gapura.ops.trouble import Trouble, complain

__all__ = ["COMMANDS", "EXIT_CODES", "Command", "explain", "main", "parser"]

EXIT_CODES = """exit codes:
  0  done, or the answer is yes
  1  it failed, or the answer is no; a sentence on stderr says why
  2  wrong arguments or settings
  130  interrupted

Settings are environment variables that begin with GAPURA_. Without any, commands use the demo
that ./run started (its folder is GAPURA_DATA_DIR, else var/demo)."""


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
                groups[0], help=GROUPS[groups[0]], epilog=EXIT_CODES, **plain
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
        offline = command.offline if getattr(options, "path", None) else ""
        if command.django and not offline:
            _set_up_django()
        return _function(offline or command.target)(options)
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
