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
    _client("machine", "client-credentials")
    keeper = _client("keeper", "authorization-code", redirect_uris="http://localhost:1/cb")
    made = [_tokens(keeper, number) for number in range(int(os.environ["PEER_TOKENS"]))]
    print(json.dumps({"access": [one[0] for one in made], "refresh": [one[1] for one in made]}))


def _client(name: str, grant_type: str, **more: str) -> object:
    """One for each grant: it has no client with several. Its secret is kept as it is, unhashed."""
    from oauth2_provider.models import Application

    return Application.objects.create(
        client_id=name,
        client_secret=os.environ["PEER_SECRET"],
        hash_client_secret=False,
        client_type="confidential",
        authorization_grant_type=grant_type,
        algorithm="RS256",
        **more,
    )


def _tokens(client: object, number: int) -> tuple[str, str]:
    from django.contrib.auth.models import User
    from django.utils import timezone
    from oauth2_provider.models import AccessToken, RefreshToken

    now = timezone.now()
    person = User.objects.create(username=f"person{number}", last_login=now)
    told = {"user": person, "application": client}
    access = AccessToken.objects.create(
        **told, token=secrets.token_urlsafe(32), scope="openid", expires=now + timedelta(hours=8)
    )
    refresh = RefreshToken.objects.create(
        **told, token=secrets.token_urlsafe(32), access_token=access
    )
    return access.token, refresh.token


if __name__ == "__main__":
    django.setup()
    main()
