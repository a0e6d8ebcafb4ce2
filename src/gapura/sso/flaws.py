"""What is wrong with a registration, in words for people; the codes are the protocol's."""

from collections.abc import Mapping

from gapura.kernel.problems import Problem
from gapura.kernel.texts import N_

FLAWS: Mapping[str, tuple[str, str]] = {
    # Addresses (RFC 6749 3.1.2, RFC 9700 2.1).
    "malformed": (
        N_("This is not a whole address, or it is too long."),
        N_("Give the whole address, such as https://app.example.go.id/callback."),
    ),
    "fragment": (
        N_("An address must not have a part behind #."),
        N_("Leave out the # and all that follows it."),
    ),
    "wildcard": (
        N_("An address must not have a wildcard (*): each is compared sign by sign."),
        N_("Name every address in full, one a line."),
    ),
    "userinfo": (
        N_("An address must not hold a user name or a password."),
        N_("Leave out what stands before the @."),
    ),
    "dots": (
        N_("The path of an address must not have . or .. or an encoded slash."),
        N_("Give the path as the application itself is asked for it."),
    ),
    "http": (
        N_("This address is not https."),
        N_("Give an https address. Plain http to the own machine is for native and sandbox "
           "applications of the standard profile only."),
    ),
    "scheme": (
        N_("This address neither begins with https nor with a scheme of the application's own."),
        N_("Begin it with https://, or for a native application with a domain name in reverse, "
           "such as id.go.example.app:/callback."),
    ),
    "host": (
        N_("The host of an address must be a domain name in lower case."),
        N_("Write the host in lower case, without a dot or colon at its end."),
    ),
    # Values.
    "type": (N_("This value is of the wrong kind."), N_("Correct it, then save again.")),
    "too_long": (N_("This value is too long."), N_("Shorten it, then save again.")),
    "signs": (
        N_("This text holds signs that cannot be seen."),
        N_("Type it by hand, without line breaks."),
    ),
    "choice": (N_("This is not one of the values that can be chosen."), N_("Choose another one.")),
    "too_many": (N_("There are too many entries here."), N_("Leave some out.")),
    "twice": (N_("Something stands here twice."), N_("Name everything once.")),
    "contact": (N_("A contact is not an e-mail address."), N_("Give one address a line.")),
    "keys": (
        N_("These keys cannot be used (%(description)s)."),
        N_("Paste the public key set (JWKS) of the application: EC P-256, Ed25519, or RSA of 2048 "
           "to 4096 bits, each with a kid of its own and without a private part."),
    ),
    "missing": (N_("This is needed and was left empty."), N_("Fill it in.")),
    "unknown": (N_("There is no such scope."), N_("Choose from the scopes that are listed.")),
    "cannot": (N_("This is not supported here."), N_("Leave it out.")),
    # What does not fit together.
    "refresh_alone": (
        N_("Access is renewed only after people have signed in."),
        N_("Choose “People sign in” too, or leave out the renewal."),
    ),
    "grants": (
        N_("The types of answers do not fit what the application does."),
        N_("Leave them out: they follow from it."),
    ),
    "public": (
        N_("An application that cannot prove itself cannot act in its own name."),
        N_("Choose how it proves itself, or leave out that it acts in its own name."),
    ),
    "public_pkce": (
        N_("An application that cannot keep a secret cannot do without PKCE (RFC 9700)."),
        N_("Take “Works without PKCE” back, or choose how it proves itself."),
    ),
    "jwks:missing": (
        N_("An application that proves itself with a key needs its keys registered."),
        N_("Paste its public key set (JWKS), or give the address at which it is published."),
    ),
    "both": (
        N_("Either the keys are pasted or their address is given, not both."),
        N_("Empty one of the two."),
    ),
    "redirect_uris:missing": (
        N_("An application in which people sign in needs an address to send them back to."),
        N_("Give at least one redirect address."),
    ),
    "sector_identifier_uri:missing": (
        N_("Addresses on several hosts need a sector identifier."),
        N_("Use one host, or register an application for each."),
    ),
    # The strict profile can do nothing weaker (FAPI 2.0 Security Profile 5.3.2, 5.4).
    "token_endpoint_auth_method:fapi2": (
        N_("The strict profile takes no secrets: the application proves itself with a key."),
        N_("Choose “A key of its own” and give its keys, or choose the standard profile."),
    ),
    "id_token_signed_response_alg:fapi2": (
        N_("The strict profile signs with ES256 or PS256 only."),
        N_("Choose one of the two, or choose the standard profile."),
    ),
    "require_pushed_authorization_requests:fapi2": (
        N_("The strict profile takes pushed requests only (PAR)."),
        N_("Leave this out, or choose the standard profile."),
    ),
    "dpop_bound_access_tokens:fapi2": (
        N_("The strict profile binds every token to a key (DPoP)."),
        N_("Leave this out, or choose the standard profile."),
    ),
    "profile:fapi2": (
        N_("The strict profile cannot do without PKCE."),
        N_("Take “Works without PKCE” back, or choose the standard profile."),
    ),
}  # fmt: skip


class Flawed(Problem):
    """One member of a registration breaks a rule; `why` is a key of FLAWS, alone or behind it.

    What nobody put into words is told as programs are told it.
    """

    def __init__(self, member: str, why: str, description: str) -> None:
        self.what, self.todo = FLAWS.get(f"{member}:{why}") or FLAWS.get(why, _OTHER)
        self.why, self.description = why, description
        super().__init__(description=description)


_OTHER = (
    N_("This value cannot be registered (%(description)s)."),
    N_("Correct it, then save again."),
)
