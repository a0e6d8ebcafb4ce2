"""Tables, two clients, people and their tokens; what was made is told as JSON."""

import json
import os
import secrets
from datetime import timedelta

import django


def main() -> None:
    """Make it all in an empty database."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _client("machine", "client_credentials")
    keeper = _client("keeper", "authorization_code", "refresh_token")
    made = [_tokens(keeper, number) for number in range(int(os.environ["PEER_TOKENS"]))]
    print(json.dumps({"access": [one[0] for one in made], "refresh": [one[1] for one in made]}))


def _client(name: str, *grant_types: str) -> object:
    from allauth.idp.oidc.models import Client

    client = Client(id=name, name=name, default_scopes="api", redirect_uris="http://localhost:1/cb")
    client.set_scopes(["openid", "api"])
    client.set_grant_types(grant_types)
    client.set_secret(os.environ["PEER_SECRET"])
    client.save()
    return client


def _tokens(client: object, number: int) -> tuple[str, str]:
    from allauth.idp.oidc.adapter import get_adapter
    from allauth.idp.oidc.models import Token
    from django.contrib.auth.models import User
    from django.utils import timezone

    person, values = User.objects.create(username=f"person{number}"), []
    for kind in (Token.Type.ACCESS_TOKEN, Token.Type.REFRESH_TOKEN):
        values.append(secrets.token_urlsafe(64))
        token = Token(type=kind, client=client, user=person)
        token.hash = get_adapter().hash_token(values[-1])
        token.expires_at = timezone.now() + timedelta(hours=8)
        token.set_scopes(["openid"])
        token.save()
    return values[0], values[1]


if __name__ == "__main__":
    django.setup()
    main()
