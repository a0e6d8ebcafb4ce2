"""What was typed when a session ended by itself waits for its owner, and for nobody else."""

import json

import pytest

from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.errors import NoKeptForm
from gapura.authentication.models import KeptForm
from gapura.authentication.queries import kept_form
from gapura.authentication.services import Typed
from tests.authentication.world import Browser, events, later, mailed_code, person

pytestmark = pytest.mark.django_db
FIELDS = (("story", "Four pages of it"), ("tags", "a"), ("tags", "b"))


def _late(here: Browser, *fields: tuple[str, str], minutes: int = 31) -> bool:
    """A form that comes from a browser some time after its last page."""
    with later(minutes=minutes):
        return services.keep_form(
            actor=here.actor,
            token=here.token,
            typed=Typed("/help/cases/new?x=1", fields or FIELDS, ("a.pdf",)),
        )


def _back(someone: Person, minutes: int = 32) -> tuple[Browser, object]:
    with later(minutes=minutes):
        here = Browser()
        here.begin(someone.username)
        return here, here.finish(mailed_code(someone)).kept


def test_a_form_of_an_idle_session_waits_for_its_person() -> None:
    someone = person()
    assert _late(Browser().sign_in(someone))
    here, form = _back(someone)
    assert form is not None
    with later(minutes=33):
        kept = kept_form(here.actor, form)  # type: ignore[arg-type]
        assert (kept.fields, kept.files) == (FIELDS, ("a.pdf",))
        services.settle_form(actor=here.actor, form=kept.id, outcome="continued")
        with pytest.raises(NoKeptForm):
            kept_form(here.actor, kept.id)
    path = "/help/cases/new"
    assert events("authentication.form.kept", someone) == [{"path": path}]
    assert events("authentication.form.settled") == [{"path": path, "outcome": "continued"}]


def test_another_person_never_sees_it() -> None:
    """Attack: read what somebody else typed, by its number."""
    assert _late(Browser().sign_in(person()))
    form = KeptForm.objects.get().id
    other = Browser().sign_in(person())
    for act in (
        lambda: kept_form(other.actor, form),
        lambda: services.settle_form(actor=other.actor, form=form, outcome="discarded"),
    ):
        with pytest.raises(NoKeptForm):
            act()


def test_secrets_are_left_out_and_the_rest_is_sealed() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    typed = (
        ("csrfmiddlewaretoken", "t"),
        ("password", "p"),
        ("new_password", "p"),
        ("code", "123456"),
        ("postal_code", "10110"),
        ("story", "kept"),
    )
    assert _late(here, *typed)
    row = KeptForm.objects.get()
    assert json.loads(row.fields)["fields"] == [["postal_code", "10110"], ["story", "kept"]]
    assert not _late(Browser().sign_in(someone), ("password", "only"))


@pytest.mark.parametrize("end", ["sign_out", "sign_out_everywhere"])
def test_nothing_is_kept_for_a_session_that_somebody_ended(end: str) -> None:
    """Attack: plant a form in an account with a cookie from before a sign-out."""
    here = Browser().sign_in(person())
    getattr(services, end)(actor=here.actor)
    assert not _late(here, minutes=1)


def test_nothing_is_kept_for_strangers_live_sessions_and_old_cookies() -> None:
    here = Browser().sign_in(person())
    assert not _late(Browser(token="A" * 43))
    assert not _late(here, minutes=25 * 60)
    begun = Browser()
    begun.begin(person().username)
    assert not _late(begun)
    assert not KeptForm.objects.exists()


def test_too_much_is_not_kept_and_there_are_ten_at_most() -> None:
    """Attack: fill the database with forms of a dead session."""
    here = Browser().sign_in(person())
    assert not _late(here, ("story", "x" * 70_000))
    with later(minutes=31):
        for number in range(12):
            typed = Typed(f"/a/{number}", FIELDS)
            assert services.keep_form(actor=here.actor, token=here.token, typed=typed)
    assert KeptForm.objects.count() == 10


def test_a_kept_form_is_over_after_a_day() -> None:
    someone = person()
    assert _late(Browser().sign_in(someone))
    _, form = _back(someone, minutes=31 + 24 * 60)
    assert form is None
