"""The rows of `gapura clients` in the table of subcommands; imports nothing of the product."""

from gapura.ops.arguments import JSON, Arg, Command, flag, number

_MANY = {"action": "append", "default": []}
_WHICH = Arg("client_id", "its name, as `gapura clients list` shows it")
_REASON = Arg("--reason", "why, 10 to 300 characters; it stands in the activity log",
              {"required": True})  # fmt: skip
_AGENCY = Arg("--agency", "code of the agency that owns it (default: the platform)",
              {"default": ""})  # fmt: skip

CLIENTS = (
    Command(
        ("clients", "create"),
        "register an application and print its client_id and client_secret, this once",
        "gapura.ops.clients:create_client",
        (
            Arg("--name", "what people read when they sign in", {"required": True}),
            Arg("--redirect-uri", "where people are sent back to; may be given more than once",
                dict(_MANY)),
            Arg("--grant-type", "what it does; may be given more than once (default: "
                "authorization_code)", {**_MANY, "choices": (
                    "authorization_code", "refresh_token", "client_credentials")}),
            Arg("--auth-method", "how it proves itself (default: client_secret_basic, in the "
                "profile fapi2 private_key_jwt)", {"default": None, "choices": (
                    "none", "client_secret_basic", "client_secret_post", "private_key_jwt")}),
            Arg("--profile", "standard or fapi2, which accepts nothing weaker",
                {"choices": ("standard", "fapi2"), "default": "standard"}),
            flag("--no-pkce", "for old applications with a secret or key: nonce instead of PKCE"),
            Arg("--scope", "what it may ask people for, divided by spaces (default: all)",
                {"default": ""}),
            Arg("--jwks", "file with its public keys (JWKS)", {"metavar": "FILE", "default": ""}),
            Arg("--jwks-uri", "address of its public keys", {"metavar": "URL", "default": ""}),
            Arg("--post-logout-redirect-uri", "where people come after signing out", dict(_MANY)),
            Arg("--backchannel-logout-uri", "where it is told of ended sign-ins",
                {"default": ""}),
            Arg("--id-token-alg", "signature of ID tokens (default ES256)",
                {"choices": ("ES256", "PS256", "RS256"), "default": "ES256"}),
            Arg("--contact", "e-mail address; may be given more than once", dict(_MANY)),
            _AGENCY,
            Arg("--told-of-role", "code of a role that it is told of (default: all)", dict(_MANY)),
            Arg("--told-of-agency", "code of an agency that it is told of (default: all)",
                dict(_MANY)),
            Arg("--audience", "address of a program that it calls", dict(_MANY)),
            Arg("--resource", "its own address as a program that others call", {"default": ""}),
            Arg("--least-acr", "how strongly people must have signed in: 1, 2 or 3 (default 1)",
                {"type": int, "choices": (1, 2, 3), "default": 1}),
            flag("--native", "it is installed on people's own devices"),
            flag("--sandbox", "it is for trying out"),
            flag("--par", "it must push its requests"),
            flag("--dpop", "its tokens are bound to a key"),
            flag("--no-consent", "people are not asked: a law says what it is told"),
            JSON,
        ),
    ),
    Command(("clients", "list"), "list the applications and how they do",
            "gapura.ops.clients_shown:list_clients",
            (flag("--closed", "those that were closed instead"), JSON)),
    Command(("clients", "show"), "show one application, without its secrets",
            "gapura.ops.clients_shown:show_client", (_WHICH, JSON)),
    Command(("clients", "suspend"), "let nothing of an application work until it is restored",
            "gapura.ops.clients:suspend", (_WHICH, _REASON, JSON)),
    Command(("clients", "close"), "end an application for good", "gapura.ops.clients:close",
            (_WHICH, _REASON, JSON)),
    Command(
        ("clients", "rotate-secret"),
        "make a new secret and print it, this once",
        "gapura.ops.clients:rotate_secret",
        (
            _WHICH,
            Arg("--overlap-days", "how long the secret before goes on working; 0 when it leaked "
                "(default 7)", {"type": int, "choices": (0, 1, 7, 30), "default": 7}),
            JSON,
        ),
    ),
    Command(
        ("clients", "initial-token"),
        "make a token with which applications register themselves and print it, this once",
        "gapura.ops.clients:initial_token",
        (
            Arg("--name", "whom it is for", {"required": True}),
            number("--days", "how long it works, up to 90 days (default 30)", 30),
            number("--uses", "how many applications it registers, up to 50 (default 1)", 1),
            _AGENCY,
            flag("--sandbox", "what is registered is for trying out"),
            JSON,
        ),
    ),
)  # fmt: skip
