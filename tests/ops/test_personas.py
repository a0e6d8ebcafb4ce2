"""The demo's people: there once, each with the roles of the table, signed in by what is printed."""

import json
from argparse import Namespace
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client

from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.authentication.queries import PasswordContext, password_feedback
from gapura.notifications.models import Mail
from gapura.ops.cli import main
from gapura.ops.personas import create_personas
from gapura.ops.seeding.cast import CAST
from gapura.ops.trouble import Trouble
from tests.personas import ActorFor, ClientFor, Personas

ONE_OF_EACH = {
    "warga": [], "pp": ["pp"], "ppk": ["ppk", "pp"], "pa": ["pa"], "kpa": ["kpa"],
    "bendahara": ["bendahara"], "verifikator": ["verifikator"], "verifikator2": ["verifikator"],
    "apip": ["apip"], "admin_instansi": ["admin_instansi"], "kurator": ["kurator"],
    "penyedia": ["admin_perusahaan"], "staf": ["staf_perusahaan"], "helpdesk": ["helpdesk"],
    "admin": ["admin_platform"], "luar": ["ppk"],
}  # fmt: skip


def listed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    assert main(["personas", "--json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_the_list_names_every_persona_with_its_roles_main_grant_first(
    personas: Personas, capsys: pytest.CaptureFixture[str]
) -> None:
    roles = {
        one["username"]: [grant["role"] for grant in one["grants"]]  # type: ignore[attr-defined]
        for one in listed(capsys)
    }
    assert roles == ONE_OF_EACH


def test_grants_say_unit_and_agency(personas: Personas, capsys: pytest.CaptureFixture[str]) -> None:
    by_name = {one["username"]: one["grants"] for one in listed(capsys)}
    assert by_name["pp"] == [{"role": "pp", "unit": "D32.009", "agency": "D32", "company": ""}]
    assert by_name["staf"] == [
        {"role": "staf_perusahaan", "unit": "", "agency": "", "company": "C0001"}
    ]
    home = {g["agency"] for g in by_name["ppk"]}  # type: ignore[attr-defined]
    away = {g["agency"] for g in by_name["luar"]}  # type: ignore[attr-defined]
    assert home.isdisjoint(away)


@pytest.mark.parametrize("username", list(ONE_OF_EACH))
def test_every_persona_signs_in_strongly_and_sees_a_page(
    client_for: ClientFor, actor_for: ActorFor, username: str
) -> None:
    actor = actor_for(username)
    assert (actor.username, actor.acr) == (username, 2)
    assert [grant.role for grant in actor.grants] == ONE_OF_EACH[username]
    client: Client = client_for(username)
    answer = client.get("/help/patterns")
    assert answer.status_code == 200
    assert actor.name in answer.content.decode()


def test_a_persona_can_come_with_a_code_by_mail_or_under_another_role(
    actor_for: ActorFor,
) -> None:
    assert actor_for("pp", acr=1).acr == 1
    assert actor_for("ppk").role == "ppk"
    assert actor_for("ppk", role="pp").agency == "D32"
    assert actor_for("ppk", role="pp").role == "pp"


def test_making_them_again_makes_nothing_new(personas: Personas) -> None:
    before = LogEvent.objects.count(), Person.objects.count()
    assert create_personas() == 0
    assert (LogEvent.objects.count(), Person.objects.count()) == before


def test_whoever_is_missing_comes_back_alone(personas: Personas) -> None:
    Person.objects.filter(username="warga").delete()
    assert create_personas() == 1
    assert Person.objects.filter(username="warga").count() == 1


def test_no_mail_waits_for_people_who_came_long_ago(personas: Personas) -> None:
    assert Mail.objects.exists()
    assert not Mail.objects.filter(body__isnull=False).exists()


def test_passwords_pass_the_check_and_differ_between_installations(
    personas: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gapura.ops.seeding.credentials import credentials_of

    here = {key.password for key in personas.values()} | {k.totp_secret for k in personas.values()}
    assert len(here) == 2 * len(CAST)
    for persona in CAST:
        known = PasswordContext(persona.name, persona.username, persona.email)
        assert not password_feedback(personas[persona.username].password, known).problems
    monkeypatch.setattr(settings, "SECRET_KEY", "the secret of another installation")
    there = {credentials_of(persona).password for persona in CAST}
    assert here.isdisjoint(there)


def test_nothing_of_it_under_production_settings(
    personas: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gapura.ops.personas import personas as command

    monkeypatch.setattr(settings, "TESTING", False)
    with pytest.raises(Trouble, match="GAPURA_ENVIRONMENT is production"):
        create_personas()
    with pytest.raises(Trouble, match="create-admin"):
        command(Namespace(json=True))


@pytest.mark.parametrize("_turn", [1, 2])
def test_they_are_back_after_a_test_with_real_transactions(
    transactional_db: None, personas: Personas, _turn: int
) -> None:
    assert Person.objects.filter(username__in=personas).count() == len(CAST)


def test_well_known_passwords_do_not_enter_a_database_that_is_somebodys(
    personas: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = (replace(CAST[0], username="somebody-else"),)
    monkeypatch.setattr("gapura.ops.personas.CAST", others)
    with pytest.raises(Trouble, match="not the demo's"):
        create_personas()
