"""Service tokens: issued on the server only, shown once, hashed, bounded, recorded."""

import argparse
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from gapura.audit.models import LogEvent
from gapura.authentication.errors import BadToken, NoSuchToken
from gapura.authentication.models import ServiceToken
from gapura.authentication.queries import tokens_of
from gapura.authentication.services import issue_token, revoke_token
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from gapura.ops import tokens as command
from gapura.ops.trouble import Trouble

pytestmark = pytest.mark.django_db
CONSOLE = system_actor("console")


def test_only_the_hash_of_a_token_is_kept_and_the_log_tells_no_more_than_its_beginning() -> None:
    made = issue_token(
        actor=CONSOLE, name=" SPSE  Jabar ", scopes=["decisions"], networks=["10.1.0.0/16"], days=30
    )
    row = ServiceToken.objects.get()
    assert (row.name, row.networks, row.created_by) == ("SPSE Jabar", ["10.1.0.0/16"], "console")
    assert row.expires_at - row.created_at == timedelta(days=30)
    event = LogEvent.objects.get(name="authentication.token.issued")
    told = json.dumps([event.subject_label, str(row.__dict__)])
    assert made.token not in told
    assert made.token[:8] in event.subject_label


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "x" * 61},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"days": 0},
        {"days": 367},
        {"networks": ["10.1.0.1/16"]},
        {"networks": ["somewhere"]},
        {"networks": ["10.0.0.0/8"] * 21},
    ],
)
def test_what_cannot_be_issued_is_told(wrong: dict[str, object]) -> None:
    sound: dict[str, object] = {"name": "spse", "scopes": ["decisions"], "days": 1}
    with pytest.raises(BadToken):
        issue_token(actor=CONSOLE, **{**sound, **wrong})  # type: ignore[arg-type]
    assert not ServiceToken.objects.exists()


def test_nobody_issues_lists_or_revokes_tokens_from_a_page() -> None:
    made = issue_token(actor=CONSOLE, name="spse", scopes=["decisions"], days=1)
    somebody = Actor(person=uuid7(), acr=3)
    with pytest.raises(Refused):
        issue_token(actor=somebody, name="spse", scopes=["decisions"], days=1)
    with pytest.raises(Refused):
        tokens_of(somebody)
    with pytest.raises(Refused):
        revoke_token(actor=somebody, token_id=made.view.id, reason="x")


def test_a_token_is_revoked_once() -> None:
    made = issue_token(actor=CONSOLE, name="spse", scopes=["decisions"], days=1)
    revoke_token(actor=CONSOLE, token_id=made.view.id, reason="  leaked ")
    assert LogEvent.objects.filter(name="authentication.token.revoked").count() == 1
    assert ServiceToken.objects.get().revoke_reason == "leaked"
    with pytest.raises(NoSuchToken):
        revoke_token(actor=CONSOLE, token_id=made.view.id, reason="again")
    with pytest.raises(NoSuchToken):
        revoke_token(actor=CONSOLE, token_id=uuid4(), reason="unknown")


def options(**values: object) -> argparse.Namespace:
    plain = {"scope": ["decisions"], "name": "", "from": None, "days": 90, "json": True}
    return argparse.Namespace(**{**plain, **values})


def test_the_command_prints_a_token_once_lists_and_revokes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command.create_token(options()) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["token"].startswith("gpr_")
    assert (made["name"], made["state"]) == ("decisions", "works")
    assert made["expires_at"] > clock.now().isoformat()
    assert command.list_tokens(options(json=False)) == 0
    listed = capsys.readouterr().out
    assert made["id"] in listed
    assert made["token"] not in listed
    assert command.revoke_token(options(id=made["id"], reason="test")) == 0
    capsys.readouterr()
    command.list_tokens(options())
    (row,) = json.loads(capsys.readouterr().out)
    assert row["state"] == "revoked"
    with pytest.raises(Trouble):
        command.revoke_token(options(id="x", reason="test"))


def test_the_database_itself_holds_the_form_of_tokens() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = "
            "'authentication_servicetoken'::regclass AND contype = 'c'"
        )
        names = {name for (name,) in cursor.fetchall()}
    assert {
        "service_token_is_hashed",
        "service_token_scopes",
        "service_token_has_a_life",
    } <= names
