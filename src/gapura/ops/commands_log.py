"""The subcommands of the log's proof: signer, witness, making a bundle, checking."""

from gapura.ops.arguments import JSON, LEASH, Arg, Command, flag, number

SIGNER = Command(
    ("signer",),
    "hold the log's key and sign its checkpoints; run it as a user of its own",
    "gapura.audit.signing.process:run",
    (
        Arg("--state", "folder of what was signed last", {"required": True, "metavar": "DIR"}),
        Arg(
            "--origin",
            "the log's name: the host of GAPURA_PUBLIC_URL, with its port if any",
            {"required": True, "metavar": "NAME"},
        ),
        Arg("--socket", "where the worker asks (default DIR/socket)", {"default": ""}),
        Arg("--mode", "rights of the socket, octal (default 0660)", {"default": "0660"}),
        Arg("--key", "file with the seed as base64 (default DIR/key)", {"default": ""}),
        flag("--new-key", "make the key, print the log's line of the policy, and end"),
        flag("--show-key", "print the log's line of the policy, and end"),
        flag("--first", "begin a state where there is none: for a new log only"),
        Arg(
            "--after",
            "begin after this file's checkpoint: the state is lost",
            {"default": ""},
        ),
        LEASH,
    ),
    django=False,
)
WITNESS = Command(
    ("witness",),
    "cosign checkpoints of logs, each only as the continuation of the one before",
    "gapura.audit.witness.server:run",
    (
        Arg(
            "--state",
            "folder of its key and of what it has seen",
            {"required": True, "metavar": "DIR"},
        ),
        Arg(
            "--log",
            "key of a log it witnesses; may be given more than once",
            {"action": "append", "default": [], "metavar": "KEY"},
        ),
        Arg("--host", "address it listens on (default 127.0.0.1)", {"default": "127.0.0.1"}),
        number("--port", "port it listens on (default 8060)", 8060),
        flag("--new-key", "make the key, print the witness's line of the policy, and end"),
        flag("--show-key", "print the witness's line of the policy, and end"),
        flag("--first", "begin a state of a log where there is none: for one it never witnessed"),
        Arg("--name", "its name, with --new-key, such as audit.example/w1", {"default": ""}),
        LEASH,
    ),
    django=False,
)
VERIFY = Command(
    ("audit", "verify"),
    "check the whole log in the database, or a bundle of it without any network",
    "gapura.ops.audit:verify",
    (
        Arg(
            "path",
            "a bundle's folder; without one the log in the database is checked",
            {"nargs": "?", "default": "", "metavar": "BUNDLE"},
        ),
        Arg(
            "--kept",
            "checkpoints that you kept: the log must continue them",
            {"nargs": "+", "action": "extend", "default": [], "metavar": "FILE"},
        ),
        Arg(
            "--policy",
            "your own file of keys, to believe instead of the bundle's",
            {"default": "", "metavar": "FILE"},
        ),
        Arg(
            "--claims",
            "your own file of which tables must agree with which entries",
            {"default": "", "metavar": "FILE"},
        ),
        Arg(
            "--archive",
            "folders of archived months: their entries are checked with the others",
            {"nargs": "+", "action": "extend", "default": [], "metavar": "FOLDER"},
        ),
        Arg(
            "--language",
            "of the report: id or en (default both)",
            {"choices": ("id", "en"), "default": None},
        ),
        JSON,
    ),
    offline="gapura.audit.offline.command:run",
)
EXPORT = Command(
    ("audit", "export"),
    "write a bundle by which others can check the log on their own computers",
    "gapura.ops.audit_export:export",
    (
        Arg(
            "--output",
            "a folder that is not there yet, or an empty one",
            {"required": True, "metavar": "PATH"},
        ),
        Arg(
            "--since",
            "entries in full from this day on (YYYY-MM-DD, Jakarta), of earlier ones the hashes",
            {"default": "", "metavar": "DATE"},
        ),
        Arg(
            "--until",
            "entries in full up to this day, of later ones the hashes",
            {"default": "", "metavar": "DATE"},
        ),
        flag("--with-personal", "with salts and clear values of personal data"),
        JSON,
    ),
)
