"""The first platform administrator is made on the server; the next ones are not."""

import io
import json

import pytest

from gapura.access.queries import holders
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.authentication.models import Password
from gapura.ops.cli import main
from gapura.organizations.models import Agency

PASSWORD = "tujuh perahu kertas berlayar"
GIVEN = {
    "--username": "dian.prasetya",
    "--name": "Dian Prasetya",
    "--email": "dian@contoh.go.id",
    "--nik": "3273015708850001",
    "--nip": "198508172009032001",
}


def create(
    monkeypatch: pytest.MonkeyPatch, *more: str, password: str = PASSWORD, **other: str
) -> int:
    """Run the command; `other` replaces what is given by default (an empty text leaves it out)."""
    given = GIVEN | {f"--{name}": value for name, value in other.items()}
    words = [word for pair in given.items() if pair[1] for word in pair]
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return main(["create-admin", *words, "--password-stdin", *more])


@pytest.fixture
def operator(db: None) -> None:
    """The agency that runs the platform."""
    Agency.objects.create(code="L01", name="Lembaga Contoh", kind="agency")


def test_the_first_one_is_verified_and_holds_the_role(
    operator: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert create(monkeypatch, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    person = Person.objects.get(username="dian.prasetya")
    assert (person.state, told["id"]) == ("verified", str(person.id))
    assert holders("admin_platform") == [person.id]
    assert Password.objects.filter(person=person).exists()
    told_of = LogEvent.objects.get(name="ops.admin.made")
    assert told_of.facts["reason"] == "the first one"


def test_a_second_one_is_refused_unless_the_glass_is_broken(
    operator: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert create(monkeypatch) == 0
    other = {
        "username": "tuti.handayani",
        "email": "tuti@contoh.go.id",
        "nik": "3273015708850002",
        "nip": "198508172009032002",
    }
    assert create(monkeypatch, **other) == 1
    assert "already" in capsys.readouterr().err
    assert create(monkeypatch, "--break-glass", "short", **other) == 1
    assert Person.objects.count() == 1
    why = "Satu-satunya administrator kehilangan ponselnya"
    assert create(monkeypatch, "--break-glass", why, **other) == 0
    assert len(holders("admin_platform")) == 2
    assert LogEvent.objects.filter(name="ops.admin.made").latest("id").facts["reason"] == why


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"nik": "12345"}, "--nik: "),
        ({"nip": "198508172009992001"}, "--nip: "),
        ({"email": "dian@"}, "--email: "),
        ({"username": "3201"}, "--username: "),
        ({"agency": "Z99"}, "agency"),
        ({"nik": ""}, "NIK is missing. Give --nik"),
        ({"password": "dianprasetya"}, "name"),
        ({"password": "short"}, "12"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    operator: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    wrong: dict[str, str],
    said: str,
) -> None:
    assert create(monkeypatch, **wrong) == 1
    assert said in capsys.readouterr().err
    assert not Person.objects.exists()
