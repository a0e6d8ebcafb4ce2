"""The demo's people as fixtures: signed in, in a database of their own.

A module that uses one of these fixtures runs on a database that holds the reference data and the
personas (`gapura.ops.seeding.cast`); all others keep the empty one. Each test's changes are rolled
back, or, for tests with real transactions, the database is made again from its template.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.queries import Method, resolve_actor
from gapura.catalog.services import load_categories
from gapura.config.statics import collect
from gapura.kernel.actor import Actor
from gapura.ops.personas import create_personas
from gapura.ops.seeding.cast import CAST
from gapura.ops.seeding.credentials import Credentials, credentials_of
from gapura.organizations.services import load_reference
from tests.sessions import FIREFOX, IP, entered

Personas = Mapping[str, Credentials]
ClientFor = Callable[..., Client]
"""Called with a username; see `client_for`."""
ActorFor = Callable[..., Actor]


def _server(*statements: str) -> None:
    """Run statements outside any transaction, on the server's own database."""
    params = connection.get_connection_params()
    known = {key: params[key] for key in ("user", "password", "host", "port") if params.get(key)}
    with psycopg.connect(**known, dbname="postgres", autocommit=True) as line:
        for statement in statements:
            line.execute(statement)


def _use(name: str) -> str:
    """Let Django talk to another database from now on; answers which one it was."""
    before: str = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    return before


def _copy(name: str, template: str) -> None:
    connection.close()
    _server(
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
    )


@pytest.fixture(scope="session")
def _persona_template(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, str]]:
    """Two databases: one with the personas that nobody touches, and a copy to work on."""
    with django_db_blocker.unblock():
        empty: str = connection.settings_dict["NAME"]
        template, working = f"{empty}_cast_kept", f"{empty}_cast"
        _copy(template, empty)
        _use(template)
        try:
            load_reference()
            load_categories()
            create_personas()
        finally:
            _use(empty)
        _copy(working, template)
    yield template, working
    _server(*(f'DROP DATABASE IF EXISTS "{n}" WITH (FORCE)' for n in (working, template)))


def copy_of_personas(databases: tuple[str, str]) -> None:
    """Make the working database anew, after something was committed to it."""
    template, working = databases
    _copy(working, template)


def _refill(databases: tuple[str, str]) -> None:
    """After a test with real transactions, which empties the tables at its end."""
    if not Person.objects.exists():
        copy_of_personas(databases)


@pytest.fixture(scope="module")
def _persona_database(
    _persona_template: tuple[str, str], django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, str]]:
    """For the rest of this module Django talks to the personas' database."""
    with django_db_blocker.unblock():
        empty = _use(_persona_template[1])
        _refill(_persona_template)
    yield _persona_template
    with django_db_blocker.unblock():
        _use(empty)


@pytest.fixture
def personas(_persona_database: tuple[str, str], db: None) -> Personas:
    """How each persona signs in, by username; they are there."""
    if not connection.in_atomic_block:
        _refill(_persona_database)
    return MappingProxyType({one.username: credentials_of(one) for one in CAST})


@pytest.fixture(scope="session")
def _collected_statics() -> None:
    collect()


@pytest.fixture
def client_for(personas: Personas, _collected_statics: None) -> ClientFor:
    """`client_for("ppk")`: a test client signed in as that persona, acting under the main grant.

    `role` acts under another of the persona's grants. `acr=1` came in by an e-mailed code. More
    keywords go to Django's `Client`. A persona without any role can be signed in, too.
    """

    def make(username: str, *, role: str = "", acr: int = 2, **options: Any) -> Client:
        client = Client(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR=IP, **options)
        client.cookies[settings.SESSION_COOKIE] = sign_in(personas[username], role, acr)
        return client

    return make


@pytest.fixture
def actor_for(personas: Personas) -> ActorFor:
    """`actor_for("ppk")`: the same as the actor that services take."""

    def make(username: str, *, role: str = "", acr: int = 2) -> Actor:
        return _actor(sign_in(personas[username], role, acr))

    return make


def sign_in(key: Credentials, role: str = "", acr: int = 2) -> str:
    """The session cookie's value of a new session (after a change of role)."""
    person = Person.objects.get(username=key.username)
    token = entered(person, Method.TOTP if acr == 2 else Method.EMAIL_CODE)
    return _change_role(token, role) if role else token


def _actor(token: str) -> Actor:
    return resolve_actor(token=token, ip=IP, user_agent=FIREFOX, request_id="test")[0]


def _change_role(token: str, role: str) -> str:
    actor = _actor(token)
    (grant,) = (one for one in actor.grants if one.role == role)
    return services.switch_grant(actor=actor, grant=grant.id).token
