"""The rows of `gapura keys` in the table of subcommands; imports nothing of the product."""

from gapura.ops.arguments import JSON, Arg, Command, flag

_REASON = Arg("--reason", "why; it stands in the activity log", {"default": ""})

KEYS = (
    Command(("keys", "list"), "list the keys that sign tokens, and when each takes its turn",
            "gapura.ops.signing_keys:list_keys", (JSON,)),
    Command(
        ("keys", "rotate"),
        "publish a new signing key, which signs after 24 hours; they rotate by themselves, too",
        "gapura.ops.signing_keys:rotate",
        (
            Arg("--algorithm", "only the key of this one (default: all)",
                {"choices": ("", "ES256", "PS256", "RS256"), "default": ""}),
            flag("--now", "a key leaked: the new one signs at once"),
            _REASON,
            JSON,
        ),
    ),
    Command(("keys", "retire"), "take a key out at once; what it signed is refused",
            "gapura.ops.signing_keys:retire",
            (Arg("kid", "its name, as `gapura keys list` shows it"), _REASON, JSON)),
)  # fmt: skip
